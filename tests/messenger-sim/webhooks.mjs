// Deliveries to the app: signed, in order, retried as Meta does, and spoilt on demand.
// Source: developers.facebook.com, "Webhooks: getting started" (answer 200 within 5 s; retried "immediately, then a few more
// times with decreasing frequency"; unsubscribed after an hour of failures).
import { asStandby, FIELDS } from "./event.mjs";
import { fetchOnce } from "./http.mjs";
import { escapedJson, hubSignature, legacyHubSignature } from "./signature.mjs";

/** Waits before the second, third, ... attempt. Meta does not publish its own; these add up to the documented hour. */
const RETRY_DELAYS_MS = [0, 5_000, 15_000, 60_000, 300_000, 900_000, 2_400_000];
const UNSUBSCRIBED_AFTER_MS = 3_600_000;
const LOG_LENGTH = 500;

export class Webhooks {
  #settings;
  #clock;
  #faults;
  #changed;
  #pageId;
  #secrets;
  #queue = [];
  #held = [];
  #serial = 0;
  #running = 0;
  #timer = null;
  #closing = new AbortController();
  failingSince = null;
  subscribedFields = [...FIELDS];
  log = [];

  /** `settings` is read at every delivery; `changed` is called whenever the log changed, with the entry. */
  constructor({ settings, clock, faults, secrets, pageId, changed }) {
    this.#settings = settings;
    this.#clock = clock;
    this.#faults = faults;
    this.#secrets = secrets;
    this.#pageId = pageId;
    this.#changed = changed;
  }

  get url() {
    return `${this.#settings.edge}/webhooks/messenger/${this.#settings.store}`;
  }

