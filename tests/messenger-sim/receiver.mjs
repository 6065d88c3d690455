// A receiver of webhooks for the simulator's own tests: records what arrives and answers what it is told to.
import { createServer } from "node:http";
import { readBody } from "./http.mjs";
import { startSimulator } from "./server.mjs";
import { appSecretProof, hubSignature } from "./signature.mjs";

export const APP_SECRET = "app-secret";
export const PAGE_TOKEN = "page-token";
export const VERIFY_TOKEN = "verify-token";
const PATIENCE_MS = 5000;

/** A receiver and a simulator that delivers to it, closed when the test `t` ends. Options go to `startSimulator`. */
export async function startPair(t, options = {}) {
  const receiver = new Receiver();
  await receiver.listen();
  const simulator = await startSimulator({
    edge: receiver.url,
    store: "demo",
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    pageToken: PAGE_TOKEN,
    retryScale: 0,
    ...options,
  });
  t.after(async () => {
    await simulator.close();
    await receiver.close();
  });
  const [shopper, staff] = simulator.state.people;
  return { receiver, simulator, shopper, staff, graph: (path, init) => callGraph(simulator.url, path, init) };
}

/** A Graph API call as the page's app makes it; answers `{ status, body, headers }`. */
export async function callGraph(url, path, { method = "POST", body, token = PAGE_TOKEN, proof = appSecretProof(APP_SECRET, token) } = {}) {
  const target = new URL(`${url}/v25.0/${path}`);
  if (proof !== null) target.searchParams.set("appsecret_proof", proof);
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), "content-type": "application/json" };
  const response = await fetch(target, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

export const text = (psid, words, more = {}) => ({ recipient: { id: psid }, messaging_type: "RESPONSE", message: { text: words }, ...more });

export class Receiver {
  #server = createServer((request, response) => void this.#serve(request, response));
  #waiters = new Set();
  /** Every POST: `{ bytes, headers, payload }`. */
  deliveries = [];
  /** Statuses to answer, one per request; 200 when it is empty. `null` never answers. */
  answers = [];

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** All items of all deliveries, in the order of arrival; `standby` ones carry `standby: true`. */
  items() {
    return this.deliveries.flatMap(({ payload }) =>
      payload.entry.flatMap((entry) => [
        ...(entry.messaging ?? []),
        ...(entry.standby ?? []).map((item) => ({ ...item, standby: true })),
      ]),
    );
  }

  /** Waits for the first value that `find` makes of this receiver, called after every delivery. */
  async until(find) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = find(this);
      if (found) return found;
      await new Promise((resolve, reject) => {
        const nothing = () => reject(new Error(`nothing such arrived; got ${JSON.stringify(this.items())}`));
        const timer = setTimeout(nothing, Math.max(0, deadline - Date.now()));
        this.#waiters.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  item(kind, count = 1) {
    return this.until(() => this.items().filter((item) => kindOf(item) === kind)[count - 1]);
  }

  count(kind) {
    return this.items().filter((item) => kindOf(item) === kind).length;
  }

  async #serve(request, response) {
    const bytes = await readBody(request);
    if (request.method === "GET") return this.#handshake(request, response);
    const signed = request.headers["x-hub-signature-256"] === hubSignature(APP_SECRET, bytes);
    const payload = signed ? JSON.parse(bytes.toString("utf8")) : { entry: [] };
    this.deliveries.push({ bytes, headers: request.headers, payload, path: request.url, signed });
    const status = this.answers.length ? this.answers.shift() : signed ? 200 : 403;
    if (status !== null) response.writeHead(status).end();
    for (const waiter of [...this.#waiters]) waiter();
    this.#waiters.clear();
  }

  #handshake(request, response) {
    const query = new URL(request.url, this.url).searchParams;
    const right = query.get("hub.mode") === "subscribe" && query.get("hub.verify_token") === VERIFY_TOKEN;
    response.writeHead(right ? 200 : 403).end(right ? query.get("hub.challenge") : "");
  }
}

function kindOf(item) {
  if (item.message?.is_echo) return "echo";
  return ["message", "postback", "referral", "delivery", "read", "reaction", "message_edit", "optin", "take_thread_control", "pass_thread_control", "policy-enforcement"].find((kind) => kind in item);
}
