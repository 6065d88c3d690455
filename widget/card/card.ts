// The card: a word beside the launcher that nobody asked for, and that is as easy to be rid of as to answer.
import css from "card.css";
import { comparison } from "./comparison";
import { button, make } from "./elements";
import { isEscape, isFree } from "./escape";
import { activate, sizeGuide } from "./guide";
import type { Decline, Host, Request } from "./moment";
import { hidesFocus, isUnder } from "./place";
import { still } from "./still";

/** Nothing is hit by accident that appeared under a hand: no click gets it for so long. */
const INERT_MS = 500;
const LOOK_AGAIN_MS = 250;
const MOST_REPLIES = 4;

export interface Card {
  theme(name: string): void;
  remove(): void;
}

/** Shows the card as soon as it is in nobody's way, and calls `host.shown` then; or `host.gone`, if its moment is over before. */
export function show(request: Request, host: Host): Card {
  const { root, store, rule, moment, words, tag, language, pointer } = request;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css + placing(root.host));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const card = make("div", { class: isPhone() ? "card phone new" : "card new", role: "status", "aria-label": store, lang: language, dir: "ltr" });
  const theme = (name?: string) => card.setAttribute("data-theme", name ?? "");
  theme(request.theme);

  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cameFrom: Element | null = null;
  let awake = false;
  let looks: ReturnType<typeof setInterval> | undefined;
  const { mayCome, mayStay } = still(moment, request.since, request.seen);

  const remove = () => {
    clearTimeout(timer);
    clearInterval(looks);
    stop.abort();
    const hadFocus = card.contains(root.activeElement);
    card.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    if (hadFocus) (cameFrom as HTMLElement | null)?.focus?.({ preventScroll: true });
  };
  const act = (run: () => void) => () => {
    if (!awake) return;
    remove();
    run();
  };
  const decline = (how: Decline) => act(() => host.decline(how));

  const close = button("close", "", decline("closed"), { "aria-label": words.close, title: words.close });
  const text = isPhone() ? oneLine(rule.text, card) : make("p", { class: "text", dir: "auto" }, rule.text);
  const why = make("div", { class: "reasons", hidden: "" },
    make("p", {}, words.because),
    make("ul", {}, ...told(request).map((reason) => make("li", {}, reason))),
    make("p", {}, words.judged_here),
    button("never", words.never, decline("never")));
  const ask = button("why", words.why, () => {
    why.hidden = !why.hidden;
    ask.setAttribute("aria-expanded", `${!why.hidden}`);
  }, { "aria-expanded": "false" });
  const acts = make("div", { class: "acts" },
    button("main", words.reply, act(() => host.answer())),
    button("other", words.not_now, decline("not_now")),
    ask);

  const more: HTMLElement[] = [];
  if (moment.topic === "products") {
    const table = comparison(moment.products, words, tag);
    if (table) more.push(table);
  }
  const guide = moment.topic === "size" ? sizeGuide() : undefined;
  if (guide) more.push(button("chip guide", words.size_guide, act(() => { host.helped(); activate(guide); })));
  for (const reply of (rule.quick_replies ?? []).slice(0, MOST_REPLIES)) {
    more.push(button("chip", reply, act(() => host.answer(reply)), { dir: "auto" }));
  }

  const name = make("p", { class: "from" }, make("span", { class: "mark", "aria-hidden": "true" }, [...store][0] ?? ""), make("bdi", {}, store));
  const box = make("div", { class: "box" }, name, close, text, ...(more.length ? [make("div", { class: "more" }, ...more)] : []), acts, why);

  /** Not where the pointer is, nor over what has the focus: in the other place, or later. */
  const settle = () => {
    if (!mayCome()) return host.gone();
    for (const other of [false, true]) {
      card.classList.toggle("elsewhere", other);
      const place = box.getBoundingClientRect();
      if (!isUnder(place, pointer, performance.now()) && !hidesFocus(place)) return appear();
    }
    timer = setTimeout(settle, LOOK_AGAIN_MS);
  };
  const appear = () => {
    card.classList.add("seen");
    host.shown();
    looks = setInterval(() => { if (!mayStay()) host.gone(); }, LOOK_AGAIN_MS);
    // From when it is on the screen: a page that is busy shows it later than it has it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      timer = setTimeout(() => {
        awake = true;
        card.classList.remove("new");
      }, INERT_MS);
    }));
  };

  card.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget instanceof Element && !card.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  card.addEventListener("keydown", (event) => {
    if (!isEscape(event)) return;
    event.preventDefault();
    event.stopPropagation();
    decline("closed")();
  });
  // Last of all: whatever the page does with Escape comes first.
  addEventListener("keydown", (event) => {
    if (card.classList.contains("seen") && isEscape(event) && isFree(event)) decline("closed")();
  }, { signal: stop.signal });

  // A live region speaks of what comes into it.
  root.append(card);
  timer = setTimeout(() => {
    card.append(box);
    // Something is behind the line: the rest of it, or what is under it.
    card.classList.toggle("cut", more.length > 0 || text.scrollWidth > text.clientWidth);
    settle();
  });
  return { theme, remove };
}

const isPhone = () => matchMedia("(max-width:480px),(pointer:coarse) and (max-width:700px),(pointer:coarse) and (max-height:500px)").matches;

/** A text of one line, whole when it is tapped. */
function oneLine(text: string, card: Element): HTMLButtonElement {
  const line = button("text", text, () => line.setAttribute("aria-expanded", `${card.classList.toggle("whole")}`), { "aria-expanded": "false", dir: "auto" });
  return line;
}

/** What led to it, in words; what spoke against it did not. */
function told({ moment, words }: Request): string[] {
  return moment.reasons.filter((_, at) => (moment.points[at] ?? 1) > 0).map((code) => words.reasons[code] ?? "").filter(Boolean);
}

/** Where the launcher is: the card stands beside it. */
function placing(launcher: Element): string {
  const box = launcher.getBoundingClientRect();
  const isLeft = box.left + box.width / 2 < innerWidth / 2;
  const side = Math.max(0, isLeft ? box.left : innerWidth - box.right);
  const bottom = Math.max(0, innerHeight - box.bottom);
  return `:host{--card-side:${side}px;--card-bottom:${bottom}px;${
    isLeft ? "--card-left:var(--card-side);--card-right:auto" : "--card-left:auto;--card-right:var(--card-side)"}}`
    + `.card.elsewhere{--card-left:${isLeft ? "auto" : "var(--card-side)"};--card-right:${isLeft ? "var(--card-side)" : "auto"}}`;
}
