// A shop's page that lives through a recording: its events are dispatched as the browser would, on the clock of the recording.
import { acts, stateOf } from "/acts.js";
import { listen } from "/listening.js";

/** Replays `trace`, and gives `[ms, trigger]` for each moment. `program` is the sensors' WebAssembly. */
window.live = async (trace, program) => {
  const { events, openedMs } = opening(trace);
  const { clock } = window;
  // Any date will do.
  clock.openedUnixMs = 1_800_000_000_000 + openedMs;
  const state = stateOf(trace);
  const moments = [];
  const sense = await listen(program, (trigger) => moments.push([openedMs + clock.nowMs, trigger]));
  clock.settled = async () => {
    await null;
    await sense.settled();
  };
  if (trace.cart > 0) sense.cart(JSON.stringify({ items: [{ item_id: "held", quantity: trace.cart }] }));
  for (const [atMs, type, ...about] of events) {
    await clock.passUntil(atMs - openedMs);
    acts[type]?.({ sense, state }, ...about);
    await clock.settled();
  }
  sense.stop();
  return moments;
};

/** The events, and when the page was opened. */
function opening({ ev: events }) {
  return { events, openedMs: events.find(([, type]) => type === "load")?.[0] ?? 0 };
}
