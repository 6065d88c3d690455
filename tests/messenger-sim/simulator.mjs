// One simulated page: its people, threads, deliveries, faults and clock, and the revision that long polls wait on.
import { randomBytes, randomInt } from "node:crypto";
import { Clock } from "./clock.mjs";
import { pageEvents } from "./event.mjs";
import { Faults } from "./faults.mjs";
import { findMessage, owner, personView, Threads } from "./thread.mjs";
import { Webhooks } from "./webhooks.mjs";

const CALLS_LENGTH = 1000;

/** Everything that can be set when a simulator starts; durations in milliseconds. */
export const DEFAULTS = {
  edge: "http://localhost:8787",
  store: "demo",
  appSecret: "",
  verifyToken: "",
  pageToken: "",
  pageId: "104400000000001",
  pageName: "harbourcoffee",
  pageTitle: "Harbour Coffee",
  appId: "900100200300",
  inboxAppId: "263902037430900",
  requireProof: true,
  humanAgentGranted: true,
  utilityTemplates: [],
  autoDelivery: true,
  ordered: true,
  batch: 1,
  retryScale: 1,
  timeoutMs: 5000,
  wallMs: Date.now,
  people: ["Shopper", "Staff"],
};

export class Simulator {
  #initialSettings;
  #waiters = new Set();
  revision = 1;
  closed = false;
  calls = [];
  #callCount = 0;

  constructor(options = {}) {
    const config = { ...DEFAULTS, ...options };
    this.config = config;
    this.secrets = config.appSecret.split(",").map((secret) => secret.trim()).filter(Boolean);
    if (this.secrets.length === 0) throw new RangeError("no app secret: set MESSENGER_APP_SECRET");
    if (!config.pageToken) throw new RangeError("no page token: set MESSENGER_PAGE_TOKEN");
    this.#initialSettings = {
      edge: config.edge.replace(/\/+$/, ""),
      store: config.store,
      ordered: config.ordered,
      batch: config.batch,
      retry_scale: config.retryScale,
      timeout_ms: config.timeoutMs,
      sign_with: 0,
      require_proof: config.requireProof,
      human_agent_granted: config.humanAgentGranted,
      auto_delivery: config.autoDelivery,
      inbox_takes_control: false,
      utility_templates: config.utilityTemplates,
    };
    this.settings = { ...this.#initialSettings };
    this.clock = new Clock(config.wallMs);
    this.faults = new Faults();
    this.threads = new Threads();
    this.events = pageEvents(config);
    this.webhooks = new Webhooks({
      settings: this.settings,
      clock: this.clock,
      faults: this.faults,
      secrets: this.secrets,
      pageId: config.pageId,
      changed: (entry) => this.#deliveryChanged(entry),
    });
    this.reset();
  }

  /** Back to the state of a fresh start; deliveries and long polls under way are dropped. */
  reset() {
    Object.assign(this.settings, this.#initialSettings);
    this.clock.reset();
    this.faults.clear();
    this.threads.clear();
    this.webhooks.clear();
    this.calls = [];
    this.#callCount = 0;
    this.page = { restricted: false, profile: { get_started: { payload: "GET_STARTED" } } };
    for (const name of this.config.people) this.addPerson({ name });
    this.changed();
  }

  /** What outlives a restart: people, threads, the clock's offset, the page's standing. */
  snapshot() {
    const people = this.threads.list();
    return { people, page: this.page, clock_offset_ms: this.clock.offsetMs, subscribed_fields: this.webhooks.subscribedFields };
  }

  restore({ people, page, clock_offset_ms, subscribed_fields }) {
    this.threads.restore(people);
    this.page = page;
    this.clock.offsetMs = clock_offset_ms;
    this.webhooks.subscribedFields = subscribed_fields;
    this.changed();
  }

  close() {
    this.closed = true;
    this.webhooks.close();
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Page-scoped and app-scoped ids are random: a restarted simulator must not speak for people of an earlier one. */
  addPerson({ name, psid = randomDigits(17), asid = randomDigits(16) }) {
    return this.threads.addPerson({ name, psid, asid });
  }

  /** Changes settings by their names in `settings`; unknown names and wrong types are refused. */
  configure(change) {
    for (const [name, value] of Object.entries(change)) {
      if (!Object.hasOwn(this.settings, name)) throw new RangeError(`unknown setting ${name}`);
      if (typeof value !== typeof this.settings[name]) throw new RangeError(`${name} must be a ${typeof this.settings[name]}`);
      this.settings[name] = value;
    }
    this.changed();
  }

  advance(advanceMs) {
    this.clock.advance(advanceMs);
    this.webhooks.clockMoved();
    this.changed();
  }

  newMid() {
    return `m_${randomBytes(36).toString("base64url")}`;
  }

  /** Queues an event about a thread, on standby when another app owns it. Control changes always reach the app. */
  tell(person, event) {
    const standby = owner(person.thread, this.clock.now()) !== "app" && event.field !== "messaging_handovers";
    this.webhooks.enqueue({ ...event, psid: person.psid }, { standby });
    this.changed();
  }

  recordCall(call) {
    this.calls.push({ number: ++this.#callCount, ...call });
    this.calls.splice(0, this.calls.length - CALLS_LENGTH);
    this.changed();
  }

  changed() {
    this.revision += 1;
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Resolves when the revision is past `after`, when `timeoutMs` have passed, or when the simulator closes. */
  async waitPast(after, timeoutMs) {
    if (this.revision > after || this.closed) return;
    await new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve();
      };
      const timer = Number.isFinite(timeoutMs) ? setTimeout(done, timeoutMs) : undefined;
      this.#waiters.add(done);
    });
  }

  /** Everything a test or the page may look at. No secrets. */
  get state() {
    const now = this.clock.now();
    const { pageId, pageName, pageTitle, appId, inboxAppId } = this.config;
    return {
      revision: this.revision,
      now,
      clock_offset_ms: this.clock.offsetMs,
      page: { id: pageId, name: pageName, title: pageTitle, app_id: appId, inbox_app_id: inboxAppId, ...this.page },
      settings: { ...this.settings },
      subscribed_fields: [...this.webhooks.subscribedFields],
      people: this.threads.list().map((person) => personView(person, now)),
      faults: this.faults.list(),
      webhooks: { waiting: this.webhooks.waiting(), failing_since: this.webhooks.failingSince, log: this.webhooks.log },
      calls: this.calls,
    };
  }

  #deliveryChanged(entry) {
    if (entry.state === "delivered" && entry.mid && entry.psid) {
      const message = findMessage(this.threads.person(entry.psid)?.thread ?? { messages: [] }, entry.mid);
      if (message?.from === "person") message.received_at ??= this.clock.now();
    }
    this.changed();
  }
}

function randomDigits(length) {
  return Array.from({ length }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join("");
}
