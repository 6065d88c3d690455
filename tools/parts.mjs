// Builds what is served and deployed: dist/ and edge/build/. A part whose inputs did not change is left alone.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build as buildStore } from "../www/build.mjs";
import { Failure } from "./processes.mjs";
import { follow, step } from "./progress.mjs";
import { programs, root } from "./setup.mjs";
import { shorten } from "./short_names.mjs";
import { removeUnreached } from "./unreached.mjs";
import { checkSizes, compressedBytes, limits } from "./sizes.mjs";

const dist = join(root, "dist");
const stateDir = join(root, "target/openline");
const target = "wasm32-unknown-unknown";
const workspace = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo", "package-lock.json", "tools/parts.mjs", "tools/short_names.mjs", "tools/unreached.mjs", "tools/wasm_module.mjs"];
const widgetCrates = ["sense", "chat"];

/** What is TypeScript alone and loaded when it is wanted. */
const chunks = ["card", "debug"];
/** Everything that is loaded later, under the hash of it all. */
const later = [
  ...widgetCrates.flatMap((name) => [`dist/${name}.js`, `dist/${name}_bg.wasm`]), ...chunks.map((name) => `dist/${name}.js`), "dist/words",
];

const parts = {
  widget: {
    title: "Building the widget",
    inputs: [...workspace, "domain", ...widgetCrates.map((name) => `widget/${name}`)],
    outputs: widgetCrates.flatMap((name) => [`dist/${name}.js`, `dist/${name}_bg.wasm`]),
    build: buildWidget,
  },
  card: {
    title: "Building the card and the merchant's debug panel",
    inputs: [...workspace, ...chunks.map((name) => `widget/${name}`)],
    outputs: chunks.map((name) => `dist/${name}.js`),
    build: buildChunks,
  },
  words: {
    title: "Writing the card's words",
    inputs: [...workspace, "domain/src/language", "domain/src/behaviour", "tools/lab/src/words.rs"],
    outputs: ["dist/words"],
    build: writeWords,
  },
  loader: {
    title: "Building the loader",
    // The loader asks for the others by their content, so it changes with them.
    inputs: [...workspace, "widget/loader", ...later],
    outputs: ["dist/openline.js", "dist/openline.d.ts"],
    build: buildLoader,
  },
  site: { title: "Writing the pages", inputs: ["www", "tools/parts.mjs"], outputs: ["dist"], build: buildSite },
  documents: {
    title: "Writing openapi.json and store.schema.json",
    inputs: [...workspace, "domain", "tools/lab", "stores"],
    outputs: ["dist/openapi.json", "dist/store.schema.json"],
    build: writeDocuments,
  },
  worker: {
    title: "Building the Worker",
    inputs: [...workspace, "domain", "edge", "stores"],
    outputs: ["edge/build/index.js", "edge/build/index_bg.wasm"],
    build: buildWorker,
  },
};

/** Builds the named parts, all by default, and checks the sizes of what is shipped. */
export async function build(names = Object.keys(parts)) {
  const unknown = names.find((name) => !(name in parts));
  if (unknown) throw new Failure(`there is no part ${unknown}, only ${Object.keys(parts).join(", ")}`);
  const unlock = await lock();
  try {
    mkdirSync(dist, { recursive: true });
    for (const name of names) {
      const { title, inputs, outputs, build: work } = parts[name];
      await whenChanged(name, inputs, outputs, () => step(title, work));
    }
    await whenChanged("sizes", limits.flatMap(({ files }) => files), [], checkSizes);
  } finally {
    unlock();
  }
}

/** Works unless the inputs are those of the last time that it succeeded, and the outputs are there. */
async function whenChanged(name, inputs, outputs, work) {
  const stampFile = join(stateDir, `${name}.stamp`);
  const stamp = await fingerprint(inputs);
  const built = outputs.every((path) => existsSync(join(root, path)));
  if (built && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(stampFile, { force: true });
  await work();
  writeFileSync(stampFile, stamp);
}

/** A hash over the names and contents of files, and of all files in folders. */
async function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of await filesIn(join(root, path))) {
      const content = await readFile(file);
      hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

async function filesIn(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const inside = await Promise.all(entries
    .filter(({ name }) => !["target", "build", "node_modules"].includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name }) => filesIn(join(path, name))));
  return inside.flat();
}

