// An edge that the panel's tests hold in their hand: sessions, one log per conversation, sockets, polling; with
// switches for everything that goes wrong. It serves a bare shop page with a launcher standing in for the loader.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

const dist = process.env.OPENLINE_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

export const settings = {
  name: "Harbour Coffee",
  locale: "en",
  theme: { color: "#0f5e59", corner: "right", offset_px: 20 },
  greeting: {
    text: "Hello! Looking for something to drink, or something to brew it with?",
    quick_replies: [{ label: "Where is my order?" }, { label: "Help me choose", text: "Can you help me choose a coffee?" }],
  },
  bot_name: "Harbour",
  disclosure: "You are talking with our assistant. A person can take over at any time.",
  rules: [{ id: "leaving", trigger: "exit", text: "Before you go: shall I keep your cart for you?", quick_replies: ["Yes, please"] }],
  channels: ["messenger"],
  reply_within_minutes: 15,
  retention_days: 90,
};

/** Starts it on a free port. Change `edge.settings`, `edge.blockSockets`, `edge.mute`, `edge.slowDown` at will. */
export async function startPanelEdge({ port = 0 } = {}) {
  const edge = new PanelEdge();
  await new Promise((resolve) => edge.server.listen(port, "127.0.0.1", resolve));
  edge.port = edge.server.address().port;
  edge.url = `http://127.0.0.1:${edge.port}`;
  return edge;
}

class PanelEdge {
  settings = settings;
  conversations = new Map();
  /** Refuses every upgrade, as some office networks do. */
  blockSockets = false;
  /** Takes messages in and does not say so. */
  mute = false;
  /** Answers the next `say` with `slow_down` for so many milliseconds. */
  slowDown = 0;
  headers = {};
  requests = [];
  #sockets = new Set();
  #serial = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    const upgrades = new WebSocketServer({ noServer: true, handleProtocols: () => "openline.v1" });
    this.server.on("upgrade", (request, socket, head) => {
      const protocols = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
      const token = protocols.find((name) => name.startsWith("token."))?.slice(6);
      const conversation = this.#byToken(token);
      if (this.blockSockets || !conversation || !request.url.includes(conversation.id)) {
        socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
        return;
      }
      upgrades.handleUpgrade(request, socket, head, (live) => this.#live(live, conversation));
    });
  }

