// An edge made of stand-ins: the loader from its source, and a sense and a chat that only note what they are told.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The least a module needs that compiles WebAssembly: the empty program. */
const init = `
export default async () => { await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); };
// A promise that is resolved with it asks it for "then": it has none.
const every = (act) => new Proxy({}, { get: (_, name) => name === "then" ? undefined : (...args) => act(name, args) });
const note = (part) => { window[part] ??= { calls: [] }; return every((name, args) => { window[part].calls.push([name, ...args]); }); };
`;

const sense = `${init}
export function watch(options, host) {
  const sense = note("senseStub");
  Object.assign(window.senseStub, { options, host });
  return sense;
}`;

/** Notes the moments it is told of; `cardStub.host` is the sensors' end. */
const card = `
export function show(request, host) {
  const noted = window.cardStub ??= { moments: [] };
  noted.moments.push(request.moment);
  Object.assign(noted, { request, host });
  return { theme() {}, remove() { noted.removed = true; } };
}`;

const chat = `${init}
export function mount(root, options, host) {
  const noted = note("chatStub");
  Object.assign(window.chatStub, { options, host });
  const panel = document.createElement("section");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Chat stub");
  panel.hidden = true;
  panel.textContent = "Hello";
  root.append(panel);
  const show = (open) => { panel.hidden = !open; host.launcher({ open, unread: 0 }); host.emit(open ? "open" : "close"); };
  const own = { open: () => show(true), close: () => show(false) };
  return every((name, args) => { noted[name](...args); own[name]?.(...args); });
}`;

export const settings = {
  name: "Harbour Coffee", theme: { color: "#ffd54f", corner: "left", offset_px: 24 }, rules: [{ id: "leaving", trigger: "exit", text: "Hi" }],
};

/** The built sensors, in place of the stand-in for them. */
export async function builtSense() {
  const read = (name) => readFile(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)));
  return {
    "/sense.js": ["text/javascript", await read("sense.js")],
    "/sense_bg.wasm": ["application/wasm", await read("sense_bg.wasm")],
  };
}

/**
 * Starts it; `more` adds or replaces files. `edge.settings` are the store's. `edge.requests` are the paths asked for; `edge.broken` is a set of paths answered with 503;
 * `edge.held` a set of paths whose answers wait until `edge.release()`.
 */
export async function startStubEdge(more = {}) {
  const built = await build({
    entryPoints: [fileURLToPath(new URL("../../widget/loader/openline.ts", import.meta.url))],
    bundle: true, format: "iife", target: "es2020", write: false, define: { OPENLINE_BUILD: '"test"' },
  });
  const files = {
    "/openline.js": ["text/javascript", built.outputFiles[0].text],
    "/sense.js": ["text/javascript", sense],
    "/chat.js": ["text/javascript", chat],
    "/card.js": ["text/javascript", card],
    "/words/en.json": ["application/json", JSON.stringify({ reply: "Reply", reasons: {} })],
    ...more,
  };
  const edge = { requests: [], broken: new Set(), held: new Set(), settings };
  let waiting = [];
  edge.release = () => {
    edge.held.clear();
    for (const answer of waiting.splice(0)) answer();
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://edge");
    edge.requests.push(pathname);
    const answer = () => {
      const own = pathname === "/v1/demo/settings" ? ["application/json", JSON.stringify(edge.settings)] : files[pathname];
      const [type, body] = own ?? [];
      const status = edge.broken.has(pathname) ? 503 : body ? 200 : 404;
      response.writeHead(status, { "content-type": type ?? "text/plain", "access-control-allow-origin": "*", "cache-control": "no-store" });
      response.end(status === 200 ? body : "no");
    };
    edge.held.has(pathname) ? waiting.push(answer) : answer();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  edge.url = `http://127.0.0.1:${server.address().port}`;
  edge.stop = () => new Promise((resolve) => {
    edge.release();
    server.closeAllConnections();
    server.close(resolve);
  });
  return edge;
}

/** A page with the script tag, which the shop points at the edge. */
export function pageWith({ head = "", body = "", tag = "" } = {}) {
  return `<!doctype html><html lang="en"><head><title>A shop</title>${head}</head><body><h1>A shop</h1>${body}
<script async src="/openline.js" data-store="demo" ${tag}></script></body></html>`;
}

/** Errors and `[openline]` lines of a page, as they come. */
export function listenTo(page) {
  const heard = { lines: [], errors: [] };
  page.on("console", (message) => { if (message.text().startsWith("[openline]")) heard.lines.push(message.text()); });
  page.on("pageerror", (error) => heard.errors.push(String(error)));
  return heard;
}
