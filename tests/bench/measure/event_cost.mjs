// What the sensors cost a page with each event, in Chromium with the processor slowed down four times.
import { launchBrowser, newDesktop } from "../../harness/browser.mjs";
import { serve } from "../../replay/stage.mjs";
import { median, quantile } from "./statistics.mjs";

const cpuSlowdown = 4;
const events = 10_000;
const rounds = 5;
const clicks = 40;
const clickRounds = 3;
const layoutCategories = ["devtools.timeline", "disabled-by-default-devtools.timeline.stack"];

/**
 * Ten thousand events of `traces`: `{ p50Us, p99Us, maxUs, onceP99Us, onceMaxUs, forcedLayouts, slowerClicksMs }`.
 *
 * The browser slows itself down by stopping now and then, for longer than an event takes: of each event the least of five
 * rounds counts. The figures of a single round, stops and other programs included, are those called once.
 */
export async function eventCost(traces) {
  const stage = await serve([]);
  const browser = await launchBrowser();
  try {
    const seen = [];
    for (let round = 0; round < rounds; round += 1) seen.push(await visit(browser, stage.url, traces, cpuSlowdown));
    const [p50Us, p99Us, maxUs] = percentilesUs(seen[0].map((_, at) => Math.min(...seen.map((costsMs) => costsMs[at]))));
    const [, onceP99Us, onceMaxUs] = percentilesUs(seen.at(-1));
    return {
      p50Us, p99Us, maxUs, onceP99Us, onceMaxUs,
      forcedLayouts: await layoutsForced(browser, stage.url, traces), slowerClicksMs: await slowerClicks(browser, stage.url),
    };
  } finally {
    await browser.close();
    await stage.stop();
  }
}

function percentilesUs(costsMs) {
  return [0.5, 0.99, 1].map((share) => 1000 * quantile(costsMs, share));
}

async function open(browser, url, rate) {
  const page = await (await newDesktop(browser)).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
  await page.goto(`${url}cost/`);
  await page.waitForFunction(() => window.measure);
  return page;
}

async function visit(browser, url, traces, rate) {
  const page = await open(browser, url, rate);
  const costsMs = await page.evaluate(([given, most]) => window.measure(given, most), [traces, events]);
  await page.context().close();
  if (costsMs.length < events) throw new Error(`the recordings have only ${costsMs.length} events`);
  return costsMs;
}

/** How often the page had to be laid out because the sensors asked it something. */
async function layoutsForced(browser, url, traces) {
  await browser.startTracing(undefined, { categories: layoutCategories });
  await visit(browser, url, traces, 1);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const layouts = traceEvents.filter(({ name }) => name === "Layout");
  if (layouts.length === 0) throw new Error("the page was never laid out: nothing was recorded");
  const stacks = layouts.map(({ args }) => args.beginData?.stackTrace ?? []);
  return stacks.filter((stack) => stack.some(({ url: script }) => /\/sense(_bg)?\.(js|wasm)/.test(script))).length;
}

/** How much longer the slowest of a page's clicks take with the sensors: the 98th percentile, as for INP. */
async function slowerClicks(browser, url) {
  const seen = { without: [], with: [] };
  for (let round = 0; round < clickRounds; round += 1) {
    for (const which of Object.keys(seen)) seen[which].push(await slowestClick(browser, url, which === "with"));
  }
  return median(seen.with) - median(seen.without);
}

async function slowestClick(browser, url, watched) {
  const page = await open(browser, url, cpuSlowdown);
  if (watched) await page.evaluate(() => window.startSensors().then(() => {}));
  const tookMs = await page.evaluateHandle(() => window.timeClicks());
  for (let click = 0; click < clicks; click += 1) {
    await page.mouse.click(200 + (click % 10) * 60, 300);
    await page.waitForFunction(([list, count]) => list.length >= count, [tookMs, click + 1], { polling: 20 });
  }
  const slowest = quantile(await tookMs.jsonValue(), 0.98);
  await page.context().close();
  return slowest;
}
