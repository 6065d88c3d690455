// What a human does in the Page inbox: writes as the page, takes a thread from the app and passes it back.
import { HttpError } from "./http.mjs";
import { addMessage, HUMAN_AGENT_WINDOW_MS, owner } from "./thread.mjs";

/** Sends as the page; the app hears of it by an echo without metadata. A human may write for seven days. */
export function sendMessage(simulator, person, { text, attachments }) {
  const { thread } = person;
  if (text === undefined && !attachments?.length) throw new HttpError(400, "a message needs text or attachments");
  if (!thread.started) throw new HttpError(409, "this person has not written to the page yet");
  if (simulator.clock.now() - thread.person_acted_at > HUMAN_AGENT_WINDOW_MS) throw new HttpError(409, "more than seven days have passed");
  if (simulator.settings.inbox_takes_control) take(simulator, person, {});
  const at = simulator.clock.stamp();
  const message = addMessage(thread, { mid: simulator.newMid(), from: "page", via: "inbox", at, text, attachments });
  simulator.tell(person, simulator.events.echo(person.psid, message));
  deliver(simulator, person, message);
  return message;
}

/** Takes the thread from the app, which is told and only hears the rest on standby. */
export function take(simulator, person, { metadata }) {
  const now = simulator.clock.stamp();
  if (owner(person.thread, now) === "inbox") return;
  Object.assign(person.thread, { owner: "inbox", active_at: now });
  simulator.tell(person, simulator.events.take(person.psid, { at: now, metadata }));
}

/** Passes the thread back to the app. */
export function pass(simulator, person, { metadata }) {
  const now = simulator.clock.stamp();
  if (owner(person.thread, now) === "app") return;
  Object.assign(person.thread, { owner: "app", active_at: now });
  simulator.tell(person, simulator.events.pass(person.psid, { at: now, metadata }));
}

/** Marks that the person's phone received a message of the page, and tells the app. */
export function deliver(simulator, person, message) {
  if (!simulator.settings.auto_delivery) return;
  const at = simulator.clock.stamp();
  message.received_at = at;
  simulator.tell(person, simulator.events.delivery(person.psid, { at, mids: [message.mid], watermark: message.at }));
}
