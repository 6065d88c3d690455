// The control API: what a test, or the page, makes people and Meta do. JSON in, JSON out; README.md lists it.
import { FIELDS } from "./event.mjs";
import { FAULT_KINDS } from "./faults.mjs";
import { fetchOnce, HttpError, parseParameters, readBody, sendJson } from "./http.mjs";
import * as inbox from "./inbox.mjs";
import * as person from "./person.mjs";
import { signedRequest } from "./signature.mjs";
import { personView } from "./thread.mjs";

const LONG_POLL_MS = 10_000;
const STREAM_PAUSE_MS = 30;
const STREAM_TRAFFIC = 50;
const CHALLENGE = "1158201444";

/** Answers a request under `/control/`. */
export async function serveControl(simulator, request, response, url) {
  refuseForeignOrigin(request);
  const path = url.pathname.slice("/control/".length).split("/").map(decodeURIComponent);
  if (request.method === "GET" && path[0] === "stream") return stream(simulator, request, response);
  const answer = request.method === "GET" ? await readPath(simulator, path, url.searchParams) : await writePath(simulator, path, request);
  sendJson(response, 200, answer ?? {});
}

async function readPath(simulator, path, query) {
  switch (path.join("/")) {
    case "state":
      return waitForState(simulator, query);
    case "calls":
      return { calls: simulator.calls.slice(-(Number(query.get("last")) || simulator.calls.length)) };
    case "faults":
      return { kinds: FAULT_KINDS, armed: simulator.faults.list() };
    default:
      throw new HttpError(404, "no such control path");
  }
}

async function writePath(simulator, path, request) {
  if (request.method !== "POST") throw new HttpError(405, "use GET or POST");
  const bytes = await readBody(request);
  if (path[0] === "deliver-raw") return simulator.webhooks.deliverRaw(bytes, rawHeaders(request));
  const given = parseParameters(request.headers["content-type"], bytes);
  const acts = path.length === 1 ? PAGE_ACTS : path.length === 3 ? PERSON_ACTS[path[0]] : undefined;
  const act = acts && Object.hasOwn(acts, path.at(-1)) ? acts[path.at(-1)] : undefined;
  if (!act) throw new HttpError(404, "no such control path");
  if (path.length === 1) return asClientError(() => act(simulator, given));
  const who = simulator.threads.person(path[1]);
  if (!who) throw new HttpError(404, `there is no person ${path[1]}`);
  return act(simulator, who, given);
}

const PAGE_ACTS = {
  people(simulator, { name, psid, asid }) {
    if (typeof name !== "string" || name === "") throw new HttpError(400, "a person needs a name");
    const added = simulator.addPerson({ name, psid, asid });
    simulator.changed();
    return personView(added, simulator.clock.now());
  },
  clock(simulator, { advance_ms }) {
    if (!Number.isInteger(advance_ms) || advance_ms < 0) throw new HttpError(400, "advance_ms must be a whole number, 0 or more");
    simulator.advance(advance_ms);
    return { now: simulator.clock.now() };
  },
  faults(simulator, fault) {
    if (fault.kind === "none") simulator.faults.clear();
    else simulator.faults.arm(fault);
    simulator.changed();
    return { armed: simulator.faults.list() };
  },
  settings(simulator, change) {
    simulator.configure(change);
    return { settings: simulator.settings };
  },
  handshake(simulator, { verify_token = simulator.config.verifyToken, challenge = CHALLENGE }) {
    return simulator.webhooks.handshake(verify_token, challenge);
  },
  subscription(simulator, { fields = [...FIELDS] }) {
    if (!Array.isArray(fields)) throw new HttpError(400, "fields must be a list; an empty one unsubscribes the app");
    simulator.webhooks.subscribedFields = fields;
    simulator.changed();
    return { subscribed_fields: fields };
  },
  profile(simulator, profile) {
    simulator.page.profile = profile;
    simulator.changed();
    return { profile };
  },
  policy(simulator, { action, reason }) {
    if (action !== "block" && action !== "unblock") throw new HttpError(400, "action must be block or unblock");
    simulator.page.restricted = action === "block";
    simulator.webhooks.enqueue(simulator.events.policy({ at: simulator.clock.stamp(), action, reason }));
    simulator.changed();
  },
  retry: (simulator) => simulator.webhooks.retryNow(),
  reset: (simulator) => simulator.reset(),
};

