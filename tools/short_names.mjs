// Short names for what a WASM module imports from its glue: a fiftieth of the chat is nothing but such names.
import { readFile, writeFile } from "node:fs/promises";

const imports = 2;

/** Rewrites the file `wasm` and gives the new text of its glue, which must be wasm-bindgen's before it is minified. */
export async function shorten(wasm, glue) {
  const bytes = await readFile(wasm);
  const names = new Map();
  const short = (name) => names.get(name) ?? names.set(name, `$${names.size.toString(36)}`).get(name);
  const parts = [bytes.subarray(0, 8)];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const body = id === imports ? renamedImports(reader, short) : bytes.subarray(reader.at, end);
    parts.push(Uint8Array.of(id), number(body.length), body);
    reader.at = end;
  }
  await writeFile(wasm, Buffer.concat(parts));
  return glue.replaceAll(/\b__wb\w+(?=\s*[:(])/g, (name) => names.get(name) ?? name);
}

function renamedImports(reader, short) {
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    const module = reader.text();
    const name = short(reader.text());
    const from = reader.at;
    reader.importDescription();
    for (const text of [module, name]) parts.push(number(text.length), Buffer.from(text));
    parts.push(reader.bytes.subarray(from, reader.at));
  }
  return Buffer.concat(parts);
}

function number(value) {
  const out = [];
  for (; value > 0x7f; value >>>= 7) out.push((value & 0x7f) | 0x80);
  return Uint8Array.of(...out, value);
}

class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  text() {
    const end = this.number() + this.at;
    const text = this.bytes.toString("utf8", this.at, end);
    this.at = end;
    return text;
  }

  /** Passes over what kind of thing is imported. */
  importDescription() {
    const kind = this.byte();
    if (kind === 1) this.byte();
    if (kind === 3) this.at += 2;
    if (kind === 0 || kind === 4) this.number();
    if (kind === 4) this.number();
    if (kind === 1 || kind === 2) {
      const hasMaximum = this.number() & 1;
      this.number();
      if (hasMaximum) this.number();
    }
  }
}
