// The page that replays recordings in a browser, served to it: it fetches what to replay and hands in what was noticed.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const page = (name) => fileURLToPath(new URL(`page/${name}`, import.meta.url));
const built = (name) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
const scripts = ["acts.js", "card.js", "clock.js", "cost.js", "listening.js", "shop.js", "stage.js"];
const pages = { "/": "stage.html", "/cost/": "cost.html" };
/** A page on its own has the finest clock that browsers give. */
const isolation = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** The longest that a browser may take. */
const timeoutMs = 300_000;
/** Replayed before the page is loaded anew: browsers keep the memory of every program until then. */
const inOnePage = 50;

/**
 * Replays `traces` in the browser that `open(url)` opens and whose `close()` it gives.
 * Resolves with `{ noticed, browser }`: `[ms, trigger]` of every moment by the trace's id, and what the browser calls itself.
 */
export async function replayIn(open, traces) {
  const stage = await serve(traces);
  let browser;
  try {
    browser = await open(stage.url);
    return await stage.result;
  } finally {
    await browser?.close();
    await stage.stop();
  }
}

/** Serves the pages: `{ url, result, stop() }`, where `result` is what the replay of `traces` at `url` gave. */
export async function serve(traces) {
  const { promise, resolve, reject } = defer();
  const timer = setTimeout(() => reject(new Error(`the browser did not finish within ${timeoutMs / 1000} s`)), timeoutMs);
  const noticed = {};
  let [given, browser] = [0, undefined];
  /** What comes next; when nothing does, all is there. */
  const next = () => {
    if (given >= traces.length) resolve({ noticed, browser });
    given += inOnePage;
    return traces.slice(given - inOnePage, given);
  };
  const posts = {
    "/noticed": (part) => {
      browser = part.browser;
      Object.assign(noticed, part.noticed);
    },
    "/failed": ({ reason }) => reject(new Error(`the replay failed in the browser: ${reason}`)),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://stage");
    if (request.method === "POST") {
      posts[pathname]?.(JSON.parse(await bodyOf(request)));
      response.end();
      return;
    }
    const [type, body] = pathname === "/traces" ? ["application/json", JSON.stringify(next())] : await fileAt(pathname);
    response.writeHead(200, { "content-type": type, "cache-control": "no-store", ...isolation }).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => {
    clearTimeout(timer);
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, result: promise, stop };
}

async function fileAt(pathname) {
  const name = pathname.slice(1);
  if (scripts.includes(name)) return ["text/javascript", await readFile(page(name))];
  if (name.endsWith(".js")) return ["text/javascript", await readFile(built(name))];
  if (name.endsWith(".wasm")) return ["application/wasm", await readFile(built(name))];
  return ["text/html; charset=utf-8", await readFile(page(pages[pathname] ?? "shop.html"))];
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function defer() {
  let settle;
  const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  return { promise, ...settle };
}
