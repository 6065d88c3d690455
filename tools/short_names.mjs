// Short names for what a WASM module imports from its glue and exports to it, and nothing that it does not import any
// more: a fiftieth of the chat is nothing but such names, another what only those parts called that wasm-opt removed.
import { readFile, writeFile } from "node:fs/promises";
import { Reader, moduleOf, number, section, sections, text } from "./wasm_module.mjs";

/** Rewrites the file `wasm` and gives the new text of its glue, which must be wasm-bindgen's before it is minified. */
export async function shorten(wasm, glue) {
  const names = new Map();
  const short = (name) => names.get(name) ?? names.set(name, `$${names.size.toString(36)}`).get(name);
  const renamed = sections(await readFile(wasm)).map(({ id, body }) => {
    if (id === section.imports) return { id, body: renamedImports(body, short) };
    return { id, body: id === section.exports ? renamedExports(body, short) : body };
  });
  await writeFile(wasm, moduleOf(renamed));
  return glue
    .replaceAll(/(?<=\bwasm\.)\w+/g, (name) => names.get(name) ?? name)
    .replaceAll(/\b__wb\w+(?=\s*[:(])/g, (name) => names.get(name) ?? name)
    .replaceAll(unusedImport, "");
}

function renamedExports(body, short) {
  const reader = new Reader(body);
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    parts.push(text(short(reader.text())), Uint8Array.of(reader.byte()), number(reader.number()));
  }
  return Buffer.concat(parts);
}

/** A member of the object of imports that has its long name still, as wasm-bindgen writes and indents it. */
const unusedImport = /^ {8}__wbg_\w+: function\([^]*?^ {8}\}.*\n/gm;

function renamedImports(body, short) {
  const reader = new Reader(body);
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    parts.push(text(reader.text()), text(short(reader.text())));
    const from = reader.at;
    reader.importDescription();
    parts.push(body.subarray(from, reader.at));
  }
  return Buffer.concat(parts);
}
