// npm start, as a person uses it: it serves, says so, and leaves nothing behind however it is ended.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "../harness/poll.mjs";
import { freePort } from "../harness/ports.mjs";
import { capture } from "../../tools/processes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("npm start", () => {
  let state;
  before(async () => { state = await mkdtemp(join(tmpdir(), "openline-start-")); });
  after(() => rm(state, { recursive: true, force: true }));

  for (const { name, end } of [
    { name: "Ctrl-C", end: (npm) => process.kill(-npm.pid, "SIGINT") },
    { name: "SIGTERM to npm", end: (npm) => process.kill(npm.pid, "SIGTERM") },
    { name: "npm killed outright", end: (npm) => process.kill(npm.pid, "SIGKILL") },
  ]) {
    test(`serves, and leaves no process behind after ${name}`, async (context) => {
      const [port, simulatorPort] = [await freePort(), await freePort()];
      const started = start(["--port", String(port), "--simulator-port", String(simulatorPort), "--state", state]);
      context.after(() => started.killAll());
      const serves = () => started.output().includes("Ctrl-C stops both");
      await until(() => serves() || started.npm.exitCode !== null, { what: "npm start", timeoutMs: 120_000 });
      assert.ok(serves(), started.output());
      assert.match(started.output(), new RegExp(`http://localhost:${port}\\b`));
      assert.match(started.output(), new RegExp(`http://localhost:${simulatorPort}\\b`));
      assert.equal((await fetch(`http://localhost:${port}/healthz`)).status, 200);
      const running = await descendants(started.npm.pid);
      assert.ok(running.length >= 4, `only ${running} run`);

      end(started.npm);

      await until(() => running.every((pid) => !alive(pid)), { what: "the end of every process" });
      await assert.rejects(fetch(`http://localhost:${port}/healthz`));
    });
  }

  test("names a port that is in use in one line", async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    try {
      const started = start(["--port", String(port), "--state", state]);
      assert.equal(await started.exitCode, 1);
      const said = started.output().split("\n").filter((line) => line.startsWith("openline:"));
      assert.deepEqual(said, [`openline: port ${port}, for the store, is in use: stop what listens there`]);
    } finally {
      server.close();
    }
  });

  test("names a missing Rust in one line", async () => {
    const bin = await mkdtemp(join(tmpdir(), "openline-empty-"));
    try {
      const child = spawn(process.execPath, ["tools/start.mjs", "--port", String(await freePort()), "--simulator-port", String(await freePort())], {
        cwd: root, env: { PATH: bin, HOME: bin }, stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      child.stderr.on("data", (chunk) => { said += chunk; });
      assert.equal(await new Promise((resolve) => child.once("close", resolve)), 1);
      assert.equal(said, "openline: rustup was not found: install Rust from https://rustup.rs, then open a new terminal\n");
    } finally {
      await rm(bin, { recursive: true });
    }
  });
});

/** `npm start` in a process group of its own, as a terminal would start it. */
function start(args) {
  const npm = spawn("npm", ["start", "--", ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let text = "";
  npm.stdout.on("data", (chunk) => { text += chunk; });
  npm.stderr.on("data", (chunk) => { text += chunk; });
  return {
    npm,
    output: () => text,
    exitCode: new Promise((resolve) => npm.once("close", resolve)),
    /** For a test that failed: what it started must not outlive it. */
    killAll() {
      try {
        process.kill(-npm.pid, "SIGTERM");
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    },
  };
}

async function descendants(ancestor) {
  const parents = await parentOfEach();
  const found = [ancestor];
  for (const pid of found) found.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return found;
}

/** Every process and its parent. */
async function parentOfEach() {
  if (process.platform !== "linux") {
    const listed = await capture("ps", ["-axo", "pid=,ppid="]);
    return new Map(listed.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number)));
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(pids.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return [Number(pid), Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2])];
  }));
  return new Map(parents);
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
