// The Page inbox: every thread of the page, and a human who answers as the page.
import { control } from "./api.mjs";
import { Composer } from "./composer.mjs";
import { button, duration, element, icon, keepAtEnd, reconcile, timeOf } from "./dom.mjs";
import { messageItem, summary } from "./message.mjs";
import { threadViews } from "./phone.mjs";

export class Inbox {
  #pane;
  #state;
  #psid = null;
  #readUntil = new Map();
  #parts = {};

  constructor({ pane }) {
    this.#pane = pane;
    this.#build();
  }

  show(state) {
    this.#state = state;
    const threads = state.people.filter((person) => person.thread.started).sort((a, b) => lastAt(b) - lastAt(a));
    const chosen = threads.find((person) => person.psid === this.#psid) ?? null;
    this.#parts.empty.hidden = threads.length > 0;
    const rows = threads.map((person) => this.#row(person, person === chosen));
    reconcile(this.#parts.list, rows, ({ psid }) => psid, (row) => this.#listItem(row));
    this.#showThread(chosen);
  }

  /** Whether a thread has something new from a person. */
  unread() {
    return this.#state.people.some((person) => this.#isUnread(person));
  }

  #build() {
    const parts = this.#parts;
    parts.list = element("ul", { class: "threads", "aria-label": "Threads" });
    parts.empty = element("p", { class: "empty" }, "No thread yet. It starts when somebody writes to the page.");
    parts.name = element("h2");
    parts.window = element("p", { class: "window" });
    parts.control = button("", () => this.#switchControl(), { class: "plain" });
    parts.messages = element("ol", { class: "messages", role: "log", "aria-label": "Thread" });
    parts.composer = new Composer({
      label: "Reply as Page",
      sendLabel: "Send as Page",
      send: (text) => {
        parts.toEnd();
        return control(`inbox/${this.#psid}/message`, { text });
      },
    });
    parts.thread = element(
      "div",
      { class: "inbox-thread", hidden: true },
      element(
        "header",
        { class: "inbox-head" },
        button(icon("back"), () => this.#open(null), { class: "back", "aria-label": "All threads" }),
        element("div", { class: "inbox-title" }, parts.name, parts.window),
        parts.control,
      ),
      (parts.scroller = element("div", { class: "inbox-scroller" }, parts.messages)),
      parts.composer.node,
    );
    parts.toEnd = keepAtEnd(parts.scroller);
    parts.none = element("p", { class: "empty none" }, "Choose a thread.");
    this.#pane.append(
      element("div", { class: "inbox" }, element("div", { class: "inbox-list" }, element("h2", {}, "Inbox"), parts.empty, parts.list), parts.thread, parts.none),
    );
  }

  #row(person, chosen) {
    const latest = person.thread.messages.at(-1);
    const words = latest ? `${latest.from === "page" ? "You: " : ""}${summary(latest)}` : "";
    return { psid: person.psid, name: person.name, words, at: latest ? timeOf(latest.at) : "", unread: this.#isUnread(person), chosen };
  }

  #listItem({ psid, name, words, at, unread, chosen }) {
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: `thread-row${unread ? " unread" : ""}`, "aria-current": chosen ? "true" : undefined, onclick: () => this.#open(psid) },
        element("span", { class: "avatar", "aria-hidden": "true" }, name.charAt(0)),
        element(
          "span",
          { class: "thread-text" },
          element("span", { class: "thread-line" }, element("strong", {}, name), element("span", { class: "thread-at" }, at)),
          element("span", { class: "thread-words" }, words),
        ),
        unread && element("span", { class: "dot", role: "img", "aria-label": "unread" }),
      ),
    );
  }

  #open(psid) {
    this.#psid = psid;
    this.show(this.#state);
  }

  #showThread(person) {
    const parts = this.#parts;
    parts.thread.hidden = person === null;
    parts.none.hidden = person !== null;
    this.#pane.classList.toggle("has-thread", person !== null);
    if (person === null) return;
    const { thread } = person;
    this.#readUntil.set(person.psid, lastAt(person));
    parts.name.textContent = person.name;
    parts.window.textContent = windowWords(thread, this.#state.now);
    parts.window.classList.toggle("closed", this.#state.now > thread.standard_until);
    parts.control.textContent = thread.owner === "inbox" ? "Hand back" : "Take over";
    const views = threadViews(thread, (message) => message.from === "page", (message) => receipt(thread, message), senderOf);
    reconcile(parts.messages, views, ({ message }) => message.mid, (view) => messageItem(view, {}));
  }

  #switchControl() {
    const person = this.#state.people.find((candidate) => candidate.psid === this.#psid);
    return control(`inbox/${person.psid}/${person.thread.owner === "inbox" ? "pass" : "take"}`);
  }

  #isUnread(person) {
    const latest = person.thread.messages.findLast((message) => message.from === "person");
    return latest !== undefined && latest.at > (this.#readUntil.get(person.psid) ?? 0);
  }
}

function lastAt(person) {
  return person.thread.messages.at(-1)?.at ?? 0;
}

function senderOf(message) {
  return message.from === "page" ? (message.via === "app" ? "Sent by the app" : "Sent from the inbox") : null;
}

function receipt(thread, message) {
  if (message.at <= thread.person_read_at) return "Seen";
  return message.received_at ? "Delivered ✓" : "Sent";
}

function windowWords({ standard_until, human_agent_until, owner }, now) {
  const who = owner === "inbox" ? "Inbox in control" : "App in control";
  if (now <= standard_until) return `${who} · window open for ${duration(standard_until - now)}`;
  if (now <= human_agent_until) return `${who} · window closed, human agent for ${duration(human_agent_until - now)}`;
  return `${who} · window closed`;
}