  /** Queues an event of `event.mjs`. Nothing is queued for a page whose app is not subscribed to the event's field. */
  enqueue({ field, item, mid, psid }, { standby = false } = {}) {
    const entry = { id: ++this.#serial, field, mid: mid ?? null, psid: psid ?? null, standby, state: "waiting", attempts: [] };
    this.log.push(entry);
    this.log.splice(0, this.log.length - LOG_LENGTH);
    if (!this.subscribedFields.includes(standby ? "standby" : field)) return this.#finish(entry, "not_subscribed");
    const spoilt = this.#faults.take(["drop_webhook", "drop_echo", "reorder"], entry);
    if (spoilt && spoilt.kind !== "reorder") return this.#finish(entry, "dropped");
    const job = { entry, item: standby ? asStandby(item) : item, dueAt: this.#clock.now(), tries: 0, inFlight: false };
    if (spoilt) return this.#hold(job, spoilt.hold_ms);
    this.#queue.push(job, ...this.#held.splice(0).map(({ job: late, timer }) => (clearTimeout(timer), late)));
    this.retryNow();
  }

  /** Makes everything that waits for its next attempt due at once, without using up one of its attempts. */
  retryNow() {
    for (const job of this.#queue) if (job.dueAt > this.#clock.now()) Object.assign(job, { dueAt: this.#clock.now(), hurried: true });
    this.#run();
  }

  /** To be called after the clock moved. */
  clockMoved() {
    this.#run();
  }

  /** Signs and posts bytes as they are, outside the queue; answers `{ status, body }`. */
  async deliverRaw(bytes, headers = {}) {
    const { status, body } = await this.#post(bytes, headers);
    return { status, body };
  }

  /** The GET handshake; answers `{ ok, status, body }`. */
  async handshake(verifyToken, challenge) {
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": verifyToken, "hub.challenge": challenge });
    const { status, body } = await fetchOnce(`${this.url}?${query}`, { timeoutMs: this.#settings.timeout_ms, signal: this.#closing.signal });
    return { ok: status === 200 && body === challenge, status, body };
  }

  waiting() {
    return this.#queue.length + this.#held.length;
  }

  clear() {
    this.#dropWaiting();
    this.log = [];
    this.failingSince = null;
    this.subscribedFields = [...FIELDS];
  }

  close() {
    this.#dropWaiting();
    this.#closing.abort();
  }

  #dropWaiting() {
    this.#queue = [];
    for (const { timer } of this.#held.splice(0)) clearTimeout(timer);
    clearTimeout(this.#timer);
  }

  #hold(job, holdMs) {
    const release = () => {
      this.#held = this.#held.filter((held) => held.job !== job);
      this.#queue.push(job);
      this.#run();
    };
    this.#held.push({ job, timer: setTimeout(release, holdMs) });
    job.entry.state = "held";
    this.#changed(job.entry);
  }

  /** Starts every delivery that is due and allowed: one at a time when in order, all at once otherwise. */
  #run() {
    clearTimeout(this.#timer);
    const now = this.#clock.now();
    while (this.#running === 0 || !this.#settings.ordered) {
      const head = this.#settings.ordered ? this.#queue.slice(0, 1) : this.#queue.filter((job) => !job.inFlight);
      const first = head.find((job) => job.dueAt <= now);
      if (!first) break;
      const batch = this.#batchFrom(first, now);
      for (const job of batch) job.inFlight = true;
      this.#running += 1;
      this.#deliver(batch).finally(() => {
        this.#running -= 1;
        this.#run();
      });
    }
    const next = Math.min(...this.#queue.filter((job) => !job.inFlight).map((job) => job.dueAt));
    if (this.#running === 0 && Number.isFinite(next)) this.#timer = setTimeout(() => this.#run(), Math.max(1, next - now));
  }

  #batchFrom(first, now) {
    const start = this.#queue.indexOf(first);
    const following = this.#queue.slice(start).filter((job) => !job.inFlight && job.dueAt <= now);
    return following.slice(0, Math.max(1, this.#settings.batch));
  }

  async #deliver(batch) {
    const bytes = Buffer.from(escapedJson(this.#body(batch)));
    const attempt = { at: this.#clock.now(), status: null, error: null };
    try {
      attempt.status = (await this.#post(bytes)).status;
    } catch (error) {
      attempt.error = error.message;
    }
    if (this.#closing.signal.aborted) return;
    for (const job of batch) this.#settle(job, attempt);
    if (attempt.status !== 200) return this.#noteFailure();
    this.failingSince = null;
    for (const { entry } of batch) {
      if (this.#faults.take(["duplicate"], entry)) {
        const again = await this.#post(bytes).catch((error) => ({ status: null, error }));
        entry.attempts.push({ at: this.#clock.now(), status: again.status, error: again.error?.message ?? null, duplicate: true });
        this.#changed(entry);
      }
    }
  }

  #settle(job, attempt) {
    const { entry } = job;
    entry.attempts.push(attempt);
    job.inFlight = false;
    if (attempt.status === 200) return this.#leave(job, "delivered");
    if (!job.hurried) job.tries += 1;
    job.hurried = false;
    const delayMs = RETRY_DELAYS_MS[job.tries - 1];
    if (delayMs === undefined) return this.#leave(job, "given_up");
    job.dueAt = this.#clock.now() + delayMs * this.#settings.retry_scale;
    entry.state = "retrying";
    this.#changed(entry);
  }

  #leave(job, state) {
    this.#queue = this.#queue.filter((other) => other !== job);
    this.#finish(job.entry, state);
  }

  #finish(entry, state) {
    entry.state = state;
    this.#changed(entry);
  }

  #noteFailure() {
    const now = this.#clock.now();
    this.failingSince ??= now;
    if (now - this.failingSince < UNSUBSCRIBED_AFTER_MS) return;
    this.subscribedFields = [];
    for (const job of [...this.#queue]) this.#leave(job, "not_subscribed");
  }

  #body(batch) {
    const items = (standby) => batch.filter((job) => job.entry.standby === standby).map((job) => job.item);
    const [messaging, standby] = [items(false), items(true)];
    const entry = {
      id: this.#pageId,
      time: this.#clock.now(),
      ...(messaging.length ? { messaging } : {}),
      ...(standby.length ? { standby } : {}),
    };
    return { object: "page", entry: [entry] };
  }

  #post(bytes, headers = {}) {
    const secret = this.#secrets[this.#settings.sign_with] ?? this.#secrets[0];
    const signed = {
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      accept: "*/*",
      "x-hub-signature": legacyHubSignature(secret, bytes),
      "x-hub-signature-256": hubSignature(secret, bytes),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(signed).filter(([, value]) => value !== null));
    return fetchOnce(this.url, {
      method: "POST",
      headers: sent,
      body: bytes,
      timeoutMs: this.#settings.timeout_ms,
      signal: this.#closing.signal,
    });
  }
}
