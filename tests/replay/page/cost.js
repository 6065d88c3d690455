// Measures what each event of recordings costs: every function that the sensors hand to the page is timed, and what runs
// after an event because of it counts as that event's.
import { acts, stateOf } from "/acts.js";
import { listen } from "/listening.js";

const eventsBetweenBreaths = 50;
const costsMs = [];
let count = 0;

/** Takes the first `most` events of the recordings, and gives what each took in the sensors. */
window.measure = async (traces, most) => {
  timeEverything();
  const sense = await window.startSensors();
  const state = stateOf(traces[0]);
  for (const [, type, ...about] of traces.flatMap(({ ev: events }) => events)) {
    if (count >= most) break;
    if (!acts[type]) continue;
    // The page has always just changed: whoever measures it now makes it lay itself out.
    document.body.style.paddingTop = `${count % 7}px`;
    costsMs[count] ??= 0;
    acts[type]({ sense, state }, ...about);
    await null;
    count += 1;
    // What the timers do meanwhile is the next event's.
    if (count % eventsBetweenBreaths === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  sense.stop();
  return costsMs.slice(0, count);
};

/** Puts the sensors to work. */
window.startSensors = async () => {
  const program = await WebAssembly.compile(await (await fetch("/sense_bg.wasm")).arrayBuffer());
  return listen(program, () => {});
};

/** Notes how long every click takes until the page has drawn what came of it. */
window.timeClicks = () => {
  const tookMs = [];
  addEventListener("click", ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tookMs.push(performance.now() - timeStamp);
      port2.postMessage(0);
    });
  });
  return tookMs;
};

function timeEverything() {
  const timed = (act) => function called(...args) {
    const startedAt = performance.now();
    try {
      return act.apply(this, args);
    } finally {
      costsMs[count] = (costsMs[count] ?? 0) + performance.now() - startedAt;
    }
  };
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function listenTimed(type, act, options) {
    return addEventListener.call(this, type, typeof act === "function" ? timed(act) : act, options);
  };
  const { setTimeout, MutationObserver } = window;
  window.setTimeout = (act, ...rest) => setTimeout(timed(act), ...rest);
  window.MutationObserver = class extends MutationObserver {
    constructor(act) {
      super(timed(act));
    }
  };
}
