// What the widget costs a product page, in Chromium: beside the bare page and a launcher written by hand, all three by
// turns, each visit with a new browser and an empty profile, the processor slowed down four times.
import { setTimeout as delay } from "node:timers/promises";
import { startEdge } from "../harness/edge.mjs";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { median, noise } from "./measure/statistics.mjs";
import { observe } from "./measure/observer.mjs";
import { startOrigins } from "./measure/origins.mjs";

const rounds = 7;
const slowRounds = 5;
const cpuSlowdown = 4;
// Lighthouse's slow 4G, as its DevTools throttling has it.
const slow4g = { offline: false, latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };
const quietMs = 1000;
const settledMs = 2000;

const widgets = {
  bare: {},
  floor: { launcher: ["chat-floor", ".launcher"], composer: ["chat-floor", "input"] },
  openline: { launcher: ["openline-chat", ".launcher"], composer: ["openline-chat", "textarea"] },
};
const visits = {
  bare: { page: "bare" },
  // Nobody looks for a launcher in these: looking, frame by frame, is script as well.
  floorView: { page: "floor", unwatched: true },
  view: { page: "openline", unwatched: true },
  floor: { page: "floor", tap: "cold" },
  warm: { page: "openline", tap: "warm" },
  cold: { page: "openline", tap: "cold" },
};

export async function run() {
  const origins = await startOrigins(await demoSettings());
  try {
    const seen = Object.fromEntries([...Object.keys(visits), "slow"].map((name) => [name, []]));
    for (const visit of Object.values(visits)) await go(origins, visit); // thrown away: everything is read from the disk once
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, visit] of rotated(Object.entries(visits), round)) seen[name].push(await go(origins, visit));
      if (round < slowRounds) seen.slow.push(await go(origins, { ...visits.cold, network: slow4g }));
    }
    return rows(seen);
  } finally {
    await origins.stop();
  }
}

/** The demo store's settings as its edge gives them to the widget. */
async function demoSettings() {
  const edge = await startEdge();
  try {
    return await (await fetch(`${edge.url}/v1/demo/settings`)).json();
  } finally {
    await edge.stop();
  }
}

function rotated(list, by) {
  return list.map((_, at) => list[(at + by) % list.length]);
}

/** One visit: the page until it is quiet, and, if there is something to tap, until its composer has the focus. */
async function go(origins, { page: variant, tap, network, unwatched = false }) {
  const widget = unwatched ? {} : widgets[variant];
  origins.requests.length = 0;
  const browser = await launchBrowser();
  try {
    const context = await newDesktop(browser, { serviceWorkers: "block" });
    const seen = {};
    await context.exposeBinding("benchSeen", (_source, name, at) => { seen[name] ??= at; });
    await context.addInitScript(observe, widget);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
    if (network) {
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", network);
    }
    const metric = async (name) => (await devtools.send("Performance.getMetrics")).metrics.find((one) => one.name === name).value;
    const quiet = () => until(() => Date.now() - origins.quietSince() > quietMs, { what: "a quiet edge", timeoutMs: 30_000 });
    const sees = (name) => until(() => seen[name] !== undefined, { what: `the page's ${name}`, timeoutMs: 30_000, everyMs: 20 });

    await page.goto(origins.url(variant), { waitUntil: "commit" });
    await sees("load");
    if (widget.launcher) await sees("launcher");
    await delay(settledMs);
    await quiet();
    const startedAt = await page.evaluate(() => performance.timeOrigin);
    const figures = await page.evaluate(() => window.benchFigures);
    const result = {
      launcherMs: seen.launcher,
      scriptMs: (await metric("ScriptDuration")) * 1000,
      blockingMs: blockingMs(figures),
      largestPaintMs: figures.largestPaint,
      layoutShift: figures.layoutShift,
      beforeLauncher: origins.requests.filter(({ at }) => at <= startedAt + (seen.launcher ?? 0)).length,
      viewed: [...origins.requests],
    };
    if (tap) {
      await page.evaluate(() => window.benchAwaitComposer());
      const { x, y, width, height } = await page.locator(widget.launcher.join(" ")).boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      if (tap === "warm") {
        await delay(quietMs);
        await quiet();
      } else {
        await delay(30);
      }
      await page.mouse.down();
      await delay(20);
      await page.mouse.up();
      await sees("composer");
      const tappedAt = await page.evaluate(() => window.benchFigures.tappedAt);
      await quiet();
      Object.assign(result, { tapMs: seen.composer - tappedAt, fetched: [...origins.requests] });
    }
    return result;
  } finally {
    await browser.close();
  }
}

/** Total blocking time: what each long task takes beyond 50 ms, from the first paint on. */
function blockingMs({ longTasks, firstPaint }) {
  return longTasks
    .map(([start, duration]) => Math.max(0, start + duration - Math.max(start, firstPaint ?? 0) - 50))
    .reduce((sum, ms) => sum + ms, 0);
}

function rows({ bare, floorView, view, floor, warm, cold, slow }) {
  const tapped = [...warm, ...cold];
  const of = (visited, figure) => median(visited.map((one) => one[figure]));
  const more = (figure, title, unit, atLeast) => {
    const chance = Math.max(noise(bare.map((one) => one[figure])), atLeast);
    return {
      what: `page view, ${title} beyond the bare page's ${[rounded(of(bare, figure)), unit].join(" ").trim()} (noise ±${rounded(chance)})`,
      value: of(view, figure) - of(bare, figure), unit, target: `<= ${rounded(chance)}`,
    };
  };
  const last = cold.at(-1);
  const files = (requests) => [...new Map(requests.filter(({ isFile }) => isFile).map((one) => [one.path, one])).values()];
  const kB = (requests) => files(requests).reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const later = files(last.fetched).filter(({ path }) => !/openline|sense/.test(path));
  return [
    { what: "launcher visible, of one written by hand", value: of(tapped, "launcherMs") / of(floor, "launcherMs"), unit: "x", target: "<= 1.1" },
    { what: "requests until the launcher shows", value: Math.max(...tapped.map((one) => one.beforeLauncher)), target: "<= 1" },
    { what: "page view, files, brotli", value: kB(last.viewed), unit: "kB", target: "<= 20" },
    more("blockingMs", "blocking time", "ms", 1),
    more("largestPaintMs", "largest contentful paint", "ms", 1),
    more("layoutShift", "layout shift", "", 0.001),
    { what: "page view, script beyond the bare page's", value: of(view, "scriptMs") - of(bare, "scriptMs"), unit: "ms", target: "<= 20" },
    { what: "page view, script of the launcher written by hand", value: of(floorView, "scriptMs") - of(bare, "scriptMs"), unit: "ms" },
    { what: "panel open, all files, brotli", value: kB(last.fetched), unit: "kB", target: "<= 100" },
    { what: "panel open, files beyond loader and sense", value: later.length, target: "<= 2" },
    { what: "tap to composer, warmed by hover", value: of(warm, "tapMs"), unit: "ms", target: "<= 80" },
    { what: "tap to composer, cold: the pointer came 50 ms before", value: of(cold, "tapMs"), unit: "ms", target: "<= 300" },
    { what: "tap to composer, cold on slow 4G", value: of(slow, "tapMs"), unit: "ms", target: "<= 1000" },
    { what: "tap to composer, written by hand", value: of(floor, "tapMs"), unit: "ms" },
  ];
}

function rounded(value) {
  return String(Number(value.toPrecision(3)));
}
