// Paths, methods, headers, CORS, sessions, settings: everything that needs no conversation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startEdge } from "../harness/edge.mjs";
import { ask, connect, openSession, postSession, shopOrigin, signed } from "./line.mjs";

let edge;
before(async () => { edge = await startEdge(); });
after(() => edge?.stop());

const problem = (response) => response.json().then((body) => body.type.split("/").at(-1));

test("the service says whether what it stands on works", async () => {
  for (const path of ["/healthz", "/healthz?deep=1"]) {
    const response = await fetch(edge.url + path);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { ok: true, kv: true, conversation: true, store: true, secret: true });
  }
});

test("unknown paths and methods are problems", async () => {
  for (const [method, path, status, type] of [
    ["GET", "/v1/demo", 404, "not-found"],
    ["GET", "/v1/Demo/settings", 404, "not-found"],
    ["GET", "/v1/nobody/settings", 404, "not-found"],
    ["POST", "/v1/nobody/sessions", 404, "not-found"],
    ["GET", "/webhooks/pigeon/demo", 404, "not-found"],
    ["GET", "/webhooks/messenger/nobody?hub.mode=subscribe", 404, "not-found"],
    ["POST", "/webhooks/messenger/nobody", 404, "not-found"],
    ["GET", "/v1/demo/sessions", 405, "method-not-allowed"],
    ["DELETE", "/v1/demo/settings", 405, "method-not-allowed"],
    ["GET", "/v1/demo/conversations/abc/live", 426, "upgrade-required"],
  ]) {
    const response = await fetch(edge.url + path, { method });
    assert.equal(response.status, status, `${method} ${path}`);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(await problem(response), type, `${method} ${path}`);
  }
  const refused = await fetch(`${edge.url}/v1/demo/settings`, { method: "DELETE" });
  assert.equal(refused.headers.get("allow"), "GET, PUT");
});

test("every answer carries the security headers", async () => {
  for (const path of ["/healthz", "/v1/demo/settings", "/v1/demo/nothing"]) {
    const { headers } = await fetch(edge.url + path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
    assert.match(headers.get("content-security-policy"), /default-src 'none'/, path);
  }
});

test("only the store's origins and the edge's own get a session", async () => {
  for (const [origin, status, echoed] of [
    [shopOrigin, 200, shopOrigin],
    [edge.url, 200, edge.url],
    ["https://evil.example", 403, null],
    ["http://127.0.0.1.evil.example", 403, null],
    ["null", 403, null],
  ]) {
    const response = await postSession(edge, { origin });
    assert.equal(response.status, status, origin);
    assert.equal(response.headers.get("access-control-allow-origin"), echoed, origin);
    assert.equal(response.headers.get("vary"), "Origin", origin);
    assert.equal(response.headers.get("access-control-allow-credentials"), null);
  }
});

test("preflights are answered for the store's origins alone", async () => {
  const preflight = (origin, path) => fetch(edge.url + path, {
    method: "OPTIONS", headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
  });
  const path = "/v1/demo/conversations/abc/events";
  const allowed = await preflight(shopOrigin, path);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get("access-control-allow-origin"), shopOrigin);
  assert.equal(allowed.headers.get("access-control-allow-methods"), "GET, POST");
  assert.match(allowed.headers.get("access-control-allow-headers"), /Authorization/);
  assert.equal(allowed.headers.get("access-control-max-age"), "7200");
  const refused = await preflight("https://evil.example", path);
  assert.equal(refused.headers.get("access-control-allow-origin"), null);
  assert.equal(refused.headers.get("access-control-allow-methods"), null);
});

test("a good token resumes its conversation; any other begins a new one", async () => {
  const first = await openSession(edge);
  assert.equal(first.resumed, false);
  assert.match(first.conversation, /^[a-z2-7]{26}$/);
  const again = await openSession(edge, { token: first.token });
  assert.deepEqual([again.conversation, again.resumed], [first.conversation, true]);
  const [payload, mac] = first.token.split(".");
  const forged = Buffer.from(payload, "base64url").toString().replace(first.conversation, "somebodyelses");
  for (const token of ["", "x", `${payload}.`, `${payload}.AAAA`, `${Buffer.from(forged).toString("base64url")}.${mac}`, "ä.ö"]) {
    const session = await openSession(edge, { token });
    assert.equal(session.resumed, false, token);
    assert.notEqual(session.conversation, first.conversation);
  }
  const elsewhere = await openSession(edge, { token: first.token, origin: "http://localhost:4444" });
  assert.equal(elsewhere.resumed, false, "another origin");
});

test("a session's body is read with care", async () => {
  const post = (body) => fetch(`${edge.url}/v1/demo/sessions`, { method: "POST", headers: { origin: shopOrigin }, body });
  for (const [body, status, type] of [
    ["", 200], ["{}", 200], ['{"token":null}', 200],
    ["{", 400, "bad-request"], ["7", 400, "bad-request"], ['{"token":7}', 400, "bad-request"],
    [Buffer.from([0xff, 0xfe]), 400, "bad-request"], ['{"token":"\\ud800"}', 400, "bad-request"],
    ["[".repeat(4000), 400, "bad-request"], ["x".repeat(5000), 413, "too-large"],
  ]) {
    const response = await post(body);
    assert.equal(response.status, status, String(body).slice(0, 40));
    if (type) assert.equal(await problem(response), type);
  }
});