const PERSON_ACTS = {
  shopper: {
    message: (simulator, who, given) => person.sendMessage(simulator, who, given),
    tap: (simulator, who, given) => person.tapLink(simulator, who, given),
    "get-started": (simulator, who, given) => person.getStarted(simulator, who, given),
    postback: (simulator, who, given) => person.postback(simulator, who, given),
    read: (simulator, who) => person.read(simulator, who),
    react: (simulator, who, given) => person.react(simulator, who, given),
    edit: (simulator, who, given) => person.edit(simulator, who, given),
    unsend: (simulator, who, given) => person.unsend(simulator, who, given),
    stop: (simulator, who, given) => person.stop(simulator, who, given),
    resume: (simulator, who) => person.resume(simulator, who),
    phone(simulator, who, { drops_ref }) {
      if (typeof drops_ref !== "boolean") throw new HttpError(400, "drops_ref must be true or false");
      who.drops_ref = drops_ref;
      simulator.changed();
    },
    deletion: requestDeletion,
  },
  inbox: {
    message: (simulator, who, given) => inbox.sendMessage(simulator, who, given),
    take: (simulator, who, given) => inbox.take(simulator, who, given),
    pass: (simulator, who, given) => inbox.pass(simulator, who, given),
  },
};

/** Posts Meta's data deletion request for a person, who is named by the app-scoped id; answers `{ status, body }`. */
async function requestDeletion(simulator, who, { path = `/webhooks/messenger/${simulator.settings.store}/deletion` }) {
  const issued_at = Math.floor(simulator.clock.now() / 1000);
  const signed_request = signedRequest(simulator.secrets[0], { user_id: who.asid, issued_at, expires: 0 });
  const { status, body } = await fetchOnce(`${simulator.settings.edge}${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(new URLSearchParams({ signed_request }).toString()),
    timeoutMs: simulator.settings.timeout_ms,
  });
  return { status, body };
}

/** `after`: waits for a later revision. `wait_for` (and `psid`): waits for a message of the page that contains a text. */
async function waitForState(simulator, query) {
  const timeoutMs = Math.min(Number(query.get("timeout_ms")) || LONG_POLL_MS, 60_000);
  const deadline = Date.now() + timeoutMs;
  const wanted = query.get("wait_for");
  if (wanted === null) {
    if (query.has("after")) await simulator.waitPast(Number(query.get("after")), timeoutMs);
    return simulator.state;
  }
  for (;;) {
    const found = findPageMessage(simulator, wanted, query.get("psid"));
    if (found || Date.now() >= deadline) return { ...simulator.state, found: found ?? null };
    await simulator.waitPast(simulator.revision, deadline - Date.now());
  }
}

function findPageMessage(simulator, text, psid) {
  const people = simulator.threads.list().filter((who) => psid === null || who.psid === psid);
  const messages = people.flatMap((who) => who.thread.messages.map((message) => ({ psid: who.psid, ...message })));
  return messages.findLast((message) => message.from === "page" && JSON.stringify([message.text, message.attachments]).includes(JSON.stringify(text).slice(1, -1)));
}

/** Server-sent events: the state at once and after changes, those of a moment together, with the latest traffic only. */
async function stream(simulator, request, response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  let open = true;
  request.on("close", () => (open = false));
  while (open && !response.destroyed) {
    const { webhooks, calls, ...state } = simulator.state;
    const latest = { ...state, calls: calls.slice(-STREAM_TRAFFIC), webhooks: { ...webhooks, log: webhooks.log.slice(-STREAM_TRAFFIC) } };
    response.write(`data: ${JSON.stringify(latest)}\n\n`);
    await simulator.waitPast(state.revision, LONG_POLL_MS);
    if (simulator.closed) break;
    await new Promise((resolve) => setTimeout(resolve, STREAM_PAUSE_MS));
  }
  response.end();
}

/** Headers to add to raw bytes, or (as `null`) to leave out: `x-deliver-headers: {"x-hub-signature-256":"sha256=00"}`. */
function rawHeaders(request) {
  const text = request.headers["x-deliver-headers"];
  return text === undefined ? {} : parseParameters("application/json", Buffer.from(text));
}

/** Another site open in the same browser must not steer the simulator. */
function refuseForeignOrigin(request) {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) throw new HttpError(403, "foreign origin");
}

function asClientError(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new HttpError(400, error.message);
    throw error;
  }
}
