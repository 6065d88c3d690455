/** A try at what a page, a browser or its settings may refuse. */
export function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
