// Child processes: commands that run to their end, and services that run in their own process group and are stopped as a group.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

/** A failure to be shown as one line, without a stack: the reader can act on it. */
export class Failure extends Error {}

/** Runs a command with its output shown. Rejects with a `Failure` unless it exits with 0. */
export function run(command, args, options = {}) {
  return finish(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
}

/** Runs a command and gives its standard output; everything it said is shown only when it fails. */
export function capture(command, args, options = {}) {
  return finish(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** Whether a command exists and exits with 0. */
export async function succeeds(command, args, options = {}) {
  return capture(command, args, options).then(() => true, () => false);
}

/** The environment of every wrangler we start: no questions, no metrics, no calls home. */
export function wranglerEnv(extra = {}) {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    ...extra,
  };
}

const groups = new Set();
const services = new Set();
let signalsHandled = false;

/**
 * Starts a command in a process group of its own; whatever ends this process also ends the group.
 * Only a command that asks the user something (`stdio: "inherit"`) stays in the terminal's own group.
 */
export function spawnGroup(command, args, options) {
  handleSignals();
  const detached = options.stdio !== "inherit";
  const child = spawn(command, args, { ...options, detached });
  if (detached) {
    groups.add(child);
    child.once("exit", () => {
      // Whoever led the group is gone: nobody in it is wanted any more.
      killGroup(child, "SIGKILL");
      groups.delete(child);
    });
  }
  return child;
}

/** Starts a long-running command in a process group of its own. `onLine(line)` sees every line it prints. */
export function startService(name, command, args, { onLine = () => {}, ...options } = {}) {
  const child = spawnGroup(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > 2000) lines.shift();
      onLine(line);
    });
  }
  const exited = new Promise((resolve) => {
    child.once("error", (error) => {
      lines.push(error.message);
      resolve({ code: null, signal: null });
    });
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const service = {
    name,
    pid: child.pid,
    exited,
    log: () => lines.join("\n"),
    /** Asks the group to end, then insists. */
    async stop() {
      killGroup(child, "SIGTERM");
      await Promise.race([exited, delay(3000, undefined, { ref: false })]);
      await service.kill9();
    },
    /** Ends the whole group at once with SIGKILL. */
    async kill9() {
      killGroup(child, "SIGKILL");
      await exited;
      services.delete(service);
    },
  };
  services.add(service);
  return service;
}

/** Stops every running service. */
export async function stopServices() {
  await Promise.all([...services].map((service) => service.stop()));
}

/** Exits with one line for a `Failure`, with the stack for anything else. */
export function exitWith(error) {
  console.error(error instanceof Failure ? `openline: ${error.message}` : error);
  process.exit(1);
}

function finish(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, options);
    const said = [];
    child.stdout?.on("data", (chunk) => said.push(["out", chunk]));
    child.stderr?.on("data", (chunk) => said.push(["err", chunk]));
    child.once("error", (error) => {
      reject(error.code === "ENOENT" ? new Failure(`${command} was not found`) : error);
    });
    child.once("close", (code, signal) => {
      if (code === 0) {
        resolve(Buffer.concat(said.filter(([from]) => from === "out").map(([, chunk]) => chunk)).toString());
        return;
      }
      const output = Buffer.concat(said.map(([, chunk]) => chunk)).toString().trimEnd();
      const ending = signal ? `was ended by ${signal}` : `failed (exit code ${code})`;
      reject(new Failure(`${[command, ...args].join(" ")} ${ending}${output ? `\n${output}` : ""}`));
    });
  });
}

function handleSignals() {
  if (signalsHandled) return;
  signalsHandled = true;
  process.on("exit", () => {
    for (const child of groups) killGroup(child, "SIGKILL");
  });
  for (const [signal, number] of [["SIGINT", 2], ["SIGTERM", 15], ["SIGHUP", 1]]) {
    let asked = false;
    process.on(signal, () => {
      // Asked twice, it must not take any longer.
      if (asked) process.exit(128 + number);
      asked = true;
      stopServices().finally(() => process.exit(128 + number));
    });
  }
}

function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: nobody is left in the group. EPERM: macOS says so for a group of zombies.
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}
