import { readFile, writeFile } from "node:fs/promises";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { loadCatalogue, settingsCatalogue } from "./catalogue.mjs";

const SETTINGS = new URL("../stores/demo.json", import.meta.url);
const LINE_LENGTH = 140;

/** The demo store's settings document, as it should stand: its own words, and the shop's catalogue. */
export async function demoSettings() {
  const settings = JSON.parse(await readFile(SETTINGS, "utf8"));
  return `${format({ ...settings, catalogue: settingsCatalogue(await loadCatalogue()) })}\n`;
}

/** JSON with what is short, and every list of words, on one line. */
function format(value, indent = "", reserved = 0) {
  const line = oneLine(value);
  const isList = Array.isArray(value) && value.every(isScalar);
  if (isScalar(value) || isList || (indent !== "" && indent.length + reserved + line.length <= LINE_LENGTH)) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + format(item, inner, 1)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).map(([name, member]) => {
    const key = `${JSON.stringify(name)}: `;
    return inner + key + format(member, inner, key.length + 1);
  });
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function isScalar(value) {
  return typeof value !== "object" || value === null;
}

function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (isScalar(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${oneLine(member)}`).join(", ")} }`;
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeFile(SETTINGS, await demoSettings());
