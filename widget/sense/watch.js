// The page around the sensors: settings, consent, what is kept, and the card when a moment has come. What is a moment is
// not decided here.
import { watch as start } from "./watcher.js";
import { attempt } from "./attempt.js";
import { followConsent } from "./consent.js";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"];
/** Whoever has just talked to the store need not be asked to. */
const QUIET_AFTER_ANSWER_MS = 864e5;

/** Something beside this module, from the same build. */
const beside = (file) => new URL(file + new URL(import.meta.url).search, import.meta.url);

/**
 * Watches the page. `options` is `{ store, edge, settings, locale?, debug, place, src }`: `settings` as the edge gave them,
 * `place` the shadow root in which card and debug panel are drawn. `host` is
 * `{ emit(name, detail), chat(), prefetch() }`: `chat` loads and mounts the chat, and promises it.
 */
export function watch({ store, settings: text, locale, debug, place }, host) {
  const settings = JSON.parse(text);
  const name = (part) => `openline:${store}:${part}`;
  const pointer = { x: -1, y: -1, at: 0, touch: false };
  const seen = {};
  const listeners = new AbortController();
  let card, panel, theme, granted;
  let isOpen = false;
  let isWatching = false;
  let silence = 0;

  const quietUntil = () => Math.max(silence, attempt(() => +localStorage.getItem(name("quiet"))) || 0);
  /** What is kept wins over what is not: nobody is asked sooner than they said, on any page. */
  const beQuiet = () => {
    watcher.quiet(quietUntil());
    if (Date.now() < quietUntil()) hide();
  };
  const silenceUntil = (until) => {
    silence = Math.max(silence, until);
    attempt(() => localStorage.setItem(name("quiet"), quietUntil()));
    beQuiet();
  };

  const hide = () => {
    card?.remove();
    card = undefined;
  };

  /** The shopper's language: as the page was told, as it says, as the browser prefers, as the store speaks. */
  const tags = () => [locale, document.documentElement.lang, ...navigator.languages ?? [], settings.locale, "en"].filter(Boolean);
  const language = (tag) => `${tag}`.slice(0, 2).toLowerCase();
  const spoken = () => tags().find((tag) => LANGUAGES.includes(language(tag)));

  const show = async (moment) => {
    const since = { at: performance.now(), address: location.href, entry: window.dataLayer?.at?.(-1) };
    const rule = settings.rules?.find(({ id }) => id === moment.rule);
    const tag = spoken();
    const [module, words] = await Promise.all([
      import(beside("card.js")), fetch(beside(`words/${language(tag)}.json`)).then((response) => response.json()),
    ]);
    if (!rule || card || isOpen || listeners.signal.aborted || Date.now() < quietUntil()) return;
    card = module.show({ root: place, store: settings.name, rule, moment, words, tag, language: language(tag), theme, pointer, since, seen }, {
      shown() {
        host.emit("trigger", { rule: rule.id, trigger: moment.trigger });
        // The chat is likely to be wanted now; the page goes first.
        (window.requestIdleCallback ?? setTimeout)(() => { if (card) host.prefetch(); });
      },
      answer(reply) {
        silenceUntil(Date.now() + QUIET_AFTER_ANSWER_MS);
        host.chat().then((chat) => chat.trigger(rule.id, moment.reasons, reply), () => {});
      },
      decline(how) {
        silenceUntil(watcher.decline(how));
      },
      helped: hide,
      gone: hide,
    });
  };

  /** What another page of this tab remembered, if that may be read. */
  const recall = () => {
    const kept = granted && attempt(() => JSON.parse(sessionStorage.getItem(name("watch"))));
    return Array.isArray(kept) ? kept : undefined;
  };
  const goOn = () => {
    const kept = recall();
    if (kept) watcher.resume(kept);
  };
  const forget = () => attempt(() => sessionStorage.removeItem(name("watch")));
  const consent = followConsent((allowed) => {
    granted = allowed;
    if (!isWatching) return;
    if (allowed) goOn();
    else forget();
    watcher.consent(allowed);
  });
  const watcher = start(settings, recall(), {
    // Without its words or its program a moment passes.
    card: (moment) => { show(moment).catch((error) => console.warn("[openline] no card:", error)); },
    remember(kept) {
      if (granted) attempt(() => sessionStorage.setItem(name("watch"), JSON.stringify(kept)));
    },
  });
  isWatching = true;
  watcher.quiet(quietUntil());
  watcher.consent(granted);

  const listen = (event, run) => addEventListener(event, run, { capture: true, passive: true, signal: listeners.signal });
  const point = (event) => {
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    pointer.at = event.timeStamp;
    pointer.touch = event.pointerType === "touch";
  };
  // Keys too: masked fields write for themselves. A choice is no typing, nor is a shortcut.
  const type = (event) => {
    if (event.inputType || (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey)) seen.typed = event.timeStamp;
  };
  listen("keydown", type);
  listen("input", type);
  listen("pointermove", point);
  listen("pointerdown", point);
  // Shown again as it was left: other pages came between.
  listen("pageshow", ({ persisted }) => { if (persisted) goOn(); });
  // Tools often answer late: a no with which a page begins counts when it stands at its end.
  listen("pagehide", () => { if (consent.isRefused()) forget(); });
  listen("storage", ({ key }) => { if (key == null || key === name("quiet")) beQuiet(); });

  const look = () => ({ ...watcher.look(), consent: consent.look(), quiet_until: quietUntil(), language: spoken() });
  if (debug) {
    import(beside("debug.js")).then((module) => {
      if (!listeners.signal.aborted) panel = module.start({ root: place, settings, look });
    }, (error) => console.warn("[openline] no debug panel:", error));
  }

  return {
    track(event, props) {
      if (/^(begin_checkout|add_payment_info|purchase)$/.test(event)) seen.till = performance.now();
      watcher.track(event, JSON.parse(props));
    },
    cart: (json) => watcher.cart(JSON.parse(json)),
    panel(open) {
      isOpen = open;
      watcher.panel(open);
      if (open) hide();
    },
    /** The chat's word: it knows of talk and of a mute. What was said before stands where nothing can be stored. */
    quiet(until = 0) {
      silence = attempt(() => (localStorage.length, until)) ?? Math.max(silence, until);
      beQuiet();
    },
    consent: consent.say,
    locale(tag) {
      locale = tag;
    },
    theme(named) {
      theme = named;
      card?.theme(named);
    },
    destroy() {
      listeners.abort();
      hide();
      panel?.remove();
      watcher.stop();
      consent.stop();
    },
  };
}
