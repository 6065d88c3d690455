// Instead of the card: it only says that its moment has come, and is gone.
export function show({ moment }, host) {
  window.showCard(moment);
  queueMicrotask(host.helped);
  return { theme() {}, remove() {} };
}
