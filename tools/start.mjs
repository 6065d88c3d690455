// npm start [-- --port N --simulator-port N --state DIR]
//
// Installs what is missing, builds what changed, and serves the demo store with the Messenger simulator beside it.
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { completeDevVars } from "./dev_vars.mjs";
import { build } from "./parts.mjs";
import { exitWith, Failure, startService, stopServices, wranglerEnv } from "./processes.mjs";
import { step } from "./progress.mjs";
import { programs, root, setUp } from "./setup.mjs";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8787" },
    "simulator-port": { type: "string", default: "8788" },
    /** Where conversations and secrets of this run are kept, instead of the project's own .wrangler/ and .dev.vars. */
    state: { type: "string" },
  },
});
const edgeUrl = `http://localhost:${values.port}`;
const simulatorUrl = `http://localhost:${values["simulator-port"]}`;

try {
  await start();
} catch (error) {
  await stopServices();
  exitWith(error);
}

async function start() {
  console.log("Openline");
  await checkPort(values.port, "the store");
  await checkPort(values["simulator-port"], "the Messenger simulator");
  await setUp();
  await build();
  stopWhenOrphaned();
  const services = await step("Starting", startServices);
  console.log(`
  Demo store           ${edgeUrl}
  Messenger simulator  ${simulatorUrl}

  Ctrl-C stops both.
`);
  const ended = await Promise.race(services.map(async (service) => {
    await service.exited;
    return service;
  }));
  throw new Failure(`${ended.name} ended by itself`);
}

async function startServices() {
  const stateDir = values.state ?? join(root, ".wrangler/state");
  const varsFile = values.state ? join(stateDir, "dev.vars") : join(root, ".dev.vars");
  mkdirSync(stateDir, { recursive: true });
  const vars = completeDevVars(varsFile, { simulatorUrl });
  let ready = false;
  const show = (name) => (line) => {
    if (ready) console.log(`${name} │ ${line}`);
  };
  const edge = startService("the edge", process.execPath, [
    programs.wrangler, "dev", "--port", values.port, "--inspector-port", "0", "--persist-to", stateDir,
    "--env-file", varsFile, "--show-interactive-dev-session=false",
  ], { cwd: root, env: wranglerEnv(), onLine: show("edge     ") });
  const simulator = startService("the Messenger simulator", process.execPath, [
    "tests/messenger-sim/server.mjs", "--port", values["simulator-port"], "--edge", edgeUrl, "--store", "demo",
    "--state", join(stateDir, "messenger-sim.json"),
  ], { cwd: root, env: { ...process.env, ...vars }, onLine: show("messenger") });
  await answers(edge, `${edgeUrl}/healthz`, (response) => response.ok);
  await answers(simulator, simulatorUrl, () => true);
  ready = true;
  return [edge, simulator];
}

async function answers(service, url, expected) {
  const deadline = performance.now() + 120_000;
  let ended = false;
  service.exited.then(() => { ended = true; });
  for (;;) {
    if (await fetch(url).then(expected, () => false)) return;
    if (ended || performance.now() > deadline) throw new Failure(`${service.name} did not start\n${service.log()}`);
    await delay(100);
  }
}

async function checkPort(port, what) {
  for (const host of ["127.0.0.1", "::1"]) {
    const error = await new Promise((resolve) => {
      const server = createServer();
      server.once("error", resolve);
      server.listen(Number(port), host, () => server.close(() => resolve(undefined)));
    });
    // A machine without IPv6 has no ::1.
    if (error?.code === "EADDRINUSE") throw new Failure(`port ${port}, for ${what}, is in use: stop what listens there`);
  }
}

/** npm may be killed without passing the signal on: nobody would be left to press Ctrl-C. */
function stopWhenOrphaned() {
  const parent = process.ppid;
  setInterval(async () => {
    if (process.ppid === parent) return;
    await stopServices();
    process.exit(1);
  }, 1000).unref();
}
