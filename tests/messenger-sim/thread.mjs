// People and their threads with the Page: what was said, who may speak, and until when. Time and ids come in as arguments.
// Source: developers.facebook.com, "Messenger Platform policy: standard messaging window", "Conversation routing".

const HOUR_MS = 3_600_000;
export const STANDARD_WINDOW_MS = 24 * HOUR_MS;
export const HUMAN_AGENT_WINDOW_MS = 7 * 24 * HOUR_MS;
export const THREAD_CONTROL_MS = 24 * HOUR_MS;
export const TYPING_MS = 20_000;

export class Threads {
  #people = new Map();

  addPerson({ psid, asid, name }) {
    if (this.#people.has(psid)) throw new RangeError(`there is already a person ${psid}`);
    const person = { psid, asid, name, availability: "available", drops_ref: false, thread: newThread() };
    this.#people.set(psid, person);
    return person;
  }

  /** Puts back people as `list` gave them. */
  restore(people) {
    this.#people = new Map(people.map((person) => [person.psid, person]));
  }

  person(psid) {
    return this.#people.get(psid);
  }

  personByAsid(asid) {
    return this.list().find((person) => person.asid === asid);
  }

  list() {
    return [...this.#people.values()];
  }

  clear() {
    this.#people.clear();
  }
}

/** Something the person did that opens the thread and, with it, the window in which the Page may answer. */
export function personActed(thread, now) {
  thread.owner = owner(thread, now);
  thread.started = true;
  thread.pending_ref = null;
  thread.person_acted_at = now;
  thread.active_at = now;
}

/** Adds a message; `from` is `person` or `page`, `via` is `person`, `app` or `inbox`. */
export function addMessage(thread, { mid, from, via, at, ...content }) {
  const message = { mid, from, via, at, received_at: null, reactions: {}, edits: 0, deleted: false, ...content };
  thread.owner = owner(thread, at);
  thread.messages.push(message);
  thread.active_at = at;
  if (from === "page") thread.typing_until = 0;
  return message;
}

export function findMessage(thread, mid) {
  return thread.messages.find((message) => message.mid === mid);
}

/** Who controls the thread: `app` or `inbox`. Control falls back to the default app, ours, after a day of silence. */
export function owner(thread, now) {
  return thread.owner === "inbox" && now - thread.active_at < THREAD_CONTROL_MS ? "inbox" : "app";
}

/** The moments at which the two windows close, or null when the person never acted. */
export function windows(thread) {
  if (thread.person_acted_at === null) return { standard_until: null, human_agent_until: null };
  return {
    standard_until: thread.person_acted_at + STANDARD_WINDOW_MS,
    human_agent_until: thread.person_acted_at + HUMAN_AGENT_WINDOW_MS,
  };
}

/**
 * Why the Page's app may not speak to this person, as the name of a Graph error, or null when it may.
 * `kind` is `standard`, `human_agent` or `utility`.
 */
export function refusal(person, kind, now) {
  if (!person?.thread.started) return "no_such_user";
  const { thread } = person;
  if (person.availability === "blocked") return "unavailable";
  if (person.availability === "stopped") return "opted_out";
  if (owner(thread, now) !== "app") return "not_owner";
  const { standard_until, human_agent_until } = windows(thread);
  const until = { standard: standard_until, human_agent: human_agent_until, utility: Infinity }[kind];
  return now <= until ? null : "outside_window";
}

/** The person as the control API and the page see it. */
export function personView(person, now) {
  const { thread } = person;
  return {
    ...person,
    thread: { ...thread, owner: owner(thread, now), typing: thread.typing_until > now, ...windows(thread) },
  };
}

function newThread() {
  return {
    started: false,
    pending_ref: null,
    owner: "app",
    person_acted_at: null,
    active_at: 0,
    typing_until: 0,
    page_seen_at: 0,
    person_read_at: 0,
    messages: [],
  };
}