async function buildWidget(show) {
  await follow(show, "cargo", [
    "build", "--release", "--target", target, "--target-dir", "target/widget", ...smallStd.args,
    ...widgetCrates.flatMap((name) => ["-p", name]),
  ], { env: { ...process.env, CARGO_INCREMENTAL: "0", ...smallStd.env, ...wordless } });
  for (const name of widgetCrates) {
    const outDir = join(stateDir, name);
    await follow(show, programs.wasmBindgen, [
      "--target", "web", "--no-typescript", "--remove-producers-section",
      "--out-dir", outDir, join(root, "target/widget", target, "release", `${name}.wasm`),
    ]);
    if (name === "chat") await removeUnreached(join(outDir, `${name}_bg.wasm`));
    const wasm = join(dist, `${name}_bg.wasm`);
    show(`wasm-opt ${name}`);
    await writeFile(wasm, await smallest(show, join(outDir, `${name}_bg.wasm`)));
    const glue = join(dist, `${name}.js`);
    const longGlue = join(outDir, `${name}.js`);
    await writeFile(longGlue, await shorten(wasm, await readFile(longGlue, "utf8")));
    const style = join(outDir, "style.css");
    await follow(show, process.execPath, [programs.esbuild, "widget/chat/style.css", "--minify", `--outfile=${style}`]);
    await follow(show, process.execPath, [
      programs.esbuild, `widget/${name}/entry.js`, `--alias:style.css=${style}`, `--alias:glue=${longGlue}`, "--alias:shell=./widget/chat/shell.js", "--loader:.css=text",
      "--bundle", "--minify", "--format=esm", "--target=es2022", `--outfile=${glue}`,
    ]);
    // Glue and module must come from the same build, whatever a cache still holds of another one.
    const versioned = `${name}_bg.wasm?v=${await contentHash([wasm])}`;
    await writeFile(glue, (await readFile(glue, "utf8")).replaceAll(`${name}_bg.wasm`, versioned));
  }
}

async function buildChunks(show) {
  for (const name of chunks) {
    const style = join(stateDir, `${name}.css`);
    await follow(show, process.execPath, [programs.esbuild, `widget/${name}/style.css`, "--minify", `--outfile=${style}`]);
    await follow(show, process.execPath, [
      programs.esbuild, `widget/${name}/${name}.ts`, `--alias:${name}.css=${style}`, "--loader:.css=text",
      "--bundle", "--minify", "--format=esm", "--target=es2022", `--outfile=${join(dist, `${name}.js`)}`,
    ]);
  }
}

/** The module as it compresses best: fewer bytes of code can be more bytes of brotli. */
async function smallest(show, wasm) {
  const candidates = [];
  for (const [at, passes] of optimisations.entries()) {
    const optimised = `${wasm}.${at}`;
    await follow(show, process.execPath, [programs.wasmOpt, ...passes, ...wasmOptArgs, wasm, "-o", optimised]);
    candidates.push(await readFile(optimised));
  }
  return candidates.reduce((best, other) => (compressedBytes(other, "brotli") < compressedBytes(best, "brotli") ? other : best));
}

// The last two were found by trying: what evens the code out helps brotli more than what shortens it.
const optimisations = [
  ["-O1"],
  ["-Oz"],
  [
    "--simplify-locals-nonesting", "--rse", "--code-folding", "--coalesce-locals-learning", "--generate-global-effects",
    "-O1", "-O1", "--dae-optimizing", "--directize", "--remove-unused-module-elements", "-O1",
  ],
  [
    "--rse", "--code-folding", "--coalesce-locals-learning", "--generate-global-effects", "-O1", "--dae-optimizing",
    "--directize", "-O1", "--simplify-locals-nostructure", "--once-reduction",
  ],
];

// The standard library, built along for size. Cargo calls it unstable; the sources are those of the same toolchain.
const smallStd = {
  args: ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"],
  env: { RUSTC_BOOTSTRAP: "1" },
};
// In the widget also without the words a panic would print, which no shopper reads: a third off what a page loads.
// Inlining in MIR leaves LLVM less to repeat, and a low threshold lets it inline only what gets shorter by it.
const wordless = {
  RUSTFLAGS: [
    "-Zunstable-options", "-Cpanic=immediate-abort", "-Zfmt-debug=none", "-Zlocation-detail=none",
    "-Zmir-opt-level=3", "-Cllvm-args=-inline-threshold=30",
    // wasm-opt does it later, when tools/unreached.mjs has gone by their names.
    "-Zmerge-functions=disabled",
  ].join(" "),
};

