// What is true of the source as it stands: format, lints, types, and the architecture's rules.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure } from "./processes.mjs";
import { step } from "./progress.mjs";
import { programs, root } from "./setup.mjs";

const wasmCrates = ["sense", "chat", "edge"];
const notInDomain = ["wasm-bindgen", "js-sys", "web-sys", "gloo", "yew", "worker", "rand", "getrandom", "chrono", "time", "tokio"];
const vagueNames = /(^|[/_-])(utils?|helpers?|common|managers?|misc)([._-]|\/|$)/;
// The brackets keep this file from finding itself.
const unfinished = /\b(TO[D]O|FIX[M]E|XX[X]|unimplemented[!]|todo[!])/;

/** Name and work of every check. Each rejects with a `Failure` that says what to change. */
export const checks = {
  "Cargo.lock is up to date": () => cargo(["metadata", "--locked", "--format-version", "1"]),
  "cargo fmt": () => cargo(["fmt", "--all", "--check"]),
  "clippy, native": () => cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
  "clippy, wasm32": () => cargo([
    "clippy", "--target", "wasm32-unknown-unknown", ...["domain", ...wasmCrates].flatMap((name) => ["-p", name]), "--", "-D", "warnings",
  ]),
  "TypeScript's types": () => capture(process.execPath, [programs.tsc, "--noEmit", "-p", "tsconfig.json"], { cwd: root }),
  "domain is pure": checkPurity,
  "arrows point at domain only": checkArrows,
  "ARCHITECTURE.md's paths exist": checkArchitecture,
  "names and lengths of files": checkFiles,
  "nothing is left unfinished": checkUnfinished,
  "no registry is named": checkRegistries,
};

/** Runs every check, and gives the number that passed. Stops at the first that fails. */
export async function runChecks() {
  for (const [name, check] of Object.entries(checks)) await step(name, check);
  return Object.keys(checks).length;
}

function cargo(args) {
  return capture("cargo", args, { cwd: root });
}

async function checkPurity() {
  for (const target of [[], ["--target", "wasm32-unknown-unknown"]]) {
    const tree = await cargo(["tree", "-p", "domain", "-e", "normal", "--prefix", "none", "--format", "{p}", ...target]);
    const names = new Set(tree.split("\n").map((line) => line.split(" ")[0]));
    const impure = notInDomain.filter((banned) => [...names].some((name) => name === banned || name.startsWith(`${banned}-`) || name.startsWith(`${banned}_`)));
    if (impure.length > 0) throw new Failure(`domain depends on ${impure.join(", ")}: cargo tree -p domain -i ${impure[0]}`);
  }
}

async function checkArrows() {
  const { packages } = JSON.parse(await cargo(["metadata", "--no-deps", "--format-version", "1"]));
  const members = packages.map(({ name }) => name);
  for (const { name, dependencies } of packages) {
    const shell = ["sense", "chat", "edge", "console", "domain"].includes(name);
    const other = dependencies.find((dependency) => members.includes(dependency.name) && dependency.name !== "domain");
    if (shell && other) throw new Failure(`${name} depends on ${other.name}: only domain may be shared`);
  }
}

function checkArchitecture() {
  const file = join(root, "ARCHITECTURE.md");
  if (!existsSync(file)) throw new Failure("ARCHITECTURE.md is missing");
  const text = readFileSync(file, "utf8");
  const length = text.trimEnd().split("\n").length;
  if (length > 150) throw new Failure(`ARCHITECTURE.md has ${length} lines, 150 are allowed`);
  const absent = namedPaths(text).filter((path) => !existsSync(join(root, path)));
  if (absent.length > 0) throw new Failure(`ARCHITECTURE.md names what does not exist: ${absent.join(", ")}`);
}

/** The paths a document names: in backquotes or as a link's target, below one of the repository's folders or with a known ending. */
export function namedPaths(text) {
  const folders = "domain|widget|console|edge|www|tests|tools|stores|\\.ci|\\.cargo";
  const quoted = [...text.matchAll(/`([^`\s]+)`/g), ...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, words]) => words);
  return [...new Set(quoted)].filter((words) =>
    new RegExp(`^(${folders})(/[\\w.-]+)*/?$`).test(words) || /^[\w-]+\.(md|toml|json|mjs)$/.test(words));
}

async function checkFiles() {
  const files = await committedFiles();
  const vague = files.find((file) => vagueNames.test(file));
  if (vague) throw new Failure(`${vague} is named after nothing in particular`);
  for (const file of files.filter((name) => /\.(rs|mjs|ts)$/.test(name))) {
    const length = readFileSync(join(root, file), "utf8").split("\n").length - 1;
    if (length > 400) throw new Failure(`${file} has ${length} lines, 400 are allowed`);
  }
}

async function checkUnfinished() {
  for (const file of (await committedFiles()).filter((name) => /\.(rs|mjs|ts|js|css|html|md|toml)$/.test(name))) {
    const line = readFileSync(join(root, file), "utf8").split("\n").findIndex((text) => unfinished.test(text));
    if (line >= 0) throw new Failure(`${file}:${line + 1} is unfinished`);
  }
}

function checkRegistries() {
  const resolved = /"resolved": "(.*?)"/.exec(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (resolved) throw new Failure(`package-lock.json names ${resolved[1]}: set omit-lockfile-registry-resolved=true`);
  if (/registry\s*=/.test(readFileSync(join(root, ".npmrc"), "utf8"))) throw new Failure(".npmrc names a registry");
}

/** The repository's files, new ones included; all files where there is no git. */
async function committedFiles() {
  const listed = await capture("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return listed.split("\n").filter((file) => file && existsSync(join(root, file)));
}
