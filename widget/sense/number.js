// Names as numbers, as `domain::behaviour::number_of` makes them: FNV-1a over UTF-8.
export function numberOf(name) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${name}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
