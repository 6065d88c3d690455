// The Graph API as a page's app sees it: authentication, the Send API, subscriptions, thread control, profiles.
// Source: developers.facebook.com, "Graph API v25.0: Page messages, subscribed_apps, pass_thread_control", "Send API".
import { randomBytes } from "node:crypto";
import { FIELDS } from "./event.mjs";
import { GraphError } from "./graph_error.mjs";
import { HttpError, parseParameters, readBody, sendJson } from "./http.mjs";
import { deliver } from "./inbox.mjs";
import { decodeSend } from "./message.mjs";
import { appSecretProof, sameText } from "./signature.mjs";
import { addMessage, findMessage, owner, refusal, TYPING_MS } from "./thread.mjs";

const REFUSING_FAULTS = ["throttled", "server_error", "graph_error", "hang_up_before_send"];
const ANSWERING_FAULTS = ["slow", "sent_but_error", "hang_up_after_send"];

/** Answers a request whose path starts with a version, `/v25.0/...`. Every call is recorded with its outcome. */
export async function serveGraph(simulator, request, response, url) {
  const call = { at: simulator.clock.now(), method: request.method, path: url.pathname, auth: null, proof: null, body: null, fault: null };
  const traceId = `A${randomBytes(8).toString("base64url")}`;
  const answer = { status: 200, body: null, headers: { "facebook-api-version": url.pathname.split("/")[1], "x-fb-trace-id": traceId } };
  try {
    const body = parseParameters(request.headers["content-type"], await readBody(request));
    const { access_token, appsecret_proof, ...parameters } = { ...Object.fromEntries(url.searchParams), ...body };
    call.body = parameters;
    authenticate(simulator, call, request.headers.authorization, access_token, appsecret_proof);
    answer.body = await route(simulator, call, parameters, answer);
  } catch (error) {
    if (error instanceof HangUp) {
      simulator.recordCall({ ...call, status: null });
      return void request.socket.destroy();
    }
    const refused = asGraphError(error);
    Object.assign(answer, { status: refused.status, body: refused.body(traceId) });
  }
  simulator.recordCall({ ...call, status: answer.status, response: answer.body });
  if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs).unref());
  sendJson(response, answer.status, answer.body, answer.headers);
}

class HangUp extends Error {}

function asGraphError(error) {
  if (error instanceof GraphError) return error;
  if (error instanceof HttpError) return new GraphError("bad_parameter", { status: error.status, message: `(#100) ${error.message}` });
  throw error;
}

function authenticate(simulator, call, authorization, parameterToken, proof) {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  const token = bearer ?? parameterToken;
  call.auth = bearer ? "bearer" : parameterToken ? "parameter" : "none";
  if (!token) throw new GraphError("token_missing");
  if (!sameText(token, simulator.config.pageToken)) throw new GraphError("token_invalid");
  const valid = simulator.secrets.some((secret) => sameText(proof ?? "", appSecretProof(secret, token)));
  call.proof = proof === undefined ? "missing" : valid ? "valid" : "invalid";
  if (call.proof === "invalid") throw new GraphError("proof_invalid");
  if (call.proof === "missing" && simulator.settings.require_proof) throw new GraphError("proof_missing");
}

function route(simulator, call, parameters, answer) {
  const [, , object, edge = "", ...rest] = call.path.split("/");
  const id = object === "me" ? simulator.config.pageId : object;
  const operation = OPERATIONS[`${call.method} ${edge}`];
  if (!operation || rest.length > 0) throw new GraphError("unknown_path", { message: `Unknown path components: ${call.path}` });
  if (operation.on === "page" && id !== simulator.config.pageId) throw new GraphError("unknown_object");
  return operation.run(simulator, parameters, { call, id, answer });
}

const OPERATIONS = {
  "POST messages": { on: "page", run: send },
  "GET subscribed_apps": { on: "page", run: subscriptions },
  "POST subscribed_apps": { on: "page", run: subscribe },
  "DELETE subscribed_apps": { on: "page", run: unsubscribe },
  "POST pass_thread_control": { on: "page", run: passThreadControl },
  "POST take_thread_control": { on: "page", run: takeThreadControl },
  "GET thread_owner": { on: "page", run: threadOwner },
  "GET messenger_profile": { on: "page", run: (simulator) => ({ data: [simulator.page.profile] }) },
  "POST messenger_profile": { on: "page", run: setProfile },
  "DELETE messenger_profile": { on: "page", run: deleteProfile },
  "GET ids_for_pages": { on: "person", run: idsForPages },
  "GET ": { on: "any", run: readObject },
};

function send(simulator, parameters, { call, answer }) {
  const now = simulator.clock.stamp();
  const decoded = decodeSend(parameters, { utilityTemplates: simulator.settings.utility_templates });
  const subject = { psid: decoded.psid, request: decoded.action ? "sender_action" : "message" };
  const person = simulator.threads.person(decoded.psid);
  raise(simulator.faults.take(REFUSING_FAULTS, subject), call, answer);
  if (simulator.page.restricted) throw new GraphError("page_restricted");
  if (decoded.kind === "human_agent" && !simulator.settings.human_agent_granted) throw new GraphError("human_agent_not_granted");
  const refused = refusal(person, decoded.kind ?? "standard", now);
  if (refused) throw new GraphError(refused);
  const result = decoded.action
    ? act(simulator, person, decoded.action, now)
    : { recipient_id: person.psid, message_id: accept(simulator, person, decoded.content, now).mid };
  call.message_id = result.message_id;
  raise(simulator.faults.take(ANSWERING_FAULTS, subject), call, answer);
  return result;
}

