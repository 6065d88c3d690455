// The simulated page kept in a file, so that a restarted simulator still knows the people an edge wrote to.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const VERSION = 1;
const SAVE_PAUSE_MS = 200;

/** Restores what `file` holds, then saves every change, a few times a second. Resolves, after a last save, when the simulator closed. */
export async function keepInFile(simulator, file) {
  const kept = read(file);
  if (kept) simulator.restore(kept);
  let saved = simulator.revision;
  while (!simulator.closed) {
    await simulator.waitPast(saved, Infinity);
    saved = simulator.revision;
    write(file, simulator.snapshot());
    await new Promise((resolve) => setTimeout(resolve, SAVE_PAUSE_MS));
  }
  write(file, simulator.snapshot());
}

function read(file) {
  try {
    const { version, ...kept } = JSON.parse(readFileSync(file, "utf8"));
    if (version === VERSION) return kept;
  } catch (error) {
    if (error.code === "ENOENT") return null;
  }
  console.error(`Messenger simulator: ${file} is not readable here, starting afresh`);
  return null;
}

/** Writes beside the file first: a cut leaves the old one. */
function write(file, snapshot) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ version: VERSION, ...snapshot }));
  renameSync(`${file}.new`, file);
}
