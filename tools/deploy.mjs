// npm run deploy [-- wrangler's own options]
//
// Builds and deploys. The first time, KV is provisioned and OPENLINE_SECRET is made up; nothing is asked for.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomSecret } from "./dev_vars.mjs";
import { build } from "./parts.mjs";
import { capture, exitWith, Failure, run, wranglerEnv } from "./processes.mjs";
import { programs, setUp } from "./setup.mjs";

const options = process.argv.slice(2);
const env = wranglerEnv({ OPENLINE_SKIP_BUILD: "1" });

try {
  await setUp();
  await build();
  if (options.includes("--dry-run")) await wrangler(["deploy", ...options]);
  else await deploy();
} catch (error) {
  exitWith(error);
}

async function deploy() {
  await logIn();
  const secrets = await secretNames();
  const folder = mkdtempSync(join(tmpdir(), "openline-deploy-"));
  try {
    const firstSecret = [];
    if (!secrets.includes("OPENLINE_SECRET")) {
      const file = join(folder, "secrets.json");
      writeFileSync(file, JSON.stringify({ OPENLINE_SECRET: randomSecret() }), { mode: 0o600 });
      firstSecret.push("--secrets-file", file);
    }
    await wrangler(["deploy", ...firstSecret, ...options]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(nextSteps(secrets));
}

async function logIn() {
  if (process.env.CLOUDFLARE_API_TOKEN || process.env.WORKERS_CI) return;
  const account = await capture(process.execPath, [programs.wrangler, "whoami", "--json"], { env }).then(JSON.parse, () => ({}));
  if (!account.loggedIn) await wrangler(["login"]);
}

/** What the deployed Worker already has. Guessing wrong would replace its secret, so only a certain "no such Worker" is none. */
async function secretNames() {
  try {
    const listed = await capture(process.execPath, [programs.wrangler, "secret", "list", "--format", "json"], { env });
    return JSON.parse(listed).map(({ name }) => name);
  } catch (error) {
    // 10007: "This Worker does not exist on your account."
    if (error instanceof Failure && /\b10007\b|does not exist/.test(error.message)) return [];
    throw error;
  }
}

function wrangler(args) {
  return run(process.execPath, [programs.wrangler, ...args], { env, stdio: "inherit" });
}

function nextSteps(secrets) {
  const missing = ["MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN", "MESSENGER_PAGE_TOKEN"].filter((name) => !secrets.includes(name));
  if (missing.length === 0) return "Deployed; Messenger is configured.";
  return `Deployed. The chat works as it is; Messenger needs ${missing.length} more (README, Messenger):
${missing.map((name) => `  npx wrangler secret put ${name}`).join("\n")}`;
}
