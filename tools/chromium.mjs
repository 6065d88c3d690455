// Where a Chromium is on this machine, and getting one where there is none.
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Failure, succeeds } from "./processes.mjs";
import { follow, step } from "./progress.mjs";
import { installSystemPackages } from "./system_packages.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** The path of an installed Chromium or Chrome (CHROMIUM wins), or undefined. */
export async function findChromium() {
  if (process.env.CHROMIUM) {
    if (await executable(process.env.CHROMIUM)) return process.env.CHROMIUM;
    throw new Failure(`CHROMIUM=${process.env.CHROMIUM} cannot be executed`);
  }
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/opt/google/chrome"];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push(...macApplications, await playwrightsOwn());
  for (const candidate of candidates) {
    if (candidate && (await executable(candidate))) return candidate;
  }
  return undefined;
}

/** Finds a Chromium, or installs one: with the machine's package manager, or else Playwright's build of it. */
export async function installChromium() {
  for (const install of [withPackageManager, withPlaywright]) {
    const found = await findChromium();
    if (found) return found;
    await install();
  }
  const found = await findChromium();
  if (!found) throw new Failure("no Chromium: install Chromium or Chrome, or set CHROMIUM to its path");
  return found;
}

async function withPackageManager() {
  if (process.platform === "darwin") {
    if (await succeeds("brew", ["--version"])) await attempt("brew", ["install", "--cask", "chromium"]);
  } else {
    await installSystemPackages(["chromium"]);
  }
}

async function withPlaywright() {
  const install = ["node_modules/playwright-core/cli.js", "install"];
  if (await attempt(process.execPath, [...install, "--with-deps", "chromium"])) return;
  await attempt(process.execPath, [...install, "chromium"]);
}

function attempt(command, args) {
  return step("Installing Chromium", (show) => follow(show, command, args)).then(() => true, (error) => {
    console.error(error.message);
    return false;
  });
}

async function playwrightsOwn() {
  // Not there before `npm ci`.
  const playwright = await import("playwright-core").catch(() => undefined);
  return playwright?.chromium.executablePath();
}

async function executable(path) {
  return access(path, constants.X_OK).then(() => true, () => false);
}