// What rustc's default target features emit, and every browser since 2022 understands.
const wasmOptArgs = [
  // Rust's stack comes first, so nothing lies near address 0; and it relies on no trap but those it makes itself.
  "--low-memory-unused", "--ignore-implicit-traps",
  "--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-call-indirect-overlong", "--enable-multivalue",
  "--enable-mutable-globals", "--enable-nontrapping-float-to-int", "--enable-reference-types", "--enable-sign-ext",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

async function buildLoader(show) {
  const build = (await fingerprint(later)).slice(0, 12);
  await follow(show, process.execPath, [
    programs.esbuild, "widget/loader/openline.ts", "--bundle", "--minify", "--format=iife", "--target=es2020",
    `--define:OPENLINE_BUILD="${build}"`, "--outfile=dist/openline.js",
  ]);
  await cp(join(root, "widget/loader/openline.d.ts"), join(dist, "openline.d.ts"));
}

/** Writes the demo store's pages and removes what was written before and is gone now. */
async function buildSite() {
  const listFile = join(stateDir, "site.json");
  const before = existsSync(listFile) ? JSON.parse(readFileSync(listFile, "utf8")) : [];
  const site = join(stateDir, "site");
  await rm(site, { recursive: true, force: true });
  await buildStore(site);
  const now = (await filesIn(site)).map((file) => relative(site, file));
  for (const file of before.filter((file) => !now.includes(file))) await rm(join(dist, file), { force: true });
  await cp(site, dist, { recursive: true });
  await writeFile(listFile, JSON.stringify(now));
}

async function writeDocuments(show) {
  for (const [word, file] of [["openapi", "openapi.json"], ["schema", "store.schema.json"]]) {
    const text = await follow(show, "cargo", ["run", "--quiet", "-p", "lab", "--", word]);
    try {
      JSON.parse(text);
    } catch (error) {
      throw new Failure(`cargo run -p lab -- ${word} did not print JSON: ${error.message}`);
    }
    await writeFile(join(dist, file), text);
  }
}

/** One file for each language, because a shopper reads one. */
async function writeWords(show) {
  const languages = JSON.parse(await follow(show, "cargo", ["run", "--quiet", "-p", "lab", "--", "words"]));
  await rm(join(dist, "words"), { recursive: true, force: true });
  mkdirSync(join(dist, "words"));
  for (const [tag, words] of Object.entries(languages)) await writeFile(join(dist, "words", `${tag}.json`), JSON.stringify(words));
}

async function buildWorker(show) {
  // Its own optimisation keeps the functions' names, a tenth of the upload; ours does not.
  await follow(show, programs.workerBuild, ["--release", "--no-opt", ".", "--", ...smallStd.args], {
    cwd: join(root, "edge"),
    env: {
      ...process.env,
      ...smallStd.env,
      // Without these it downloads its own.
      WASM_BINDGEN_BIN: programs.wasmBindgen,
      WASM_OPT_BIN: programs.wasmOpt,
      ESBUILD_BIN: programs.esbuild,
    },
  });
  const wasm = join(root, "edge/build/index_bg.wasm");
  show("wasm-opt edge");
  await follow(show, process.execPath, [programs.wasmOpt, "-Oz", ...wasmOptArgs, "--enable-exception-handling", wasm, "-o", wasm]);
}

async function contentHash(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(existsSync(file) ? await readFile(file) : "");
  return hash.digest("hex").slice(0, 12);
}

/** One build at a time: `npm start` builds on changes, and somebody may run the tests meanwhile. */
async function lock() {
  const lockFile = join(stateDir, "build.lock");
  mkdirSync(stateDir, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      const unlock = () => rmSync(lockFile, { force: true });
      process.once("exit", unlock);
      return unlock;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (isStale(lockFile)) rmSync(lockFile, { force: true });
      else await delay(200);
    }
  }
}

function isStale(lockFile) {
  try {
    process.kill(Number(readFileSync(lockFile, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code !== "EPERM";
  }
}
