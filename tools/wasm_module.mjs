// Reading and writing a WASM module's sections, as far as our builds change them.
// https://webassembly.github.io/spec/core/binary/modules.html

export const section = { custom: 0, imports: 2, exports: 7, code: 10 };

/** The sections in order, as `{ id, body }`. */
export function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const found = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    found.push({ id, body: bytes.subarray(reader.at, end) });
    reader.at = end;
  }
  return found;
}

/** The module of these sections. */
export function moduleOf(all) {
  const header = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([header, ...all.flatMap(({ id, body }) => [Uint8Array.of(id), number(body.length), body])]);
}

/** LEB128, unsigned. */
export function number(value) {
  const out = [];
  for (; value > 0x7f; value >>>= 7) out.push((value & 0x7f) | 0x80);
  return Uint8Array.of(...out, value);
}

/** A text with its length before it. */
export function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128, unsigned. */
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
    const value = this.bytes.toString("utf8", this.at, end);
    this.at = end;
    return value;
  }

  /** Passes over what kind of thing is imported; gives the kind, 0 for a function. */
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
    return kind;
  }
}
