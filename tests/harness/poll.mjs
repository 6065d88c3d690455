// Waiting for something to become true. Tests never sleep for a fixed time.
import { setTimeout as delay } from "node:timers/promises";

/**
 * Calls `probe` until it gives something truthy, and gives that back. A probe that throws counts as not yet.
 * Rejects after `timeoutMs`, naming `what` and the last error.
 */
export async function until(probe, { what = "the condition", timeoutMs = 15_000, everyMs = 50 } = {}) {
  const deadline = performance.now() + timeoutMs;
  let lastError;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what} did not come true within ${timeoutMs} ms`, { cause: lastError });
    }
    await delay(everyMs);
  }
}
