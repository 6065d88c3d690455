// The merchant's debug panel.
export function start(): { remove(): void } {
  return { remove() {} };
}
