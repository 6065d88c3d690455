// What an ordinary conversation costs: the real widget in Chromium, the built Worker under workerd with everything counted
// that Cloudflare bills, and Cloudflare's prices. The shopper and the edge's waits are twenty times as fast as in life.
import { setTimeout as delay } from "node:timers/promises";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { demo, hears, launcher, openPage, openPanel, say } from "../browser/story.mjs";
import { startWorker } from "./measure/worker.mjs";

const haste = 20;
const messages = 20;
const secondsBetweenMessages = 15;
// `Pace` of `domain::conversation`, in milliseconds of life.
const pace = {
  seen_within_ms: 15_000, left_after_ms: 4_000, relay_after_ms: 1_000, flush_idle_ms: 10_000, flush_gap_ms: 300_000, keep_ms: 120_000, say_refill_ms: 2_000,
};
const settledMs = (1.5 * pace.keep_ms) / haste;

// US dollars beyond what the paid plan includes (5 dollars a month), as published in 2026:
// developers.cloudflare.com/workers/platform/pricing, /kv/platform/pricing and /durable-objects/platform/pricing.
const dollars = {
  workerRequest: 0.3e-6, cpuMs: 0.02e-6, kvRead: 0.5e-6, kvChange: 5e-6, kvByteMonth: 0.5e-9,
  objectRequest: 0.15e-6, objectSecond: (12.5e-6 * 128) / 1024, rowRead: 0.001e-6, rowWritten: 1e-6, objectByteMonth: 0.2e-9,
};
const messagesPerRequest = 20;
// Neither is told by a machine that is not theirs: as in Cloudflare's own examples, more than what is seen here.
const assumedMsPerCall = 10;

export async function run() {
  const quick = Object.fromEntries(Object.entries(pace).map(([name, ms]) => [name, ms / haste]));
  const edge = await startWorker("counted-edge", { vars: { OPENLINE_SECRET: "for-this-run-only-0123456789abcdef", OPENLINE_PACE: JSON.stringify(quick) } });
  const shop = await startShop({ edgeUrl: edge.url });
  const browser = await launchBrowser();
  const counts = async () => (await fetch(`${edge.url}/counts`)).json();
  const settled = () => untilUnchanged(async () => JSON.stringify(await counts()));
  try {
    const before = await counts();
    const context = await newDesktop(browser);
    const page = await openPage(context, `${shop.url}/shop/`);
    await launcher(page).waitFor();
    await settled();
    const viewed = await counts();
    await openPanel(page);
    for (const { label, text } of demo.answers.slice(0, messages / 2)) {
      const startedAt = performance.now();
      await say(page, label);
      await hears(page, text);
      await delay(Math.max(0, startedAt + (2 * secondsBetweenMessages * 1000) / haste - performance.now()));
    }
    await context.close();
    await settled();
    return rows(difference(viewed, before), difference(await counts(), viewed));
  } finally {
    await browser.close();
    await Promise.all([edge.stop(), shop.stop()]);
  }
}

/** Waits until what `look` gives has stayed the same for longer than anything of the edge is kept waiting. */
async function untilUnchanged(look) {
  let [last, since] = [undefined, 0];
  await until(async () => {
    const now = await look();
    if (now !== last) [last, since] = [now, Date.now()];
    return Date.now() - since > settledMs;
  }, { what: "an edge with nothing left to do", timeoutMs: 120_000, everyMs: 500 });
}

function difference(after, before) {
  return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name]]));
}

function rows(view, talk) {
  const calls = talk.object_requests + talk.object_alarms;
  const requests = calls + talk.object_messages / messagesPerRequest;
  const changes = talk.kv_writes + talk.kv_deletes + talk.kv_lists;
  const handled = calls + talk.object_messages;
  // Setting the alarm is billed as one row.
  const written = talk.rows_written + talk.alarms_set;
  const parts = [
    ["Worker requests", talk.worker_requests * (dollars.workerRequest + assumedMsPerCall * dollars.cpuMs)],
    ["KV", talk.kv_reads * dollars.kvRead + changes * dollars.kvChange + talk.kv_bytes * dollars.kvByteMonth],
    ["object requests and time", requests * dollars.objectRequest + (handled * assumedMsPerCall * dollars.objectSecond) / 1000],
    ["object storage", talk.rows_read * dollars.rowRead + written * dollars.rowWritten + talk.conversation_bytes * dollars.objectByteMonth],
  ];
  const thousand = (value) => 1000 * value;
  const viewing = view.worker_requests * (dollars.workerRequest + assumedMsPerCall * dollars.cpuMs) + view.kv_reads * dollars.kvRead;
  const counted = (what, value, unit) => ({ what: `conversation of ${messages} messages: ${what}`, value, unit, target: "" });
  return [
    { what: "page view: Worker requests, the settings", value: view.worker_requests },
    counted("Worker requests", talk.worker_requests),
    counted("object requests, alarms included", calls),
    counted("socket messages to the object, of which twenty are one request", talk.object_messages),
    counted("object rows read", talk.rows_read),
    counted("object rows written, alarms set included", written),
    { ...counted("KV writes", talk.kv_writes), target: "<= 4" },
    counted("KV reads", talk.kv_reads),
    counted("KV deletes and lists", talk.kv_deletes + talk.kv_lists),
    counted("left in KV", talk.kv_bytes / 1000, "kB"),
    counted("left in the object", talk.conversation_bytes / 1000, "kB"),
    ...parts.map(([what, cost]) => ({ what: `1,000 conversations: ${what}`, value: thousand(cost), unit: "$" })),
    { what: "1,000 conversations, beyond what the plan includes", value: thousand(parts.reduce((sum, [, cost]) => sum + cost, 0)), unit: "$" },
    { what: "1,000 page views without a conversation", value: thousand(viewing), unit: "$" },
  ];
}
