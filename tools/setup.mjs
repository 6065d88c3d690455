// Everything the other commands need, installed into the project's own folders. Uses only what Node brings along,
// because it runs before `npm ci`. Quick when nothing is missing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installSystemPackages } from "./system_packages.mjs";
import { Failure } from "./processes.mjs";
import { follow, step } from "./progress.mjs";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));
/** Command line tools built by cargo. */
export const toolsDir = join(root, ".tools");
/** Programs from the project's folders. Absolute paths: nothing is taken from a global installation. */
export const programs = {
  wasmBindgen: join(toolsDir, "bin/wasm-bindgen"),
  workerBuild: join(toolsDir, "bin/worker-build"),
  wasmOpt: join(root, "node_modules/binaryen/bin/wasm-opt"),
  esbuild: join(root, "node_modules/esbuild/bin/esbuild"),
  tsc: join(root, "node_modules/typescript/bin/tsc"),
  wrangler: join(root, "node_modules/wrangler/bin/wrangler.js"),
};

const workerBuildVersion = "0.8.7";
const oldestNode = [20, 3];

/** Checks what only the user can install, and installs the rest. */
export async function setUp() {
  process.chdir(root);
  checkNode();
  await findRust();
  await installPackages();
  await installTarget();
  await installCargoTools();
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Failure(`Node ${oldestNode.join(".")} or newer is needed, this is ${process.versions.node}: get it from https://nodejs.org`);
}

async function findRust() {
  const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
  if (!works("cargo") && existsSync(join(cargoBin, "cargo"))) {
    process.env.PATH = `${cargoBin}${delimiter}${process.env.PATH}`;
  }
  // Cloudflare's own build machines, behind the Deploy to Cloudflare button, come without Rust.
  if (!works("rustup") && process.env.WORKERS_CI) {
    await step("Installing Rust", (show) =>
      follow(show, "sh", ["-c", "curl -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path"]));
    process.env.PATH = `${cargoBin}${delimiter}${process.env.PATH}`;
  }
  for (const program of ["rustup", "cargo"]) {
    if (!works(program)) throw new Failure(`${program} was not found: install Rust from https://rustup.rs, then open a new terminal`);
  }
  if (!works("cc") && !(await installSystemPackages(["build-essential"]))) {
    throw new Failure(process.platform === "darwin"
      ? "a C compiler was not found: run xcode-select --install"
      : "a C compiler was not found: on Debian or Ubuntu run sudo apt-get install build-essential");
  }
}

async function installPackages() {
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  const stamp = "node_modules/.openline-lock";
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  await step("Installing npm packages", (show) => follow(show, "npm", ["ci"]));
  writeFileSync(stamp, lock);
}

async function installTarget() {
  const target = "wasm32-unknown-unknown";
  const channel = /^channel = "(.+)"/m.exec(readFileSync("rust-toolchain.toml", "utf8"))?.[1];
  if (channel && !output("rustup", ["toolchain", "list"])?.split("\n").some((line) => line.startsWith(channel))) {
    await step(`Installing the Rust toolchain ${channel}`, (show) => follow(show, "rustup", [
      "toolchain", "install", channel, "--profile", "minimal", "--component", "clippy,rustfmt", "--target", target,
    ]));
  }
  const sysroot = output("rustc", ["--print", "sysroot"]);
  if (!sysroot || !existsSync(join(sysroot, "lib/rustlib", target))) {
    await step(`Installing the Rust target ${target}`, (show) => follow(show, "rustup", ["target", "add", target]));
  }
  // The widget is built with a standard library of its own size.
  if (!sysroot || !existsSync(join(sysroot, "lib/rustlib/src/rust/library/Cargo.lock"))) {
    await step("Installing the standard library's sources", (show) => follow(show, "rustup", ["component", "add", "rust-src"]));
  }
}

/** The checks' own needs: a toolchain installed with the minimal profile lacks them. */
export async function installCheckers() {
  for (const component of ["rustfmt", "clippy"]) {
    if (works("cargo", [component === "rustfmt" ? "fmt" : component, "--version"])) continue;
    await step(`Installing ${component}`, (show) => follow(show, "rustup", ["component", "add", component]));
  }
}

async function installCargoTools() {
  const pin = /^wasm-bindgen = "=([\d.]+)"/m.exec(readFileSync("Cargo.toml", "utf8"));
  if (!pin) throw new Failure('Cargo.toml does not pin wasm-bindgen (wasm-bindgen = "=x.y.z")');
  await installCargoTool("wasm-bindgen-cli", pin[1], programs.wasmBindgen);
  await installCargoTool("worker-build", workerBuildVersion, programs.workerBuild, installOpenSsl);
  rmSync(cargoTargetDir, { recursive: true, force: true });
}

async function installCargoTool(crate, version, program, prepare = async () => {}) {
  if (existsSync(program) && output(program, ["--version"])?.split(" ").includes(version)) return;
  await prepare();
  mkdirSync(toolsDir, { recursive: true });
  await step(`Building ${crate} ${version} (once, some minutes)`, (show) =>
    follow(show, "cargo", ["install", "--root", toolsDir, "--force", crate, "--version", version], {
      env: { ...process.env, CARGO_TARGET_DIR: cargoTargetDir, ...quickBuild },
    }));
}

// Common to the tools, which share dependencies, and to a second attempt after the first was stopped half-way.
const cargoTargetDir = join(toolsDir, "target");

// These tools work for a second or two per build: waiting minutes for their last optimisation does not pay.
const quickBuild = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_DEBUG: "0",
};

/** worker-build links the system's OpenSSL on Linux. */
async function installOpenSsl() {
  if (process.platform !== "linux" || works("pkg-config", ["--exists", "openssl"])) return;
  if (await installSystemPackages(["pkg-config", "libssl-dev"])) return;
  throw new Failure("OpenSSL's headers were not found: on Debian or Ubuntu run sudo apt-get install pkg-config libssl-dev");
}

function works(program, args = ["--version"]) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function output(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
