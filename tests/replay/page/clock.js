// The first script of a replayed page: from here on time stands still, and goes on only when the recording does.
(() => {
  const clock = { nowMs: 0, openedUnixMs: 0, settled: async () => {} };
  const timers = new Map();
  let latestId = 0;

  const arm = (act, delayMs = 0, ...args) => {
    timers.set((latestId += 1), { atMs: clock.nowMs + Math.max(0, Number(delayMs) || 0), act: () => act(...args) });
    return latestId;
  };

  /** The timer that is due first before `limitMs`, as `[id, timer]`. */
  const firstBefore = (limitMs) => {
    let first;
    for (const entry of timers) {
      if (entry[1].atMs < limitMs && (!first || entry[1].atMs < first[1].atMs)) first = entry;
    }
    return first;
  };

  /** Lets time pass up to `atMs`. A timer that is due at that very instant waits for what happens then. */
  clock.passUntil = async (atMs) => {
    for (let first = firstBefore(atMs); first; first = firstBefore(atMs)) {
      const [id, timer] = first;
      timers.delete(id);
      clock.nowMs = Math.max(clock.nowMs, timer.atMs);
      timer.act();
      // What the page's observers hear of it, they hear now.
      await clock.settled();
    }
    clock.nowMs = Math.max(clock.nowMs, atMs);
  };

  performance.now = () => clock.nowMs;
  Date.now = () => clock.openedUnixMs + clock.nowMs;
  Object.defineProperty(Event.prototype, "timeStamp", { get: () => clock.nowMs });
  window.setTimeout = arm;
  window.clearTimeout = (id) => { timers.delete(id); };
  window.requestAnimationFrame = (act) => arm(() => act(clock.nowMs), 16);
  window.cancelAnimationFrame = window.clearTimeout;
  window.requestIdleCallback = (act) => arm(act, 1);
  window.clock = clock;
})();
