// Running test programs and counting what they report.
import { createInterface } from "node:readline";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure, spawnGroup } from "./processes.mjs";
import { root } from "./setup.mjs";

/** The longest that one test file may take. */
const fileTimeoutMs = 15 * 60_000;

/** Counts of a suite: `{ passed, failed, skipped }`. */
export function counts(passed = 0, failed = 0, skipped = 0) {
  return { passed, failed, skipped };
}

/** The sum of counts. */
export function add(a, b) {
  return counts(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped);
}

/** Every Rust test of the workspace, doc tests included. */
export async function cargoTests() {
  const lines = [];
  const code = await show("cargo", ["test", "--workspace", "--no-fail-fast"], (line) => lines.push(line));
  const result = countCargo(lines);
  if (code !== 0 && result.failed === 0) throw new Failure("cargo test did not get as far as running the tests");
  return result;
}

/** What `cargo test` reported. */
export function countCargo(lines) {
  return lines
    .map((line) => /^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored/.exec(line))
    .filter(Boolean)
    .map(([, passed, failed, ignored]) => counts(Number(passed), Number(failed), Number(ignored)))
    .reduce(add, counts());
}

/** Every `*.test.mjs` directly in a folder, one after the other: they share this machine's two or three cores. */
export async function nodeTests(folder) {
  const present = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const files = present.filter((name) => name.endsWith(".test.mjs")).sort();
  if (files.length === 0) throw new Failure(`there are no tests in ${folder}`);
  let total = counts();
  for (const name of files) {
    console.log(`\n${folder}/${name}`);
    total = add(total, await nodeTest(join(folder, name)));
  }
  return total;
}

async function nodeTest(file) {
  const scratch = mkdtempSync(join(tmpdir(), "openline-tests-"));
  const report = join(scratch, "report.tap");
  try {
    const code = await show(process.execPath, [
      "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap", `--test-reporter-destination=${report}`, file,
    ]);
    const result = countTap(readFileSync(report, "utf8"));
    // A file that ended badly outside its tests, or has none, has failed all the same.
    if (result.failed === 0 && (code !== 0 || result.passed === 0)) return add(result, counts(0, 1));
    return result;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What a TAP report of Node's test runner says in its last lines. */
export function countTap(report) {
  const figure = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(report)?.[1] ?? 0);
  return counts(figure("pass"), figure("fail") + figure("cancelled"), figure("skipped") + figure("todo"));
}

/** Runs a command, shows its output as it comes, and gives its exit code. */
function show(command, args, onLine = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => {
      console.error(`${args.at(-1)} took longer than ${fileTimeoutMs / 60_000} minutes`);
      child.kill("SIGTERM");
    }, command === process.execPath ? fileTimeoutMs : 2 ** 31 - 1);
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.pipe(to, { end: false });
      createInterface({ input: from }).on("line", onLine);
    }
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      resolve(signal ? 1 : code);
    });
  });
}