function accept(simulator, person, content, at) {
  if (content.reply_to && !findMessage(person.thread, content.reply_to.mid)) {
    throw new GraphError("bad_parameter", { message: "(#100) message[reply_to][mid] names no message of this thread" });
  }
  const message = addMessage(person.thread, { mid: simulator.newMid(), from: "page", via: "app", at, ...content });
  simulator.tell(person, simulator.events.echo(person.psid, message));
  deliver(simulator, person, message);
  return message;
}

function act(simulator, person, { name, mid, emoji }, now) {
  const { thread } = person;
  if (name === "typing_on") thread.typing_until = now + TYPING_MS;
  else if (name === "typing_off") thread.typing_until = 0;
  else if (name === "mark_seen") thread.page_seen_at = now;
  else reactAsPage(thread, mid, name === "react" ? emoji : null);
  simulator.changed();
  return { recipient_id: person.psid };
}

function reactAsPage(thread, mid, emoji) {
  const message = findMessage(thread, mid);
  if (!message) throw new GraphError("bad_parameter", { message: "(#100) payload[message_id] names no message of this thread" });
  if (emoji) message.reactions.page = emoji;
  else delete message.reactions.page;
}

/** Turns a fault into its effect on this call, if there is one. */
function raise(fault, call, answer) {
  if (!fault) return;
  call.fault = fault.kind;
  if (fault.retry_after_s) answer.headers["retry-after"] = String(fault.retry_after_s);
  if (fault.kind === "slow") answer.delayMs = fault.ms;
  else if (fault.kind.startsWith("hang_up")) throw new HangUp();
  else {
    const { status, code, subcode, message } = fault;
    const name = fault.kind === "graph_error" ? "bad_parameter" : fault.kind;
    throw new GraphError(name, { status, code, subcode, message });
  }
}

function subscriptions(simulator) {
  const { subscribedFields } = simulator.webhooks;
  const { appId } = simulator.config;
  return { data: subscribedFields.length ? [{ id: appId, name: "Openline", category: "Business", subscribed_fields: subscribedFields }] : [] };
}

function subscribe(simulator, { subscribed_fields }) {
  const fields = Array.isArray(subscribed_fields) ? subscribed_fields : String(subscribed_fields ?? "").split(",");
  const unknown = fields.filter((field) => !FIELDS.includes(field));
  if (unknown.length) {
    throw new GraphError("bad_parameter", { message: `(#100) Param subscribed_fields must be one of {${FIELDS.join(", ")}} - got ${unknown}` });
  }
  simulator.webhooks.subscribedFields = [...new Set([...simulator.webhooks.subscribedFields, ...fields])];
  simulator.webhooks.failingSince = null;
  simulator.changed();
  return { success: true };
}

function unsubscribe(simulator) {
  simulator.webhooks.subscribedFields = [];
  simulator.changed();
  return { success: true };
}

function passThreadControl(simulator, { recipient, target_app_id }) {
  const { thread } = recipientOf(simulator, recipient);
  const now = simulator.clock.stamp();
  if (owner(thread, now) !== "app") throw new GraphError("not_owner");
  if (String(target_app_id) !== simulator.config.inboxAppId) {
    throw new GraphError("bad_parameter", { message: "(#100) target_app_id is no app of this page" });
  }
  Object.assign(thread, { owner: "inbox", active_at: now });
  simulator.changed();
  return { success: true };
}

function takeThreadControl(simulator, { recipient }) {
  const { thread } = recipientOf(simulator, recipient);
  Object.assign(thread, { owner: "app", active_at: simulator.clock.stamp() });
  simulator.changed();
  return { success: true };
}

function threadOwner(simulator, { recipient }) {
  const { thread } = recipientOf(simulator, { id: recipient });
  const { appId, inboxAppId } = simulator.config;
  const app_id = owner(thread, simulator.clock.now()) === "inbox" ? inboxAppId : appId;
  return { data: [{ thread_owner: { app_id } }] };
}

function recipientOf(simulator, recipient) {
  const person = simulator.threads.person(recipient?.id);
  if (!person?.thread.started) throw new GraphError("no_such_user");
  return person;
}

function setProfile(simulator, profile) {
  const { get_started } = profile;
  if (get_started !== undefined && typeof get_started?.payload !== "string") {
    throw new GraphError("bad_parameter", { message: "(#100) Param get_started[payload] must be a string" });
  }
  Object.assign(simulator.page.profile, profile);
  simulator.changed();
  return { result: "success" };
}

function deleteProfile(simulator, { fields = [] }) {
  for (const field of fields) delete simulator.page.profile[field];
  simulator.changed();
  return { result: "success" };
}

function idsForPages(simulator, _parameters, { id }) {
  const person = simulator.threads.personByAsid(id);
  if (!person) throw new GraphError("unknown_object");
  const { pageId, pageTitle } = simulator.config;
  return { data: [{ id: person.psid, page: { id: pageId, name: pageTitle } }] };
}

function readObject(simulator, _parameters, { id }) {
  const { pageId, pageTitle, pageName } = simulator.config;
  if (id === pageId) return { id, name: pageTitle, username: pageName };
  const person = simulator.threads.person(id);
  if (!person?.thread.started) throw new GraphError("unknown_object");
  const [first_name, ...others] = person.name.split(" ");
  return { id, name: person.name, first_name, last_name: others.join(" ") };
}
