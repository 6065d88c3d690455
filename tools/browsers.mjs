// Where a Firefox and a WebKit are on this machine, and getting them where Debian or Ubuntu has packages of them.
import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./processes.mjs";
import { installSystemPackages } from "./system_packages.mjs";

const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];

/** The path of an installed Firefox (FIREFOX wins), or undefined. */
export function findFirefox() {
  if (process.env.FIREFOX) return named("FIREFOX");
  return ["firefox-esr", "firefox"].map(inFolders).find(Boolean) ?? found("/Applications/Firefox.app/Contents/MacOS/firefox");
}

/** WebKitGTK's small browser, and a screen for it: `{ browser, screen }`, or undefined. MINIBROWSER wins. */
export function findWebKit() {
  const browser = process.env.MINIBROWSER ? named("MINIBROWSER") : libraries().map((folder) => found(join(folder, "MiniBrowser"))).find(Boolean);
  const screen = inFolders("Xvfb");
  return browser && screen && { browser, screen };
}

/** Finds a Firefox or installs one; undefined where neither can be done. */
export async function installFirefox() {
  return findFirefox() ?? ((await installSystemPackages(["firefox-esr"])) ? findFirefox() : undefined);
}

/** Finds a WebKit or installs one; undefined where neither can be done. */
export async function installWebKit() {
  return findWebKit() ?? ((await installSystemPackages(["webkit2gtk-driver", "xvfb"])) ? findWebKit() : undefined);
}

function inFolders(name) {
  return folders.map((folder) => found(join(folder, name))).find(Boolean);
}

/** `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1` and the like, the newest first. */
function libraries() {
  const list = (folder) => { try { return readdirSync(folder).map((name) => join(folder, name)); } catch { return []; } };
  const places = [...list("/usr/lib").filter((folder) => folder.endsWith("-linux-gnu")).flatMap(list), ...list("/usr/libexec")];
  return places.filter((folder) => /\/webkit(2gtk|gtk)-[\d.]+$/.test(folder)).sort().reverse();
}

function named(variable) {
  const path = process.env[variable];
  if (found(path)) return path;
  throw new Failure(`${variable}=${path} cannot be executed`);
}

function found(path) {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}
