// What a warm `GET /healthz` takes, beside the answer of a Worker that does nothing: by turns, over connections that stay open.
import { Agent, request } from "node:http";
import { once } from "node:events";
import { startEdge } from "../harness/edge.mjs";
import { median } from "./measure/statistics.mjs";
import { startWorker } from "./measure/worker.mjs";

const rounds = 20;
const asked = 50;

export async function run() {
  const [edge, empty] = [await startEdge(), await startWorker("empty-worker")];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ones = [
      { url: `${edge.url}/healthz`, medians: [] },
      { url: empty.url, medians: [] },
    ];
    for (const one of ones) await answerTimes(one, agent); // thrown away: everything warms up
    for (let round = 0; round < rounds; round += 1) {
      for (const one of round % 2 === 0 ? ones : ones.toReversed()) one.medians.push(median(await answerTimes(one, agent)));
    }
    const [healthMs, emptyMs] = ones.map((one) => one.medians);
    return [
      { what: "warm GET /healthz, of an empty Worker's answer", value: median(healthMs.map((ms, round) => ms / emptyMs[round])), unit: "x", target: "<= 1.5" },
      { what: "warm GET /healthz", value: median(healthMs), unit: "ms" },
      { what: "an empty Worker's answer", value: median(emptyMs), unit: "ms" },
    ];
  } finally {
    agent.destroy();
    await Promise.all([edge.stop(), empty.stop()]);
  }
}

/** The milliseconds until each of some answers, one after the other, was there whole. */
async function answerTimes({ url }, agent) {
  const timesMs = [];
  for (let number = 0; number < asked; number += 1) {
    const askedAt = performance.now();
    const sent = request(url, { agent }).end();
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    timesMs.push(performance.now() - askedAt);
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  }
  return timesMs;
}
