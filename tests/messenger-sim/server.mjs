// A stand-in for Messenger: Graph API, webhooks, and a page on which one person plays everybody.
// Run: node tests/messenger-sim/server.mjs --port 8788 --edge http://localhost:8787 --store demo
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { serveControl } from "./control.mjs";
import { serveGraph } from "./graph.mjs";
import { HttpError, sendJson, sendText } from "./http.mjs";
import { keepInFile } from "./snapshot.mjs";
import { Simulator } from "./simulator.mjs";

const PAGE_FOLDER = new URL("page/", import.meta.url);
const CONTENT_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};
const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'self'; img-src 'self' http: https: data:; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
const HANDSHAKE_ATTEMPTS = 120;
const HANDSHAKE_PAUSE_MS = 500;

/**
 * Starts a simulator on loopback. `port` 0 takes a free one; with `stateFile` its people and threads outlive a restart; the other
 * options are those of `DEFAULTS` in `simulator.mjs`.
 * Answers `{ url, state, simulator, control(path, body), read(path), close() }`.
 */
export async function startSimulator({ port = 0, stateFile, ...options } = {}) {
  const simulator = new Simulator(options);
  const kept = stateFile ? keepInFile(simulator, stateFile) : null;
  const handle = (request, response) => void serve(simulator, request, response);
  const servers = [await listen(handle, port, "127.0.0.1")];
  const actualPort = servers[0].address().port;
  if (port !== 0) servers.push(...(await listen(handle, port, "::1").then((server) => [server], () => [])));
  const url = port === 0 ? `http://127.0.0.1:${actualPort}` : `http://localhost:${actualPort}`;
  return {
    url,
    simulator,
    get state() {
      return simulator.state;
    },
    control: (path, body = {}) => callControl(`${url}/control/${path}`, { method: "POST", body: JSON.stringify(body) }),
    read: (path) => callControl(`${url}/control/${path}`),
    async close() {
      simulator.close();
      await Promise.all([kept, ...servers.map(stopListening)]);
    },
  };
}

async function serve(simulator, request, response) {
  try {
    const url = new URL(request.url, "http://simulator");
    if (/^\/v\d+\.\d+\//.test(url.pathname)) await serveGraph(simulator, request, response, url);
    else if (url.pathname.startsWith("/control/")) await serveControl(simulator, request, response, url);
    else if (request.method !== "GET" && request.method !== "HEAD") throw new HttpError(405, "use GET");
    else if (url.pathname.startsWith("/m.me/")) openLink(simulator, response, url);
    else if (url.pathname === "/healthz") sendText(response, 200, "ok");
    else await serveFile(response, url.pathname);
  } catch (error) {
    if (!(error instanceof HttpError)) console.error("messenger-sim:", error);
    if (response.headersSent) return void response.destroy();
    sendJson(response, error instanceof HttpError ? error.status : 500, { error: error instanceof HttpError ? error.message : "internal error" });
  }
}

/** `m.me/{page}?ref=..&text=..` lands on the page, where the shopper's phone opens the link. */
function openLink(simulator, response, url) {
  const { pageName, pageId } = simulator.config;
  const page = decodeURIComponent(url.pathname.slice("/m.me/".length));
  if (page !== pageName && page !== pageId) throw new HttpError(404, `there is no page ${page} here, only ${pageName}`);
  const query = new URLSearchParams({ link: "m.me" });
  for (const name of ["ref", "text"]) if (url.searchParams.has(name)) query.set(name, url.searchParams.get(name));
  response.writeHead(302, { location: `/?${query}`, "cache-control": "no-store" }).end();
}

async function serveFile(response, path) {
  const name = path === "/" ? "index.html" : path.slice(1);
  const contentType = CONTENT_TYPES[extname(name)];
  if (!contentType || !/^[a-z_]+\.[a-z]+$/.test(name)) throw new HttpError(404, "not found");
  const bytes = await readFile(new URL(name, PAGE_FOLDER)).catch(() => {
    throw new HttpError(404, "not found");
  });
  response.writeHead(200, { "content-type": contentType, "cache-control": "no-cache", ...SECURITY_HEADERS }).end(bytes);
}

async function callControl(url, init) {
  const response = await fetch(url, { ...init, headers: { "content-type": "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body.error}`);
  return body;
}

function listen(handle, port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer(handle);
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function stopListening(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8788" },
      edge: { type: "string", default: "http://localhost:8787" },
      store: { type: "string", default: "demo" },
      handshake: { type: "boolean", default: false },
      state: { type: "string" },
      template: { type: "string", multiple: true, default: [] },
    },
  });
  const running = await startSimulator({
    port: Number(values.port),
    edge: values.edge,
    store: values.store,
    stateFile: values.state,
    utilityTemplates: values.template,
    appSecret: process.env.MESSENGER_APP_SECRET ?? "",
    verifyToken: process.env.MESSENGER_VERIFY_TOKEN ?? "",
    pageToken: process.env.MESSENGER_PAGE_TOKEN ?? "",
  });
  console.log(`Messenger simulator at ${running.url} (webhooks to ${running.simulator.webhooks.url})`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => running.close().then(() => process.exit(0)));
  if (values.handshake) await shakeHands(running);
}

/** Repeats the GET handshake until the edge answers it, as it may still be starting. */
async function shakeHands(running) {
  for (let attempt = 1; attempt <= HANDSHAKE_ATTEMPTS; attempt += 1) {
    const { ok, status } = await running.control("handshake").catch(() => ({ ok: false, status: null }));
    if (ok) return console.log("Messenger simulator: webhook verified");
    if (status === 403) return console.error("Messenger simulator: the edge refused the verify token");
    await new Promise((resolve) => setTimeout(resolve, HANDSHAKE_PAUSE_MS));
  }
  console.error("Messenger simulator: the edge did not answer the webhook handshake");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`Messenger simulator: ${error.message}`);
    process.exit(1);
  });
}
