// npm run bench [-- STAGE...]     measures, prints one table, writes bench.local.json
//
// A stage is a file tests/bench/STAGE.mjs which exports `async run()` and gives rows of
// `{ what, value, unit, target }`: a number, its unit, and what must be reached ("<= 20", ">= 1"), if anything; `ouibounce`
// is what that library's rule comes to on the same.
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { installChromium } from "./chromium.mjs";
import { build } from "./parts.mjs";
import { exitWith, Failure, stopServices } from "./processes.mjs";
import { step } from "./progress.mjs";
import { root, setUp } from "./setup.mjs";
import { measureSizes } from "./sizes.mjs";

try {
  await setUp();
  await build();
  await installChromium();
  const rows = await measure(process.argv.slice(2));
  printTable(rows);
  const machine = `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
  writeFileSync(join(root, "bench.local.json"), `${JSON.stringify({ measured_at: new Date().toISOString(), machine, rows }, null, 2)}\n`);
  console.log("\nbench.local.json has these figures.");
} catch (error) {
  await stopServices();
  exitWith(error);
}
process.exit(0);

async function measure(wanted) {
  const folder = join(root, "tests/bench");
  const stages = readdirSync(folder).filter((name) => name.endsWith(".mjs")).map((name) => basename(name, ".mjs")).sort();
  const unknown = wanted.find((name) => !stages.includes(name) && name !== "sizes");
  if (unknown) throw new Failure(`there is no stage ${unknown}, only sizes, ${stages.join(", ")}`);
  const chosen = (name) => wanted.length === 0 || wanted.includes(name);
  const rows = chosen("sizes") ? sizes() : [];
  for (const name of stages.filter(chosen)) {
    const { run } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    const measured = await step(`Measuring ${name}`, run);
    rows.push(...measured.map((row) => ({ stage: name, ...row })));
  }
  return rows;
}

function sizes() {
  return measureSizes().map(({ what, encoding, bytes, limitBytes }) => ({
    stage: "sizes", what: `${what}, ${encoding}`, value: bytes / 1000, unit: "kB", target: `<= ${limitBytes / 1000}`,
  }));
}

function printTable(rows) {
  const cells = rows.map(({ what, value, unit = "", target = "", ouibounce }) => [
    what, `${rounded(value)} ${unit}`.trim(), String(target), ouibounce === undefined ? "" : `${rounded(ouibounce)} ${unit}`.trim(), verdict(value, target),
  ]);
  const table = [["what", "measured", "must reach", rows.some(({ ouibounce }) => ouibounce !== undefined) ? "ouibounce" : "", ""], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
  console.log();
  for (const [what, measured, target, ouibounce, mark] of table) {
    const figures = [measured, target, ouibounce].map((text, column) => text.padStart(widths[column + 1])).filter(Boolean);
    console.log([what.padEnd(widths[0]), ...figures, mark].join("  ").trimEnd());
  }
}

function verdict(value, target) {
  const [, relation, limit] = /^(<=|>=)\s*([\d.]+)/.exec(target) ?? [];
  if (!relation) return "";
  return (relation === "<=" ? value <= Number(limit) : value >= Number(limit)) ? "✓" : "✗";
}

function rounded(value) {
  if (typeof value !== "number") return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
