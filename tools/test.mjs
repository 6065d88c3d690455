// npm test [-- SUITE...]     every test there is, its own set-up included; stops after the first suite that fails
//
// Suites: checks rust build deploy tools worker messenger-sim browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks } from "./checks.mjs";
import { installChromium } from "./chromium.mjs";
import { build } from "./parts.mjs";
import { capture, exitWith, Failure, stopServices, wranglerEnv } from "./processes.mjs";
import { installCheckers, programs, root, setUp } from "./setup.mjs";
import { checkSizes } from "./sizes.mjs";
import { add, cargoTests, counts, nodeTests } from "./suites.mjs";

const suites = {
  checks: { title: "Checks of the source", run: async () => counts(await runChecks()) },
  rust: { title: "Rust tests", run: cargoTests },
  build: { title: "Build and sizes", run: buildAll },
  deploy: { title: "Deployment, dry run", run: dryRun },
  tools: { title: "The commands (tests/tools)", run: () => nodeTests("tests/tools") },
  "messenger-sim": { title: "The Messenger simulator (tests/messenger-sim)", run: () => nodeTests("tests/messenger-sim") },
  worker: { title: "The Worker under workerd (tests/worker)", run: () => nodeTests("tests/worker") },
  browser: { title: "The whole story in Chromium (tests/browser)", run: () => nodeTests("tests/browser") },
};
/** What tests of a running Worker stand on. */
const needBuild = ["deploy", "tools", "worker", "browser"];
const needChromium = ["messenger-sim", "browser"];
/** What opens pages. */
const needBrowser = ["messenger-sim", "browser"];

const wanted = process.argv.slice(2);
const names = Object.keys(suites).filter((name) => wanted.length === 0 || wanted.includes(name));

try {
  const unknown = wanted.find((name) => !(name in suites));
  if (unknown) throw new Failure(`there is no suite ${unknown}, only ${Object.keys(suites).join(", ")}`);
  await setUpTests();
  process.exitCode = (await runSuites()) ? 0 : 1;
} catch (error) {
  await stopServices();
  exitWith(error);
}

async function setUpTests() {
  heading("Set-up");
  await setUp();
  await installCheckers();
  if (needBrowser.some((name) => names.includes(name))) console.log(`  ✓ Chromium: ${await installChromium()}`);
  if (!names.includes("build") && names.some((name) => needBuild.includes(name))) await build();
}

async function runSuites() {
  const rows = [];
  for (const name of names) {
    heading(suites[name].title);
    const started = performance.now();
    const result = await suites[name].run().catch((error) => {
      console.error(error instanceof Failure ? error.message : error);
      return counts(0, 1);
    });
    rows.push({ name, result, seconds: (performance.now() - started) / 1000 });
    // A test that is skipped proves nothing.
    if (result.failed > 0 || result.skipped > 0) break;
  }
  return summarise(rows);
}

function summarise(rows) {
  heading("Summary");
  for (const { name, result, seconds } of rows) {
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
    console.log(`  ${name.padEnd(14)} ${result.passed} passed, ${result.failed} failed${skipped} (${seconds.toFixed(0)} s)`);
  }
  for (const name of names.slice(rows.length)) console.log(`  ${name.padEnd(14)} not run`);
  const total = rows.map(({ result }) => result).reduce(add, counts());
  const failed = total.failed + total.skipped;
  console.log(`\n${total.passed} passed, ${failed} failed`);
  return failed === 0;
}

/** One test for the build, and one for each size. */
async function buildAll() {
  await build();
  return counts(1 + checkSizes().length);
}

/** What Cloudflare would be sent: the bindings, the assets, the bundled Worker. */
async function dryRun() {
  const outDir = mkdtempSync(join(tmpdir(), "openline-dry-run-"));
  try {
    const said = await capture(process.execPath, [programs.wrangler, "deploy", "--dry-run", "--outdir", outDir], {
      cwd: root, env: wranglerEnv({ OPENLINE_SKIP_BUILD: "1" }),
    });
    console.log(said.trim());
    const absent = ["CONVERSATION", "STORE", "OPENLINE", "ASSETS"].filter((binding) => !said.includes(`env.${binding}`));
    if (absent.length > 0) throw new Failure(`the deployment has no ${absent.join(", ")}`);
    return counts(1);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function heading(title) {
  console.log(`\n== ${title}`);
}
