// A person's phone: the thread with the page, its quick replies, and the settings of that phone.
import { control, notify } from "./api.mjs";
import { Composer } from "./composer.mjs";
import { button, element, icon, keepAtEnd, reconcile, timeOf } from "./dom.mjs";
import { messageItem } from "./message.mjs";

const LIKE = { type: "sticker", payload: { sticker_id: "369239263222822", url: `${location.origin}/like.svg` } };
const PHOTO = { type: "image", payload: { url: `${location.origin}/photo.svg` } };
const LONG_PRESS_MS = 450;
const TREMBLE_PX = 10;

export class Phone {
  #role;
  #pane;
  #state;
  #psid;
  #readAt = 0;
  #parts = {};

  /** `role` is `shopper` or `staff`, `defaultIndex` the person shown until another is chosen. */
  constructor({ role, pane, defaultIndex }) {
    this.#role = role;
    this.#pane = pane;
    this.defaultIndex = defaultIndex;
    this.#psid = sessionStorage.getItem(`phone-${role}`);
    this.#build();
  }

  /** The person whose phone this is. */
  get person() {
    const { people } = this.#state;
    return people.find((person) => person.psid === this.#psid) ?? people[Math.min(this.defaultIndex, people.length - 1)];
  }

  show(state) {
    this.#state = state;
    const { person } = this;
    if (!person) return;
    this.#showPeople(state.people, person);
    this.#showSettings(person);
    this.#showThread(state, person);
  }

  /** Opens an m.me link on this phone, as a tap on it would. */
  async openLink({ ref, text }) {
    const answer = await this.#act("tap", ref === null ? {} : { ref });
    if (text) this.#parts.composer.fill(text);
    if (answer?.sent === "referral") notify("The link's reference was sent to the page.");
    else if (answer?.started) notify("This phone dropped the link's reference.");
    this.#parts.composer.focus();
  }

  /** Tells the page that everything visible was read. */
  markRead(visible) {
    const { thread } = this.person;
    const latest = thread.messages.findLast((message) => message.from === "page");
    if (!visible || !latest || latest.at <= Math.max(thread.person_read_at, this.#readAt)) return;
    this.#readAt = latest.at;
    this.#act("read");
  }

  unread() {
    const { thread } = this.person;
    return thread.messages.some((message) => message.from === "page" && message.at > thread.person_read_at);
  }

  #act(name, given = {}) {
    return control(`shopper/${this.person.psid}/${name}`, given);
  }

  #build() {
    const parts = this.#parts;
    const role = this.#role;
    parts.people = element("select", { "aria-label": `Person on the ${role} phone`, onchange: (event) => this.#choose(event.target.value) });
    parts.dropsRef = element("input", { type: "checkbox", onchange: (event) => this.#act("phone", { drops_ref: event.target.checked }) });
    parts.availability = element(
      "select",
      { "aria-label": "What the page may send", onchange: (event) => this.#setAvailability(event.target.value) },
      element("option", { value: "available" }, "Hears from the page"),
      element("option", { value: "stopped" }, "Stopped notifications"),
      element("option", { value: "blocked" }, "Blocked the page"),
    );
    parts.link = element("input", { type: "url", "aria-label": "m.me link", placeholder: "Paste an m.me link" });
    parts.title = element("strong");
    parts.clock = element("span");
    parts.presence = element("span", { class: "presence" });
    parts.messages = element("ol", { class: "messages", role: "log", "aria-label": "Thread" });
    parts.typing = element("p", { class: "typing", "aria-label": "The page is typing", hidden: true }, element("i"), element("i"), element("i"));
    parts.quickReplies = element("div", { class: "quick-replies", role: "group", "aria-label": "Quick replies" });
    parts.welcome = this.#welcome();
    parts.scroller = element("div", { class: "scroller" }, parts.welcome, parts.messages, parts.typing);
    parts.composer = new Composer({
      label: `Message as ${role}`,
      sendLabel: `Send as ${role}`,
      send: (text, purpose) => this.#send(text, purpose),
      extras: [
        button(icon("photo"), () => this.#attach(PHOTO), { "aria-label": "Photo", class: "round" }),
        button(icon("like"), () => this.#attach(LIKE), { "aria-label": "Like", class: "round" }),
      ],
    });
    holdToOpenActions(parts.messages);
    parts.toEnd = keepAtEnd(parts.scroller);
    this.#pane.append(
      element("div", { class: "pane-tools" }, parts.people, button("New phone", () => this.#addPerson(), { class: "plain" }), this.#menu()),
      element(
        "div",
        { class: "phone" },
        element("div", { class: "phone-status", "aria-hidden": "true" }, parts.clock, element("span", {}, "5G")),
        element("header", { class: "phone-head" }, element("span", { class: "avatar page-avatar", "aria-hidden": "true" }), element("span", { class: "phone-title" }, parts.title, parts.presence)),
        parts.scroller,
        parts.quickReplies,
        parts.composer.node,
      ),
    );
  }

  #welcome() {
    this.#parts.getStarted = button("Get Started", () => this.#act("get-started"), { class: "get-started" });
    this.#parts.pageTitle = element("h2");
    this.#parts.linkNote = element("p", { class: "link-note" });
    return element(
      "div",
      { class: "welcome" },
      element("span", { class: "avatar page-avatar large", "aria-hidden": "true" }),
      this.#parts.pageTitle,
      element("p", {}, "Typically replies instantly"),
      this.#parts.linkNote,
      this.#parts.getStarted,
    );
  }

  #menu() {
    const openPasted = (event) => {
      event.preventDefault();
      const url = this.#parts.link.value;
      if (!URL.canParse(url)) return notify("That is not a link.");
      const query = new URL(url).searchParams;
      this.#parts.link.value = "";
      this.openLink({ ref: query.get("ref"), text: query.get("text") });
    };
    return element(
      "details",
      { class: "menu" },
      element("summary", {}, "Phone settings"),
      element(
        "div",
        { class: "menu-body" },
        element("label", {}, this.#parts.dropsRef, " This phone drops the reference of m.me links"),
        this.#parts.availability,
        element("form", { class: "menu-link", onsubmit: openPasted }, this.#parts.link, element("button", { type: "submit", class: "plain" }, "Open")),
      ),
    );
  }

  #showPeople(people, person) {
    const parts = this.#parts;
    reconcile(parts.people, people.map(({ psid, name }) => ({ psid, name })), ({ psid }) => psid, ({ psid, name }) => element("option", { value: psid }, name));
    parts.people.value = person.psid;
  }

  #showSettings(person) {
    this.#parts.dropsRef.checked = person.drops_ref;
    this.#parts.availability.value = person.availability;
  }

  #showThread(state, person) {
    const parts = this.#parts;
    const { thread } = person;
    parts.title.textContent = state.page.title;
    parts.pageTitle.textContent = state.page.title;
    parts.clock.textContent = timeOf(state.now);
    parts.presence.textContent = person.availability === "blocked" ? "You blocked this page" : "Active now";
    parts.welcome.classList.toggle("started", thread.started);
    parts.getStarted.hidden = thread.started;
    parts.linkNote.textContent = thread.pending_ref ? "Opened from a link: tap Get Started to go on." : "";
    const views = threadViews(thread, (message) => message.from === "person", (message) => receipt(thread, message));
    reconcile(parts.messages, views, ({ message }) => message.mid, (view) => messageItem(view, this.#messageActs()));
    parts.typing.hidden = !thread.typing;
    this.#showQuickReplies(thread.messages.at(-1));
  }

  #showQuickReplies(latest) {
    const replies = latest?.from === "page" && !latest.deleted ? (latest.quick_replies ?? []) : [];
    const items = replies.map((reply, index) => ({ ...reply, key: `${latest.mid}-${index}` }));
    reconcile(this.#parts.quickReplies, items, ({ key }) => key, (reply) => this.#quickReply(reply));
  }

  #quickReply({ content_type, title, payload }) {
    const known = { user_email: "shopper@example.com", user_phone_number: "+1 555 0100" }[content_type];
    const words = known ?? title;
    return button(words, () => this.#act("message", { text: words, quick_reply: { payload: known ?? payload } }));
  }

  #messageActs() {
    return {
      postback: ({ title, payload }) => this.#act("postback", { title, payload }),
      reply: (message) => this.#parts.composer.begin({ kind: "reply", message }),
      react: (message) => this.#act("react", message.reactions.person ? { mid: message.mid } : { mid: message.mid, emoji: "❤" }),
      edit: (message) => this.#parts.composer.begin({ kind: "edit", message }),
      unsend: (message) => this.#act("unsend", { mid: message.mid }),
    };
  }

  #send(text, purpose) {
    this.#parts.toEnd();
    if (purpose?.kind === "edit") return this.#act("edit", { mid: purpose.message.mid, text });
    return this.#act("message", { text, ...(purpose ? { reply_to: { mid: purpose.message.mid } } : {}) });
  }

  #attach(attachment) {
    this.#parts.toEnd();
    return this.#act("message", { attachments: [attachment] });
  }

  #setAvailability(wanted) {
    if (wanted === "available") return this.#act("resume");
    return this.#act("stop", { how: wanted === "blocked" ? "block" : "notifications" });
  }

  #choose(psid) {
    this.#psid = psid;
    sessionStorage.setItem(`phone-${this.#role}`, psid);
    this.show(this.#state);
  }

  async #addPerson() {
    const name = `${this.#role === "staff" ? "Staff" : "Shopper"} ${this.#state.people.length + 1}`;
    const person = await control("people", { name });
    if (person) this.#psid = person.psid;
    sessionStorage.setItem(`phone-${this.#role}`, this.#psid);
  }
}

/** What each message of a thread looks like from one side. The receipt stands under that side's last message. */
export function threadViews(thread, isOwn, receiptOf, senderOf = () => null) {
  const last = thread.messages.findLast(isOwn);
  return thread.messages.map((message) => ({
    message,
    quoted: message.reply_to ? (thread.messages.find((other) => other.mid === message.reply_to.mid) ?? null) : null,
    own: isOwn(message),
    sender: senderOf(message),
    receipt: message === last ? receiptOf(message) : null,
  }));
}

function receipt(thread, message) {
  if (message.at <= thread.page_seen_at) return "Seen";
  return message.received_at ? "Delivered ✓" : "Sent";
}

/** On a touch screen the actions of a message open when it is held. */
function holdToOpenActions(list) {
  let timer;
  let start;
  const stop = () => clearTimeout(timer);
  list.addEventListener("pointerdown", (event) => {
    const held = event.target.closest(".message");
    for (const open of list.querySelectorAll(".message.held")) if (open !== held) open.classList.remove("held");
    stop();
    start = event;
    if (event.pointerType !== "mouse") timer = setTimeout(() => held?.classList.add("held"), LONG_PRESS_MS);
  });
  list.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > TREMBLE_PX) stop();
  });
  for (const name of ["pointerup", "pointercancel"]) list.addEventListener(name, stop);
}
