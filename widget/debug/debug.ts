// The merchant's debug panel: what the sensors see, how it adds up, and why each rule spoke or did not. Only with
// `data-debug` on the script tag; nothing in it is for shoppers.
import css from "debug.css";
import { interests, limitWords, outcomes, plain, type Look, type Settings } from "./look";
import { named, type Told } from "./named";

const REFRESH_MS = 500;
const MOST_SIGNALS = 14;
/** On less it would hide the page: it waits to be opened. */
const ROOMY_PX = 700;
/** Beyond this nobody counts the days. */
const FOR_EVER_DAYS = 36_500;

interface Request {
  root: ShadowRoot;
  settings: Settings;
  look(): Told;
}

type Part = Node | string;

function make(tag: string, attributes: Record<string, string>, ...inside: Part[]): HTMLElement {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...inside);
  return element;
}

/** Draws the panel into `root`, and keeps it up to date while it is open. */
export function start({ root, settings, look }: Request): { remove(): void } {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const isLeft = root.host.getBoundingClientRect().left < innerWidth / 2;

  const parts = ["Verdicts", "Rules", "Limits", "Signals"].map((title) => ({ title, body: make("div", {}), text: "" }));
  const whole = make("details", { class: `debug${isLeft ? " right" : ""}`, ...(innerWidth > ROOMY_PX ? { open: "" } : {}), lang: "en", dir: "ltr" },
    make("summary", {}, "Openline debug"),
    make("div", { class: "all", tabindex: "0", role: "region", "aria-label": "Openline debug" },
      ...parts.map(({ title, body }) => make("section", { "aria-label": title }, make("h3", {}, title), body)))) as HTMLDetailsElement;

  const draw = () => {
    if (!whole.open || document.hidden) return;
    const seen = named(look(), settings);
    const now = Date.now();
    for (const [at, drawn] of [verdicts(seen), rules(seen, settings), limits(seen, settings, now), signals(seen)].entries()) {
      const part = parts[at]!;
      const text = drawn.map((node) => node.textContent).join("\n");
      // What has not changed is left alone: somebody may be reading, or copying it.
      if (text !== part.text) part.body.replaceChildren(...drawn);
      part.text = text;
    }
  };
  whole.addEventListener("toggle", draw);
  const timer = setInterval(draw, REFRESH_MS);
  root.append(whole);
  draw();
  return {
    remove() {
      clearInterval(timer);
      whole.remove();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}

function verdicts({ triggers = [], version }: Look): HTMLElement[] {
  const list = triggers.map(({ trigger, score, threshold, reasons, points }) => {
    const fired = score >= threshold;
    const meter = make("meter", {
      min: "0", max: `${threshold}`, value: `${Math.max(0, Math.min(score, threshold))}`, "aria-label": `${plain(trigger)}: ${score} of ${threshold}`,
    });
    const sums = reasons.map((reason, at) => make("li", {}, make("b", {}, signed(points[at] ?? 0)), plain(reason)));
    return make("div", { class: fired ? "verdict fired" : "verdict" },
      make("p", {}, make("strong", {}, plain(trigger)), make("span", {}, `${score} of ${threshold}`)), meter,
      ...(sums.length ? [make("ul", {}, ...sums)] : []));
  });
  return [...list, note(`Points of table ${version ?? "?"}; the reasons of a score sum to it.`)];
}

function rules({ rules: known = [] }: Look, settings: Settings): HTMLElement[] {
  if (known.length === 0) return [note("The store has no rules that are on.")];
  return known.map(({ rule, trigger, at, outcome }) => {
    const perWeek = settings.rules?.find(({ id }) => id === rule)?.limits?.per_week;
    const said = outcome ? `${outcomes[outcome] ?? plain(outcome)}${at ? `, at ${clock(at)}` : ""}` : "its trigger has not fired";
    return make("div", { class: outcome === "spoke" ? "rule spoke" : outcome ? "rule silent" : "rule" },
      make("p", {}, make("strong", {}, rule), make("span", {}, `${plain(trigger)}${perWeek ? `, ${perWeek} a week` : ""}`)), make("p", {}, said));
  });
}

function limits(seen: Look, settings: Settings, now: number): HTMLElement[] {
  const { granted, own, ...tools } = seen.consent;
  const said = [...(own === undefined ? [] : [["openline.consent()", own] as const]), ...Object.entries(tools)];
  const off = Object.entries(seen.detectors ?? {}).filter(([, on]) => !on).map(([name]) => plain(name));
  const facts: [string, string][] = [
    ["Silence", silence(seen.quiet_until ?? 0, now)],
    ["Consent", `${granted ? "given: this tab's next page remembers" : "not given: nothing is kept"}${
      said.length ? ` (${said.map(([tool, says]) => `${tool} ${says === undefined ? "says nothing" : says ? "yes" : "no"}`).join(", ")})` : ""}`],
    ["Purchase gate", settings.moments?.purchase_gate === false ? "switched off" : interests[seen.interest ?? ""] ?? seen.interest ?? "?"],
    ["Cart", `${seen.cart_items ?? 0} pieces`],
    ["Language", seen.language ?? "?"],
    ["Switched off", off.length ? off.join(", ") : "no detector"],
    ...Object.entries(settings.moments?.limits ?? {}).map(([name, value]): [string, string] => limitOf(name, value)),
  ];
  return [make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))];
}

function limitOf(name: string, value: number): [string, string] {
  const [label, unit] = limitWords[name] ?? [plain(name), ""];
  return [label, `${value} ${unit}`];
}

function signals({ signals: heard = [] }: Look): HTMLElement[] {
  const last = heard.slice(-MOST_SIGNALS).reverse();
  if (last.length === 0) return [note("Nothing yet.")];
  return [make("ol", {}, ...last.map(({ at, signal }) => make("li", {}, make("span", {}, clock(at)), plain(signal)))), note("Kinds only. They stay on this page.")];
}

function silence(until: number, now: number): string {
  const days = (until - now) / 864e5;
  if (days <= 0) return "none";
  if (days > FOR_EVER_DAYS) return "for ever";
  return days >= 1 ? `${Math.ceil(days)} more days` : `${Math.ceil(days * 1_440)} more minutes`;
}

/** Rather than how long ago: what is read should not change under the eyes. */
const clock = (at: number) => new Date(at).toTimeString().slice(0, 8);
const signed = (points: number) => (points > 0 ? `+${points}` : `\u2212${-points}`);
const note = (text: string) => make("p", { class: "note" }, text);
