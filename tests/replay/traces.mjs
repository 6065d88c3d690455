// Recorded pages and what is known of them: the recordings in a folder of data, or the repository's own sample.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { sampleTraces } from "./sample.mjs";

const folder = process.env.OPENLINE_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));

/**
 * Recordings as `{ from, traces, labels }`: `labels` has `{ label, kind, intentMs, endMs }` by id, and `from` says whose they are.
 * The formats are those of `lab behaviour` and of a table `id,label,kind,t_intent,t_end`.
 */
export function recordings() {
  const files = ["traces.jsonl.gz", "labels.csv"].map((name) => join(folder, "traces", name));
  return files.every(existsSync) ? readRecordings(...files) : ownRecordings();
}

/** The repository's own sample: every kind, a few of each. */
export function ownRecordings() {
  const made = sampleTraces();
  return {
    from: "the repository's sample",
    traces: made.map(({ trace }) => trace),
    labels: new Map(made.map(({ trace, label }) => [trace.id, label])),
  };
}

/** A table of visits whose end is known, or undefined where there is none. */
export function visitsFile() {
  const file = join(folder, "session", "online_shoppers_open.csv");
  return existsSync(file) ? file : undefined;
}

/** The first `most` of every kind. */
export function firstOfEachKind({ from, traces, labels }, most) {
  const counts = new Map();
  const chosen = traces.filter(({ id }) => {
    const { kind } = labels.get(id);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts.get(kind) <= most;
  });
  return { from, traces: chosen, labels };
}

/** Rows of a table without quotes, by the names in its first line. */
export function rowsOf(text) {
  const [names, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
}

function readRecordings(traces, labels) {
  const lines = gunzipSync(readFileSync(traces)).toString().trim().split("\n");
  const known = rowsOf(readFileSync(labels, "utf8"));
  return {
    from: "the folder of data",
    traces: lines.map((line) => JSON.parse(line)),
    labels: new Map(known.map(({ id, label, kind, t_intent: intent, t_end: end }) => [id, { label, kind, intentMs: Number(intent), endMs: Number(end) }])),
  };
}
