// What a message costs on its way from one page to the other: durable in between, through workerd. In the same run and by
// turns: a bare JavaScript object that stores and broadcasts the same text.
import { setTimeout as delay } from "node:timers/promises";
import { startEdgeWithMessenger } from "../harness/simulator.mjs";
import { openBareLine, openEdgeLine } from "./measure/line.mjs";
import { median, quantile } from "./measure/statistics.mjs";
import { startWorker } from "./measure/worker.mjs";

const rounds = 6;
const poured = 600;
const pipelined = 32;
const saidOneByOne = 150;
const pauseMs = 5;

// As long as an ordinary message, and nothing an automatic assistant has an answer for.
const text = (number) => `Number ${number}: qwertz uiop asdf ghjk lyxc vbnm, qwertz uiop asdf.`;
const texts = (count) => Array.from({ length: count }, (_, number) => text(number));

export async function run() {
  // One shopper who may say as much as they like.
  const openline = await startEdgeWithMessenger({ vars: { OPENLINE_PACE: JSON.stringify({ say_burst: 1_000_000 }) } });
  const bareObject = await startWorker("bare-object");
  try {
    const edgeLine = await openEdgeLine(openline);
    const bareLine = await openBareLine(bareObject);
    const lines = [
      { line: edgeLine, perSecond: [], latenciesMs: [] },
      { line: bareLine, perSecond: [], latenciesMs: [] },
    ];
    for (const { line } of lines) await line.pour(texts(poured), pipelined); // thrown away: everything warms up
    for (let round = 0; round < rounds; round += 1) {
      for (const one of round % 2 === 0 ? lines : lines.toReversed()) {
        one.perSecond.push(await one.line.pour(texts(poured), pipelined));
        one.latenciesMs.push(...await sayOneByOne(one.line));
      }
    }
    for (const { line } of lines) line.close();
    return rows(...lines);
  } finally {
    await Promise.all([openline.stop(), bareObject.stop()]);
  }
}

async function sayOneByOne(line) {
  const latenciesMs = [];
  for (let number = 0; number < saidOneByOne; number += 1) {
    latenciesMs.push(await line.say(text(number)));
    await delay(pauseMs);
  }
  return latenciesMs;
}

function rows(edge, bare) {
  const p50 = (one) => quantile(one.latenciesMs, 0.5);
  const p99 = (one) => quantile(one.latenciesMs, 0.99);
  const perSecondRatios = edge.perSecond.map((value, round) => value / bare.perSecond[round]);
  return [
    { what: "messages a second, of a bare object's", value: median(perSecondRatios), unit: "x", target: ">= 1" },
    { what: "message said to shown, p99, of a bare object's", value: p99(edge) / p99(bare), unit: "x", target: "<= 1" },
    { what: "messages a second", value: median(edge.perSecond), unit: "/s" },
    { what: "messages a second, bare object", value: median(bare.perSecond), unit: "/s" },
    { what: "message said to shown, p50", value: p50(edge), unit: "ms" },
    { what: "message said to shown, p50, bare object", value: p50(bare), unit: "ms" },
    { what: "message said to shown, p99", value: p99(edge), unit: "ms" },
    { what: "message said to shown, p99, bare object", value: p99(bare), unit: "ms" },
  ];
}
