// npm run store -- check FILE | push FILE | pull FILE | staff [--remove] NAME   [--store ID] [--edge URL]
//
// A store's settings: checks a file, sends it to the edge, fetches what the edge has. `staff` invites a colleague,
// or takes one off.
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readDevVars } from "./dev_vars.mjs";
import { exitWith, Failure, run } from "./processes.mjs";
import { root } from "./setup.mjs";

const usage = "npm run store -- check FILE | push FILE | pull FILE | staff [--remove] NAME [--store demo] [--edge http://localhost:8787]";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      edge: { type: "string", default: "http://localhost:8787" },
      store: { type: "string", default: "demo" },
      remove: { type: "boolean", default: false },
    },
  });
  const [word, subject] = positionals;
  const verbs = { check, push, pull, staff };
  if (!Object.hasOwn(verbs, word ?? "") || !subject || positionals.length > 2) throw new Failure(`usage: ${usage}`);
  await verbs[word](subject, values);
} catch (error) {
  exitWith(error.code?.startsWith?.("ERR_PARSE_ARGS") ? new Failure(`${error.message}\nusage: ${usage}`) : error);
}

async function check(file) {
  await run("cargo", ["run", "-q", "-p", "lab", "--", "store", "check", resolve(process.env.INIT_CWD ?? ".", file)], { cwd: root });
}

async function push(file, { edge, store }) {
  await check(file);
  await request(edge, "PUT", `/v1/${store}/settings`, readFileSync(resolve(process.env.INIT_CWD ?? ".", file), "utf8"));
  console.log(`${file} is now the settings of ${store}`);
}

async function pull(file, { edge, store }) {
  const settings = await request(edge, "GET", `/v1/${store}/settings`, "");
  writeFileSync(resolve(process.env.INIT_CWD ?? ".", file), `${JSON.stringify(settings, null, 2)}\n`);
  console.log(`${file} has the settings of ${store}`);
}

async function staff(name, { edge, store, remove }) {
  if (remove) {
    await request(edge, "DELETE", `/v1/${store}/staff`, JSON.stringify({ name }));
    console.log(`${name} is told of shoppers' messages no more, and cannot answer them`);
    return;
  }
  const invitation = await request(edge, "POST", `/v1/${store}/staff`, JSON.stringify({ name }));
  const expires = typeof invitation.expires_at === "number" ? new Date(invitation.expires_at).toISOString() : invitation.expires_at;
  console.log(`${name} opens    ${invitation.link}\nor types    ${invitation.code}\nuntil       ${expires}`);
}

/** A request signed with the store's secret, as orders are. Gives the answer's JSON. */
async function request(edge, method, path, body) {
  const secret = process.env.OPENLINE_SECRET ?? readDevVars(join(root, ".dev.vars")).OPENLINE_SECRET;
  if (!secret) throw new Failure("OPENLINE_SECRET is not set, and there is no .dev.vars: run npm start once, or set it");
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${seconds}.${method}.${path}.${body}`).digest("hex");
  const url = new URL(path, edge);
  const response = await fetch(url, {
    method,
    body: body || undefined,
    headers: { "content-type": "application/json", "openline-signature": `t=${seconds},v1=${signature}` },
  }).catch((error) => {
    throw new Failure(`${url.origin} does not answer: ${error.cause?.message ?? error.message}`);
  });
  const text = await response.text();
  if (!response.ok) throw new Failure(`${method} ${url} was answered with ${response.status}\n${text}`);
  return text ? JSON.parse(text) : undefined;
}
