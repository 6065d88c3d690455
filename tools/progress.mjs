// What a person sees while a command works: one line per step, with the time it took.
import { createInterface } from "node:readline";
import { Failure, spawnGroup } from "./processes.mjs";

const live = process.stdout.isTTY;
const heartbeatMs = 30_000;

/** Does a step and prints its line. `work(show)` may show what it is at; a terminal sees the latest. */
export async function step(title, work) {
  const started = performance.now();
  let note = "";
  const draw = () => {
    const columns = process.stdout.columns ?? 80;
    process.stdout.write(`\r\x1b[2K${`  … ${title} ${seconds(started)} ${note}`.slice(0, columns - 1)}`);
  };
  const beat = () => console.log(`  … ${title}: ${seconds(started)}`);
  if (live) draw();
  else console.log(`  … ${title}`);
  const timer = setInterval(live ? draw : beat, live ? 500 : heartbeatMs);
  const close = (mark) => {
    clearInterval(timer);
    console.log(`${live ? "\r\x1b[2K" : ""}  ${mark} ${title} (${seconds(started)})`);
  };
  try {
    const result = await work((line) => { note = line; });
    close("✓");
    return result;
  } catch (error) {
    close("✗");
    throw error;
  }
}

/** Runs a command inside a step: its lines are the step's notes, and are shown whole when it fails. Gives its standard output. */
export function follow(show, command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const lines = [];
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        show(line.trim());
      });
    }
    child.once("error", (error) => {
      reject(error.code === "ENOENT" ? new Failure(`${command} was not found`) : error);
    });
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString());
      else reject(new Failure(`${[command, ...args].join(" ")} failed\n${lines.join("\n")}`));
    });
  });
}

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
