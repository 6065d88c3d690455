// What the same code says natively: the lab's answers about recordings and visits.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { capture } from "../../tools/processes.mjs";
import { rowsOf } from "./traces.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** When what fires first in each trace, `{ exitMs, hesitationMs }` by id. */
export async function firingsOf(traces) {
  const text = await withFile(traces.map((trace) => JSON.stringify(trace)).join("\n"), (file) => lab("behaviour", file));
  const ms = (cell) => (cell === "" ? undefined : Number(cell));
  return new Map(rowsOf(text).map(({ id, exit_ms: exit, hesitation_ms: hesitation }) => [id, { exitMs: ms(exit), hesitationMs: ms(hesitation) }]));
}

/** `[ms, trigger]` of every moment of each trace, by id, under the rules and limits that `page/listening.js` has. */
export async function momentsOf(traces) {
  const moments = Object.fromEntries(traces.map(({ id }) => [id, []]));
  const text = await withFile(traces.map((trace) => JSON.stringify(trace)).join("\n"), (file) => lab("moments", file));
  for (const { id, ms, trigger } of rowsOf(text)) moments[id].push([Number(ms), trigger]);
  return moments;
}

/** What `lab` prints for these words. */
export function lab(...words) {
  return capture("cargo", command(words), { cwd: root });
}

/** What it says besides, when it prints a table. */
export async function asideOfLab(...words) {
  return (await promisify(execFile)("cargo", command(words), { cwd: root })).stderr;
}

function command(words) {
  return ["run", "--release", "--quiet", "-p", "lab", "--", ...words];
}

async function withFile(content, use) {
  const folder = mkdtempSync(join(tmpdir(), "openline-lab-"));
  try {
    const file = join(folder, "input");
    writeFileSync(file, content);
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