test("a token is good for its own conversation, from its own origin", async () => {
  const [mine, theirs] = [await openSession(edge), await openSession(edge)];
  for (const [options, status, type] of [
    [{}, 200],
    [{ token: theirs.token }, 403, "forbidden"],
    [{ token: "" }, 401, "unauthorized"],
    [{ token: `${mine.token}x` }, 401, "unauthorized"],
    [{ origin: "http://localhost:4444" }, 401, "unauthorized"],
    [{ origin: "https://evil.example" }, 403, "origin-not-allowed"],
  ]) {
    const response = await ask(edge, mine, "GET", "/events", options);
    assert.equal(response.status, status, JSON.stringify(options));
    if (type) assert.equal(await problem(response), type);
  }
});

test("a refused socket says why in its close code, or in its status", async () => {
  const [mine, theirs] = [await openSession(edge), await openSession(edge)];
  for (const [options, code] of [
    [{ token: theirs.token }, 4403],
    [{ token: "x.y" }, 4401],
    [{ protocols: ["openline.v1"] }, 4401],
    [{ origin: "https://evil.example" }, 4403],
    [{ store: "nobody" }, 4404],
  ]) {
    const line = await connect(edge, mine, options);
    assert.equal((await line.closes()).code, code, JSON.stringify(options));
  }
  const other = await connect(edge, mine, { protocols: ["chat.v9", "token.x.y"] });
  assert.equal(other.refused, 401);
});

test("anyone reads the widget's settings; the document is the owner's", async () => {
  const open = await fetch(`${edge.url}/v1/demo/settings`);
  assert.equal(open.status, 200);
  assert.equal(open.headers.get("access-control-allow-origin"), "*");
  assert.match(open.headers.get("cache-control"), /max-age/);
  const widget = await open.json();
  assert.equal(widget.name, "Harbour Coffee");
  assert.equal(widget.catalogue, undefined);
  const document = await (await signed(edge, "GET", "/v1/demo/settings")).json();
  assert.ok(document.catalogue.length >= 12);
  assert.equal((await signed(edge, "GET", "/v1/demo/settings", "", { secret: "wrong" })).status, 401);
  assert.equal((await signed(edge, "GET", "/v1/demo/settings", "", { at: Date.now() - 400_000 })).status, 401);
});

test("settings are replaced as a whole, or not at all", async () => {
  const path = "/v1/demo/settings";
  const document = await (await signed(edge, "GET", path)).json();
  const renamed = JSON.stringify({ ...document, name: "Harbour Tea" }, null, 2);
  assert.equal((await fetch(edge.url + path, { method: "PUT", body: renamed })).status, 401);
  const faulty = await signed(edge, "PUT", path, JSON.stringify({ ...document, name: 7, origins: ["ftp://x"] }, null, 2));
  assert.equal(faulty.status, 422);
  const { errors } = await faulty.json();
  assert.deepEqual(errors.map((error) => error.path).sort(), ["name", "origins[0]"]);
  assert.ok(errors.every((error) => error.line > 1 && error.reason));
  assert.equal((await (await fetch(edge.url + path)).json()).name, "Harbour Coffee");
  assert.equal((await signed(edge, "PUT", path, JSON.stringify({ ...document, id: "other" }))).status, 422);
  assert.equal((await signed(edge, "PUT", path, renamed)).status, 204);
  assert.equal((await (await fetch(edge.url + path)).json()).name, "Harbour Tea");
  assert.equal((await edge.kvText("s/demo/settings")).trim(), renamed);
  assert.equal((await signed(edge, "PUT", path, JSON.stringify(document))).status, 204);
});

test("a store of one's own works as soon as its settings are there", async () => {
  const demo = await (await signed(edge, "GET", "/v1/demo/settings")).json();
  const own = { ...demo, id: "own", name: "Own", origins: ["https://own.example"], channels: {} };
  assert.equal((await signed(edge, "PUT", "/v1/own/settings", JSON.stringify(own))).status, 204);
  const session = await openSession(edge, { store: "own", origin: "https://own.example" });
  assert.equal((await postSession(edge, { store: "own" })).status, 403);
  const line = await connect(edge, session, { store: "demo", origin: "https://own.example" });
  assert.equal((await line.closes()).code, 4403, "its token is not good at another store");
});

test("a flood of new sessions is slowed down, those who come back are not", async () => {
  await edge.restart({ vars: { OPENLINE_RATES: JSON.stringify({ sessions_per_network: { burst: 3, refill_ms: 60_000 } }) } });
  const sessions = [await openSession(edge), await openSession(edge), await openSession(edge)];
  const refused = await postSession(edge);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal(refused.headers.get("access-control-allow-origin"), shopOrigin);
  for (const session of sessions) assert.equal((await openSession(edge, { token: session.token })).resumed, true);
});