  /** Something the store says. */
  say(content, { conversation = this.only(), author = "bot", surface = "widget", at = Date.now() } = {}) {
    const full = typeof content === "string" ? { text: content } : content;
    return this.#add(conversation, (seq) => ({
      message: { seq, at, id: `s${seq}`, author, surface, content: full },
    }));
  }

  /** Any other event of the log. */
  event(event, conversation = this.only()) {
    return this.#add(conversation, () => event);
  }

  /** Any frame, to every socket of a conversation. */
  send(frame, conversation = this.only()) {
    for (const socket of this.#sockets) if (socket.conversation === conversation) socket.send(JSON.stringify(frame));
  }

  /** The network between the pages and this edge breaks once. */
  dropSockets() {
    for (const socket of this.#sockets) socket.terminate();
  }

  get socketCount() {
    return this.#sockets.size;
  }

  only() {
    if (this.conversations.size !== 1) throw new Error(`${this.conversations.size} conversations, not one`);
    return [...this.conversations.values()][0];
  }

  /** What the shopper said, in the order of the log. */
  said(conversation = this.only()) {
    return conversation.log.map(({ event }) => event.message).filter((message) => message?.author === "shopper");
  }

  async stop() {
    this.dropSockets();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #byToken(token) {
    return [...this.conversations.values()].find((conversation) => conversation.token === token);
  }

  #add(conversation, make) {
    const seq = conversation.log.length + 1;
    const event = make(seq);
    conversation.log.push({ seq, event });
    this.send({ events: { up_to: seq, events: [event] } }, conversation);
    return seq;
  }

  #since(conversation, after) {
    const events = conversation.log.filter(({ seq }) => seq > (after ?? 0)).map(({ event }) => event);
    return { events: { up_to: conversation.log.length, events } };
  }

  #live(socket, conversation) {
    socket.conversation = conversation;
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("message", (data) => {
      for (const frame of this.#hear(conversation, JSON.parse(data.toString()))) socket.send(JSON.stringify(frame));
    });
  }

  /** Takes one client frame in; gives the frames that answer it. */
  #hear(conversation, frame) {
    conversation.frames.push(frame);
    if (frame.hello) return [this.#since(conversation, frame.hello.after)];
    if (frame.say) return this.#take(conversation, frame.say);
    if (frame.seen) conversation.seen = frame.seen;
    if (frame.link) return [{ link: linkTo(frame.link) }];
    if (frame.contact) this.event({ contact: { kind: frame.contact.kind, at: Date.now() } }, conversation);
    return [];
  }

  #take(conversation, say) {
    if (this.slowDown > 0) {
      const retry_after_ms = this.slowDown;
      this.slowDown = 0;
      return [{ trouble: { slow_down: { retry_after_ms } } }];
    }
    if (this.mute || conversation.log.some(({ event }) => event.message?.id === say.id)) return [];
    if (say.opening && conversation.log.length === 0) {
      const trigger = say.opening.trigger && this.settings.rules.find(({ id }) => id === say.opening.trigger.rule);
      this.say(trigger?.text ?? this.settings.greeting.text, { conversation });
    }
    this.#add(conversation, (seq) => ({
      message: { seq, at: Date.now(), id: say.id, author: "shopper", surface: "widget", content: { text: say.text } },
    }));
    return [];
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    const json = (status, body) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const body = await read(request);
    if (url.pathname === "/v1/demo/sessions") {
      const asked = JSON.parse(body).token;
      const known = this.#byToken(asked);
      const conversation = known ?? this.#open();
      return json(200, { token: conversation.token, conversation: conversation.id, resumed: Boolean(known) });
    }
    if (url.pathname.startsWith("/v1/demo/conversations/")) {
      const conversation = this.#byToken(request.headers.authorization?.replace("Bearer ", ""));
      if (!conversation) return json(401, { type: "https://openline.dev/problems/unauthorized" });
      if (url.pathname.endsWith("/export")) return json(200, conversation.log);
      if (request.method === "DELETE") {
        this.conversations.delete(conversation.id);
        return json(200, {});
      }
      const after = Number(url.searchParams.get("after"));
      if (request.method === "GET") return json(200, this.#since(conversation, after));
      const answers = JSON.parse(body).flatMap((frame) => this.#hear(conversation, frame));
      return json(200, [...answers, this.#since(conversation, after)]);
    }
    if (["/chat.js", "/chat_bg.wasm"].includes(url.pathname)) {
      const type = url.pathname.endsWith(".js") ? "text/javascript" : "application/wasm";
      return response.writeHead(200, { "content-type": type }).end(await readFile(join(dist, url.pathname)));
    }
    if (url.pathname === "/shop.js") return response.writeHead(200, { "content-type": "text/javascript" }).end(shopScript);
    if (url.pathname === "/settings.json") return json(200, this.settings);
    if (url.pathname === "/favicon.ico") return response.writeHead(204).end();
    return response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...this.headers }).end(shopPage(url.pathname));
  }

  #open() {
    this.#serial += 1;
    const conversation = { id: `conversation${this.#serial}`, token: `token${this.#serial}.secret`, log: [], frames: [], seen: 0 };
    this.conversations.set(conversation.id, conversation);
    return conversation;
  }
}

/** A QR-like square, good to look at and not to scan. */
function linkTo(channel) {
  const row = (y) => Array.from({ length: 25 }, (_, x) => (x * 7 + y * 13 + ((x * y) % 5)) % 3 === 0 ? "1" : "0").join("");
  return {
    channel, url: "http://127.0.0.1/m.me/harbourcoffee?ref=abc", code: "K7QM", expires_at: Date.now() + 1_800_000,
    qr: Array.from({ length: 25 }, (_, y) => row(y)).join("\n"),
  };
}

async function read(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

const shopPage = (path) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop ${path}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-visual">
<script type="application/ld+json">{"@type":"Product","sku":"beans-1"}</script>
<script type="module" src="/shop.js"></script></head>
<body><h1>${path}</h1><a href="/next">Next page</a><div>${"<p>Beans, roasted on Tuesday.</p>".repeat(40)}</div></body></html>`;

// As the loader: a host element with an open shadow root, its launcher, and the chat mounted beside it.
const shopScript = `
import init, { mount } from "/chat.js";
const host = document.createElement("openline-chat");
document.body.append(host);
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync("button.launcher{position:fixed;bottom:20px;right:20px;width:60px;height:60px;border-radius:50%;border:0;background:#0f5e59;color:#fff;font:600 15px system-ui}");
root.adoptedStyleSheets = [sheet];
const launcher = document.createElement("button");
launcher.className = "launcher";
launcher.ariaLabel = "Open chat";
const inner = document.createElement("div");
root.append(launcher, inner);
window.events = [];
let state = { open: false, unread: 0 };
await init({ module_or_path: "/chat_bg.wasm" });
const settings = await (await fetch("/settings.json")).text();
const chat = mount(inner, { store: "demo", edge: location.origin, settings }, {
  emit: (name, detail) => window.events.push({ name, detail }),
  launcher: (next) => {
    state = next;
    launcher.ariaLabel = next.open ? "Close chat" : "Open chat";
    launcher.textContent = next.unread || "";
  },
});
launcher.addEventListener("click", () => (state.open ? chat.close() : chat.open()));
window.chat = chat;
`;
