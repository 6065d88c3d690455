// The shipped sizes, and their limits.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Failure } from "./processes.mjs";
import { root } from "./setup.mjs";

const kB = 1000;
const loader = ["dist/openline.js"];
const sense = ["dist/sense.js", "dist/sense_bg.wasm"];
const chat = ["dist/chat.js", "dist/chat_bg.wasm"];

/** What is downloaded or uploaded together, and how much it may weigh compressed. */
export const limits = [
  { what: "loader", files: loader, encoding: "brotli", limitBytes: 3 * kB },
  { what: "loader + sense", files: [...loader, ...sense], encoding: "brotli", limitBytes: 24 * kB },
  { what: "loader + sense + chat", files: [...loader, ...sense, ...chat], encoding: "brotli", limitBytes: 100 * kB },
  { what: "Worker", files: ["edge/build/index.js", "edge/build/index_bg.wasm"], encoding: "gzip", limitBytes: 700 * kB },
];

/** Rows of `{ what, encoding, bytes, limitBytes }` for everything that is built. */
export function measureSizes() {
  return limits
    .filter(({ files }) => files.every((file) => existsSync(join(root, file))))
    .map(({ what, files, encoding, limitBytes }) => ({
      what, encoding, limitBytes,
      bytes: files.map((file) => compressedBytes(readFileSync(join(root, file)), encoding)).reduce((sum, bytes) => sum + bytes, 0),
    }));
}

/** Prints the table of sizes and fails when a limit is exceeded. Gives the rows. */
export function checkSizes() {
  const rows = measureSizes();
  for (const { what, encoding, bytes, limitBytes } of rows) {
    const mark = bytes > limitBytes ? "✗" : "✓";
    console.log(`  ${mark} ${what.padEnd(22)} ${kilobytes(bytes).padStart(9)} ${encoding.padEnd(6)} of ${kilobytes(limitBytes)}`);
  }
  const heavy = rows.filter(({ bytes, limitBytes }) => bytes > limitBytes).map(({ what }) => what);
  if (heavy.length > 0) throw new Failure(`too large: ${heavy.join(", ")}`);
  return rows;
}

/** The length of a content as it travels: "gzip" or "brotli", each at its best. */
export function compressedBytes(content, encoding) {
  if (encoding === "gzip") return gzipSync(content, { level: 9 }).length;
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }).length;
}

function kilobytes(bytes) {
  return `${(bytes / kB).toFixed(1)} kB`;
}
