// What a warm `GET /healthz` takes, beside the answer of a Worker that does nothing: one after the other, over connections
// that stay open.
import { once } from "node:events";
import { Agent, request } from "node:http";
import { startEdge } from "../harness/edge.mjs";
import { median } from "./measure/statistics.mjs";
import { startWorker } from "./measure/worker.mjs";

const asked = 1000;
const thrownAway = 100;

export async function run() {
  const [edge, empty] = [await startEdge(), await startWorker("empty-worker")];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ones = [{ url: `${edge.url}/healthz`, timesMs: [] }, { url: empty.url, timesMs: [] }];
    for (let number = 0; number < thrownAway + asked; number += 1) {
      for (const one of number % 2 === 0 ? ones : ones.toReversed()) one.timesMs.push(await answerMs(one.url, agent));
    }
    const [healthMs, emptyMs] = ones.map(({ timesMs }) => median(timesMs.slice(thrownAway)));
    return [
      { what: "warm GET /healthz, of an empty Worker's answer", value: healthMs / emptyMs, unit: "x", target: "<= 1.5" },
      { what: "warm GET /healthz", value: healthMs, unit: "ms" },
      { what: "an empty Worker's answer", value: emptyMs, unit: "ms" },
    ];
  } finally {
    agent.destroy();
    await Promise.all([edge.stop(), empty.stop()]);
  }
}

/** The milliseconds until the whole answer was there. */
async function answerMs(url, agent) {
  const askedAt = performance.now();
  const sent = request(url, { agent }).end();
  const [response] = await once(sent, "response");
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  return performance.now() - askedAt;
}
