// Debian's and Ubuntu's packages, where we may install them without asking: as root, or with sudo that asks nothing.
import { spawnSync } from "node:child_process";
import { follow, step } from "./progress.mjs";

let updated = false;

/** Installs packages with apt-get. False when there is no apt-get, no right to use it, or it failed. */
export async function installSystemPackages(names) {
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (!succeeds([...prefix, "apt-get", "--version"])) return false;
  try {
    await step(`Installing ${names.join(", ")} with apt-get`, async (show) => {
      if (!updated) await apt(show, prefix, ["update", "-q"]);
      updated = true;
      await apt(show, prefix, ["install", "-y", "-q", "--no-install-recommends", ...names]);
    });
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

function apt(show, prefix, args) {
  const [command, ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  return follow(show, command, rest);
}

function succeeds([command, ...args]) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
