// The drawer: faults, the clock, the page's standing at Meta, and the traffic in both directions.
import { control, faultKinds } from "./api.mjs";
import { button, element, icon, reconcile, timeOf } from "./dom.mjs";

const HOUR_MS = 3_600_000;
const TRAFFIC_LENGTH = 40;

export class Drawer {
  #node;
  #toggle;
  #state;
  #parts = {};

  constructor({ node, toggle }) {
    this.#node = node;
    this.#toggle = toggle;
    toggle.addEventListener("click", () => this.#open(node.hidden));
    node.addEventListener("keydown", (event) => event.key === "Escape" && this.#open(false));
    this.#build();
  }

  show(state) {
    this.#state = state;
    if (this.#node.hidden) return;
    const parts = this.#parts;
    const left = Object.fromEntries(state.faults.map((fault) => [fault.kind, 0]));
    for (const { kind, remaining } of state.faults) left[kind] += remaining;
    for (const [kind, badge] of Object.entries(parts.badges ?? {})) {
      badge.textContent = left[kind] ? `${left[kind]} armed` : "";
    }
    parts.subscribed.checked = state.subscribed_fields.length > 0;
    parts.restricted.checked = state.page.restricted;
    parts.ordered.checked = state.settings.ordered;
    parts.takesControl.checked = state.settings.inbox_takes_control;
    if (document.activeElement !== parts.batch) parts.batch.value = state.settings.batch;
    parts.offset.textContent = state.clock_offset_ms ? `${Math.round(state.clock_offset_ms / HOUR_MS)} h ahead` : "The machine's time";
    reconcile(parts.webhooks, state.webhooks.log.slice(-TRAFFIC_LENGTH).reverse(), ({ id }) => `${id}`, webhookRow);
    reconcile(parts.calls, state.calls.slice(-TRAFFIC_LENGTH).reverse(), ({ number }) => `${number}`, callRow);
  }

  #open(open) {
    this.#node.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    if (open && this.#state) this.show(this.#state);
    if (!open) this.#toggle.focus();
  }

  async #build() {
    const parts = this.#parts;
    const setting = (name) => (event) => control("settings", { [name]: event.target.checked });
    parts.subscribed = checkbox((event) => control("subscription", event.target.checked ? {} : { fields: [] }));
    parts.restricted = checkbox((event) => control("policy", { action: event.target.checked ? "block" : "unblock", reason: "Simulated" }));
    parts.ordered = checkbox(setting("ordered"));
    parts.takesControl = checkbox(setting("inbox_takes_control"));
    parts.batch = element("input", { type: "number", min: 1, max: 100, onchange: (event) => control("settings", { batch: Math.max(1, Number(event.target.value)) }) });
    parts.offset = element("p", { class: "offset" });
    parts.webhooks = element("ol", { class: "traffic", "aria-label": "Webhooks" });
    parts.calls = element("ol", { class: "traffic", "aria-label": "Graph calls" });
    const faults = element("ul", { class: "faults" });
    const advance = (label, ms) => button(label, () => control("clock", { advance_ms: ms }), { class: "plain" });
    this.#node.append(
      element("header", {}, element("h2", {}, "Faults and traffic"), button(icon("close"), () => this.#open(false), { "aria-label": "Close the drawer", class: "round" })),
      section("Faults", faults, button("Disarm all", () => control("faults", { kind: "none" }), { class: "plain" })),
      section("Clock", parts.offset, element("div", { class: "row" }, advance("+1 hour", HOUR_MS), advance("+24 hours", 24 * HOUR_MS), advance("+7 days", 168 * HOUR_MS))),
      section(
        "The page at Meta",
        labelled(parts.subscribed, "The app is subscribed to the page"),
        labelled(parts.restricted, "The page is restricted from sending"),
        labelled(parts.takesControl, "A reply in the inbox takes the thread from the app"),
        labelled(parts.ordered, "Webhooks arrive in order"),
        element("label", {}, "Events per webhook, at most ", parts.batch),
        element(
          "div",
          { class: "row" },
          button("Verify the webhook", async () => (parts.verified.textContent = verdict(await control("handshake"))), { class: "plain" }),
          button("Retry now", () => control("retry"), { class: "plain" }),
          button("Forget everything", () => control("reset"), { class: "plain danger" }),
        ),
        (parts.verified = element("p", { role: "status" })),
      ),
      section("Webhooks to the edge", parts.webhooks),
      section("Calls from the edge", parts.calls),
    );
    const kinds = await faultKinds();
    parts.badges = {};
    for (const [kind, { says, parameters }] of Object.entries(kinds)) faults.append(this.#faultRow(kind, says, parameters));
    if (this.#state) this.show(this.#state);
  }

  #faultRow(kind, says, parameters) {
    const count = element("input", { type: "number", min: 1, max: 99, value: 1, "aria-label": `How often: ${says}` });
    const ms = kind === "slow" ? element("input", { type: "number", min: 1, value: parameters.ms, "aria-label": "Milliseconds" }) : null;
    const arm = () => control("faults", { kind, count: Number(count.value), ...(ms ? { ms: Number(ms.value) } : {}) });
    const badge = element("span", { class: "badge" });
    this.#parts.badges[kind] = badge;
    return element("li", {}, element("span", { class: "fault-says" }, says), badge, ms, count, button("Arm", arm, { class: "plain", "aria-label": `Arm: ${says}` }));
  }
}

function section(title, ...children) {
  return element("section", {}, element("h3", {}, title), ...children);
}

function checkbox(onchange) {
  return element("input", { type: "checkbox", onchange });
}

function labelled(input, words) {
  return element("label", {}, input, ` ${words}`);
}

function verdict(answer) {
  if (answer === null) return "The edge did not answer.";
  return answer.ok ? "The edge answered the challenge." : `The edge answered ${answer.status}.`;
}

function webhookRow({ field, state, standby, attempts }) {
  const last = attempts.at(-1);
  const outcome = last ? (last.status ?? last.error) : "";
  return element(
    "li",
    { class: state },
    element("span", {}, standby ? `${field} (standby)` : field),
    element("span", { class: "outcome" }, `${state.replace("_", " ")} ${outcome}${attempts.length > 1 ? ` · ${attempts.length} attempts` : ""}`),
  );
}

function callRow({ at, method, path, status, fault, body, response }) {
  return element(
    "li",
    { class: status === 200 ? "delivered" : "given_up" },
    element(
      "details",
      {},
      element("summary", {}, element("span", {}, `${timeOf(at)} ${method} ${path}`), element("span", { class: "outcome" }, `${status ?? "cut"}${fault ? ` · ${fault}` : ""}`)),
      element("pre", {}, JSON.stringify({ body, response }, null, 2)),
    ),
  );
}
