// The development secrets, in the format of .dev.vars.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Reads a .dev.vars file; an empty object when there is none. */
export function readDevVars(file) {
  if (!existsSync(file)) return {};
  const pairs = readFileSync(file, "utf8").split("\n").map((line) => /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line));
  return Object.fromEntries(pairs.filter(Boolean).map(([, name, value]) => [name, value.replace(/^(["'])(.*)\1$/, "$2")]));
}

/** Adds what is missing: random secrets, and the simulator's addresses. What is there stays. Gives all of it. */
export function completeDevVars(file, { simulatorUrl }) {
  const present = readDevVars(file);
  const wanted = {
    OPENLINE_SECRET: randomSecret(),
    MESSENGER_APP_SECRET: randomSecret(),
    MESSENGER_VERIFY_TOKEN: randomSecret(),
    MESSENGER_PAGE_TOKEN: randomSecret(),
    MESSENGER_API_BASE: simulatorUrl,
    MESSENGER_LINK_BASE: `${simulatorUrl}/m.me`,
  };
  const missing = Object.entries(wanted).filter(([name]) => !(name in present));
  if (missing.length > 0) {
    const before = existsSync(file) ? readFileSync(file, "utf8").replace(/\n?$/, "\n") : "";
    writeFileSync(file, before + missing.map(([name, value]) => `${name}="${value}"\n`).join(""), { mode: 0o600 });
  }
  return { ...wanted, ...present };
}

/** 256 random bits, in hexadecimal. */
export function randomSecret() {
  return randomBytes(32).toString("hex");
}
