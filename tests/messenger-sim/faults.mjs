// Faults on demand. Each is armed with a count and is used up by the calls or deliveries it strikes.

/** Where a fault strikes, what it does, and its parameters with their defaults. */
export const FAULT_KINDS = {
  throttled: { at: "graph", says: "refuse with a rate limit", parameters: { status: 429, code: 613, subcode: null, retry_after_s: null } },
  server_error: { at: "graph", says: "answer 5xx and send nothing", parameters: { status: 503 } },
  graph_error: { at: "graph", says: "refuse with any code and subcode", parameters: { status: 400, code: 100, subcode: null, message: null } },
  sent_but_error: { at: "graph", says: "send, then answer 1/1357046", parameters: {} },
  slow: { at: "graph", says: "send, then answer late", parameters: { ms: 6000 } },
  hang_up_after_send: { at: "graph", says: "send, then cut the connection", parameters: {} },
  hang_up_before_send: { at: "graph", says: "cut the connection and send nothing", parameters: {} },
  drop_echo: { at: "webhook", says: "lose the echo", parameters: { field: "message_echoes" } },
  drop_webhook: { at: "webhook", says: "lose a webhook", parameters: {} },
  duplicate: { at: "webhook", says: "deliver a webhook twice", parameters: {} },
  reorder: { at: "webhook", says: "deliver a webhook after the next one", parameters: { hold_ms: 2000 } },
};

export class Faults {
  #armed = [];

  /** Arms `count` faults of a kind; `count: 0` disarms the kind. Optional filters: `psid`, `field` (webhooks), `request` (Graph). */
  arm({ kind, count = 1, ...given }) {
    const known = FAULT_KINDS[kind];
    if (!known) throw new RangeError(`unknown fault ${JSON.stringify(kind)}; known: ${Object.keys(FAULT_KINDS).join(", ")}`);
    if (!Number.isInteger(count) || count < 0) throw new RangeError("count must be a whole number, 0 or more");
    if (count === 0) this.#armed = this.#armed.filter((fault) => fault.kind !== kind);
    else this.#armed.push({ ...known.parameters, ...given, kind, at: known.at, remaining: count });
  }

  /** Uses up the first armed fault of one of `kinds` that matches `subject`, or answers null. */
  take(kinds, subject) {
    const fault = this.#armed.find((candidate) => kinds.includes(candidate.kind) && strikes(candidate, subject));
    if (!fault) return null;
    fault.remaining -= 1;
    this.#armed = this.#armed.filter((candidate) => candidate.remaining > 0);
    return fault;
  }

  list() {
    return this.#armed.map((fault) => ({ ...fault }));
  }

  clear() {
    this.#armed = [];
  }
}

/** Faults of the Graph API spare sender actions unless asked for: a typing bubble must not use up a test's fault. */
function strikes(fault, subject) {
  const request = fault.request ?? "message";
  return (
    (fault.psid === undefined || fault.psid === subject.psid) &&
    (fault.at !== "webhook" || fault.field === undefined || fault.field === subject.field) &&
    (fault.at !== "graph" || request === "any" || request === subject.request)
  );
}
