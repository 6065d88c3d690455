// What a person does on their phone, shopper and staff alike: each act changes the thread and tells the app.
import { HttpError } from "./http.mjs";
import { addMessage, findMessage, personActed } from "./thread.mjs";

/** Sends a message; the first one of a thread opened by a link carries the link's reference. Answers the message. */
export function sendMessage(simulator, person, { text, quick_reply, reply_to, attachments }) {
  if (text === undefined && !attachments?.length) throw new HttpError(400, "a message needs text or attachments");
  if (reply_to && !findMessage(person.thread, reply_to.mid)) throw new HttpError(404, "reply_to names no message of this thread");
  const ref = person.drops_ref ? null : person.thread.pending_ref;
  const at = simulator.clock.stamp();
  personActed(person.thread, at);
  const content = { text, quick_reply, reply_to, attachments };
  const message = addMessage(person.thread, { mid: simulator.newMid(), from: "person", via: "person", at, ...content });
  simulator.tell(person, simulator.events.message(person.psid, { ...message, ref }));
  return message;
}

/**
 * Opens an m.me link. On a new thread nothing is sent until Get Started; on an existing one a referral goes out at once and
 * reopens the window. A phone that drops references keeps silent, as some versions of Messenger for Android do.
 */
export function tapLink(simulator, person, { ref }) {
  const carried = person.drops_ref ? null : (ref ?? null);
  if (!person.thread.started) {
    person.thread.pending_ref = carried;
    simulator.changed();
    return { started: false, sent: null };
  }
  if (carried === null) return { started: true, sent: null };
  const at = simulator.clock.stamp();
  personActed(person.thread, at);
  simulator.tell(person, simulator.events.referral(person.psid, { at, ref: carried }));
  return { started: true, sent: "referral" };
}

/** Taps Get Started; `ref` overrides the reference the link left behind. */
export function getStarted(simulator, person, { ref }) {
  const { get_started } = simulator.page.profile;
  if (!get_started) throw new HttpError(409, "the page has no Get Started button");
  const carried = person.drops_ref ? null : (ref ?? person.thread.pending_ref);
  return postback(simulator, person, { title: "Get Started", payload: get_started.payload, ref: carried });
}

/** Taps a button of a template or a menu. Answers the postback as a message of the thread. */
export function postback(simulator, person, { title, payload, ref }) {
  if (typeof title !== "string" || typeof payload !== "string") throw new HttpError(400, "a postback needs title and payload");
  const at = simulator.clock.stamp();
  personActed(person.thread, at);
  const message = addMessage(person.thread, { mid: simulator.newMid(), from: "person", via: "person", at, text: title, postback: true });
  simulator.tell(person, simulator.events.postback(person.psid, { mid: message.mid, at, title, payload, ref }));
  return message;
}

/** Reads everything up to now. Nothing is told when there is nothing new. */
export function read(simulator, person) {
  const { thread } = person;
  const latest = thread.messages.findLast((message) => message.from === "page");
  if (!latest || latest.at <= thread.person_read_at) return;
  const at = simulator.clock.stamp();
  thread.person_read_at = at;
  simulator.tell(person, simulator.events.read(person.psid, { at, watermark: latest.at }));
}

/** Reacts to a message, or takes the reaction back when `emoji` is missing. */
export function react(simulator, person, { mid, emoji }) {
  const message = existing(person, mid);
  const at = simulator.clock.stamp();
  personActed(person.thread, at);
  if (emoji) message.reactions.person = emoji;
  else delete message.reactions.person;
  simulator.tell(person, simulator.events.reaction(person.psid, { at, mid, emoji }));
}

export function edit(simulator, person, { mid, text }) {
  if (typeof text !== "string" || text === "") throw new HttpError(400, "an edit needs text");
  const message = ownExisting(person, mid);
  Object.assign(message, { text, edits: message.edits + 1 });
  const at = simulator.clock.stamp();
  simulator.tell(person, simulator.events.edit(person.psid, { at, mid, text, num_edit: message.edits }));
}

export function unsend(simulator, person, { mid }) {
  const message = ownExisting(person, mid);
  Object.assign(message, { deleted: true, text: undefined, attachments: undefined });
  simulator.tell(person, simulator.events.unsend(person.psid, { at: simulator.clock.stamp(), mid }));
}

/** Stops hearing from the page: `word` sends STOP, `notifications` opts out with an opt-in event, `block` says nothing. */
export function stop(simulator, person, { how = "notifications" }) {
  if (how === "word") return void sendMessage(simulator, person, { text: "STOP" });
  if (how === "block") person.availability = "blocked";
  else if (how === "notifications") person.availability = "stopped";
  else throw new HttpError(400, "how must be notifications, word or block");
  if (how === "notifications") optin(simulator, person, "STOP_NOTIFICATIONS");
  simulator.changed();
}

/** Hears from the page again. */
export function resume(simulator, person) {
  if (person.availability === "stopped") optin(simulator, person, "RESUME_NOTIFICATIONS");
  person.availability = "available";
  simulator.changed();
}

function optin(simulator, person, status) {
  const event = simulator.events.optin(person.psid, { at: simulator.clock.stamp(), status, token: `nt_${person.asid}` });
  simulator.tell(person, event);
}

function existing(person, mid) {
  const message = findMessage(person.thread, mid);
  if (!message || message.deleted) throw new HttpError(404, "no such message in this thread");
  return message;
}

function ownExisting(person, mid) {
  const message = existing(person, mid);
  if (message.from !== "person") throw new HttpError(409, "that message is not theirs");
  return message;
}
