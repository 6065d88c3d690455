// npm run fuzz [-- TARGET... --seconds N --seeds DIR]
//
// Feeds every decoder what nobody would send, N seconds each (20), starting from real inputs (tests/fuzz/seeds.mjs), the
// corpus of earlier runs, and DIR. Coverage-guided on the stable toolchain: the domain forbids unsafe code, so the address
// sanitizer, which needs nightly, would have nothing to find. `cargo fuzz run --fuzz-dir tests/fuzz TARGET` works as well.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sow } from "../tests/fuzz/seeds.mjs";
import { capture, exitWith, Failure, run } from "./processes.mjs";
import { step } from "./progress.mjs";
import { root, setUp } from "./setup.mjs";

const fuzzDir = join(root, "tests/fuzz");
// What cargo-fuzz passes, without the sanitizer.
const instrumented = [
  "--cfg", "fuzzing", "-Cpasses=sancov-module", "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters", "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cdebug-assertions", "-Coverflow-checks", "-Ccodegen-units=1", "-Copt-level=3",
];

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: "string", default: "20" }, seeds: { type: "string", multiple: true, default: [] } },
  });
  await setUp();
  await fuzz(positionals, Number(values.seconds), values.seeds.map((folder) => resolve(process.env.INIT_CWD ?? ".", folder)));
} catch (error) {
  exitWith(error);
}

async function fuzz(wanted, seconds, seedDirs) {
  const targets = readdirSync(join(fuzzDir, "fuzz_targets")).filter((name) => name.endsWith(".rs")).map((name) => basename(name, ".rs")).sort();
  const unknown = wanted.find((name) => !targets.includes(name));
  if (unknown) throw new Failure(`there is no fuzz target ${unknown}, only ${targets.join(", ")}`);
  const host = /^host: (.+)$/m.exec(await capture("rustc", ["-vV"]))[1];
  await step("Building the fuzz targets", () => capture("cargo", ["build", "--bins", "--target", host], {
    cwd: fuzzDir, env: { ...process.env, RUSTFLAGS: instrumented.join(" "), CARGO_INCREMENTAL: "0" },
  }));
  for (const target of wanted.length > 0 ? wanted : targets) {
    await fuzzTarget(target, join(fuzzDir, "target", host, "debug", target), seconds, seedDirs);
  }
}

async function fuzzTarget(target, program, seconds, seedDirs) {
  const corpus = join(fuzzDir, "corpus", target);
  const artifacts = join(fuzzDir, "artifacts", target);
  for (const folder of [corpus, artifacts]) mkdirSync(folder, { recursive: true });
  const sown = sow(root, target, corpus);
  const seeds = seedDirs.filter((folder) => existsSync(folder));
  console.log(`\n== ${target}, ${seconds} s, ${sown} seeds`);
  await run(program, [
    `-max_total_time=${seconds}`, "-max_len=16384", "-timeout=5", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0",
    `-artifact_prefix=${artifacts}/`, corpus, ...seeds,
  ]).catch((error) => {
    throw new Failure(`${target} found something: the input is in ${artifacts}\n${error.message}`);
  });
}
