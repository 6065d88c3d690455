// Short names for what a WASM module imports from its glue: a fiftieth of the chat is nothing but such names.
import { readFile, writeFile } from "node:fs/promises";
import { Reader, moduleOf, number, section, sections, text } from "./wasm_module.mjs";

/** Rewrites the file `wasm` and gives the new text of its glue, which must be wasm-bindgen's before it is minified. */
export async function shorten(wasm, glue) {
  const names = new Map();
  const short = (name) => names.get(name) ?? names.set(name, `$${names.size.toString(36)}`).get(name);
  const renamed = sections(await readFile(wasm))
    .map(({ id, body }) => ({ id, body: id === section.imports ? renamedImports(body, short) : body }));
  await writeFile(wasm, moduleOf(renamed));
  return glue.replaceAll(/\b__wb\w+(?=\s*[:(])/g, (name) => names.get(name) ?? name);
}

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
