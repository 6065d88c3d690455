// Whether the sensors in a browser and the same code replayed natively came to the same moments.

/** Clocks of whole milliseconds may fall on two sides of one. */
const apartMs = 1;

/**
 * Compares what a browser noticed with what was to be: each trace's first moment of every trigger, and when.
 * `expected` and `noticed` have `[ms, trigger]` of every moment by the trace's id. `{ share, worst, off }`: the shares of
 * agreement over all and in the worst kind, and a line for each trace on which they differ.
 */
export function agreement({ traces, labels }, expected, noticed) {
  const kinds = new Map();
  const off = [];
  for (const { id } of traces) {
    const [here, there] = [firsts(expected[id]), firsts(noticed[id])];
    const same = here.size === there.size && [...here].every(([trigger, ms]) => Math.abs(ms - there.get(trigger)) <= apartMs);
    const { kind } = labels.get(id);
    kinds.set(kind, [...(kinds.get(kind) ?? []), same]);
    if (!same) off.push(`${kind} ${id}: replayed ${told(here)}, in the browser ${told(there)}`);
  }
  const shares = [...kinds.values()].map((ones) => ones.filter(Boolean).length / ones.length);
  return { share: 1 - off.length / traces.length, worst: Math.min(...shares), off };
}

function firsts(moments = []) {
  return new Map(moments.toReversed().map(([ms, trigger]) => [trigger, ms]));
}

function told(firsts) {
  return [...firsts].map(([trigger, ms]) => `${trigger} at ${ms}`).join(" and ") || "nothing";
}
