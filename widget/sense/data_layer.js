// GA4's data layer: what the shop pushed before we came, and what it pushes from now on. Its `push` stays as it was to
// everybody who calls it.
import { attempt } from "./attempt.js";

/** Entries of the past that are looked at: shops push a few dozen. */
const MOST_PAST = 500;

/** Tells `hear` of every entry. `find` looks whether there is a data layer, or another one; `stop` gives it back. */
export function followDataLayer(hear) {
  let layer, push, heard;
  let told = 0;
  let stopped = false;
  const tell = (entry) => { if (!stopped) attempt(() => hear(entry)); };

  const stop = () => attempt(() => {
    // Whoever wrapped it after us goes on calling ours.
    if (layer?.push === heard) layer.push = push;
  });

  return {
    find: () => attempt(() => {
      const found = window.dataLayer;
      if (found === layer || typeof found?.push !== "function") return;
      // A copy of the one before begins as it did.
      const known = layer && found[0] === layer[0] ? told : 0;
      stop();
      layer = found;
      push = found.push;
      heard = new Proxy(push, {
        apply(own, self, entries) {
          const result = Reflect.apply(own, self, entries);
          told += entries.length;
          entries.forEach(tell);
          return result;
        },
      });
      found.push = heard;
      const past = Array.isArray(found) ? found.slice(known) : [];
      told = known + past.length;
      past.slice(-MOST_PAST).forEach(tell);
    }),
    stop() {
      stopped = true;
      stop();
    },
  };
}
