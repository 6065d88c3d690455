// A page of a shop, as far as the edge sees it: sessions, sockets, polling, signed calls.
import { createHmac, randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { until } from "../harness/poll.mjs";

/** An origin that the demo store lists. */
export const shopOrigin = "http://127.0.0.1:5555";

/** Opens a session: `{ token, conversation, resumed }`. */
export async function openSession(edge, { store = "demo", origin = shopOrigin, token } = {}) {
  const response = await postSession(edge, { store, origin, token });
  if (response.status !== 200) throw new Error(`sessions answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** The same, whatever is answered. */
export function postSession(edge, { store = "demo", origin = shopOrigin, token, headers = {} } = {}) {
  return fetch(`${edge.url}/v1/${store}/sessions`, {
    method: "POST",
    headers: { origin, "content-type": "application/json", ...headers },
    body: JSON.stringify({ token }),
  });
}

/** The path of a conversation. */
export function conversationPath(session, rest = "", store = "demo") {
  return `/v1/${store}/conversations/${session.conversation}${rest}`;
}

/** A request with the session's token. */
export function ask(edge, session, method, rest, { body, origin = shopOrigin, token = session.token } = {}) {
  return fetch(edge.url + conversationPath(session, rest), {
    method, body, headers: { origin, authorization: `Bearer ${token}` },
  });
}

/** A request signed as the merchant's. */
export function signed(edge, method, path, body = "", { at = Date.now(), secret = edge.vars.OPENLINE_SECRET } = {}) {
  const seconds = Math.floor(at / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${method}.${path}.${body}`).digest("hex");
  return fetch(edge.url + path, {
    method, body: body || undefined, headers: { "openline-signature": `t=${seconds},v1=${mac}` },
  });
}

/** A webhook as Meta sends it. */
export function webhook(edge, body, { secret = edge.vars.MESSENGER_APP_SECRET, store = "demo", headers } = {}) {
  const mac = createHmac("sha256", secret).update(body).digest("hex");
  return fetch(`${edge.url}/webhooks/messenger/${store}`, {
    method: "POST", body, headers: headers ?? { "content-type": "application/json", "x-hub-signature-256": `sha256=${mac}` },
  });
}

/** Opens a socket. Resolves when it is open or closed; `line.closed` then has the code and reason. */
export async function connect(edge, session, { origin = shopOrigin, token = session.token, protocols, store } = {}) {
  const line = new Line();
  const url = edge.url.replace("http", "ws") + conversationPath(session, "/live", store);
  line.socket = new WebSocket(url, protocols ?? ["openline.v1", `token.${token}`], { origin });
  line.socket.on("message", (data) => line.heard.push(data.toString() === "pong" ? "pong" : JSON.parse(data)));
  line.socket.on("close", (code, reason) => { line.closed = { code, reason: reason.toString() }; });
  line.socket.on("error", (error) => { line.error = error; });
  line.socket.on("unexpected-response", (_request, response) => {
    line.refused = response.statusCode;
    response.destroy();
  });
  await until(() => line.socket.readyState === WebSocket.OPEN || line.closed || line.refused, { what: "the socket" });
  return line;
}

/** Opens a socket and says hello: everything after `after` is replayed. */
export async function join(edge, session, after, options) {
  const line = await connect(edge, session, options);
  line.send({ hello: { ...(after === undefined ? {} : { after }), visible: true } });
  await line.hears((frame) => frame.events, "the replay");
  return line;
}

class Line {
  heard = [];

  send(frame) {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Says something; gives the client's id. */
  say(text, id = randomUUID()) {
    this.send({ say: { id, text } });
    return id;
  }

  /** The first frame that was heard, or will be, for which `test` holds. */
  hears(test, what = "the frame") {
    return until(() => {
      const found = this.heard.find((frame) => frame !== "pong" && test(frame));
      if (!found && this.closed) throw new Error(`closed: ${JSON.stringify(this.closed)}`);
      return found;
    }, { what, everyMs: 10 });
  }

  /** Waits for the message with this id. */
  hearsMessage(id) {
    return until(() => this.messages().find((message) => message.id === id), { what: `message ${id}`, everyMs: 10 });
  }

  /** Every message heard, as they came. */
  messages() {
    return messagesOf(this.heard);
  }

  /** The last place of the log that was accounted for. */
  upTo() {
    return this.heard.filter((frame) => frame.events).at(-1)?.events.up_to;
  }

  /** Resolves when the other side closed. */
  closes() {
    return until(() => this.closed, { what: "the close", everyMs: 10 });
  }

  async close() {
    this.socket.close();
    await this.closes();
  }
}

/** The messages in a list of frames. */
export function messagesOf(frames) {
  return frames.flatMap((frame) => frame.events?.events ?? []).flatMap((event) => event.message ?? []);
}

/** Changes how long things take, for tests. */
export function pace(changes) {
  return { OPENLINE_PACE: JSON.stringify(changes) };
}
