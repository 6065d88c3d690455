// The browser as the chat sees it: what comes from it goes to `tell`, what is asked of it is done here. Nothing decides.
// In JavaScript because it is all calls of the browser: the same through bindings weighs 8 KB more (brotli).

import { sheetOf, wear } from "./frame.js";

// What `tell` is called with; `widget/chat/src/shell.rs` has the same list.
const OPENED = 0, CLOSED = 1, FRAME = 2, ANSWER = 3, ONLINE = 4, OFFLINE = 5, VISIBLE = 6, SHOWN = 7, STORED = 8, WAKE = 9, ROOM = 10,
  ACT = 11, WROTE = 12, BACK = 13, SCROLLED = 14;

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
/** Longer waits wrap around in browsers; waking early is harmless. */
const LONGEST_WAIT_MS = 2e9;

/** The largest whole number. */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** A try at what a browser, a page or its settings may refuse. */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function randomBytes(count) {
  const bytes = new Uint8Array(count);
  attempt(() => crypto.getRandomValues(bytes)) ?? bytes.forEach((_, index) => { bytes[index] = Math.random() * 256; });
  return bytes;
}

export class Shell {
  #tell;
  #host;
  #prefix;
  #root;
  #frame;
  #panel;
  #sheets;
  #room;
  #socket;
  #timer;
  #stop = new AbortController();
  #opener;
  #locale;
  #formats = {};
  #muted = 0;
  #state;

  /**
   * `tell(kind, number, text)` takes in what happened; `host` is the loader. `place` is where the chat is drawn, `colors`
   * the merchant's colours. Where a frame stands, this takes over from it.
   */
  constructor(host, place, store, colors, tell) {
    this.#tell = tell;
    this.#host = host;
    this.#prefix = `openline:${store}:`;
    this.#root = place.getRootNode();
    const { frame } = place.parentNode;
    if (frame?.used()) this.#frame = frame;
    else frame?.remove();
    this.#sheets = wear(this.#root, [sheetOf(colors), sheetOf("")]);
    this.fit();
    const { signal } = this.#stop;
    const listen = (target, name, run, capture = false) => target?.addEventListener(name, run, { capture, signal });
    this.#hear(place, listen);
    const showVisible = () => tell(VISIBLE, +!document.hidden, "");
    listen(window, "online", () => tell(ONLINE, 0, ""));
    listen(window, "offline", () => tell(OFFLINE, 0, ""));
    listen(window, "pagehide", () => tell(VISIBLE, 0, ""));
    listen(window, "pageshow", ({ persisted }) => {
      if (!persisted) return;
      showVisible();
      tell(SHOWN, 0, "");
    });
    listen(window, "storage", ({ key }) => {
      // As it stands now: of two tabs that wrote at once, both see the same.
      ["token", "outbox", "visit"].forEach((name, index) => {
        if (key == null || key === this.#prefix + name) tell(STORED, index, this.kept(name));
      });
    });
    listen(document, "visibilitychange", showVisible);
    for (const name of ["resize", "scroll"]) listen(window.visualViewport, name, () => tell(ROOM, 0, ""));
  }

  /** What is done in the panel. Its elements name their acts by number: `Acts` in widget/chat/src/components/piece.rs. */
  #hear(place, listen) {
    listen(place, "click", ({ target }) => {
      const { act } = target.closest("[data-act]")?.dataset ?? {};
      if (act) this.#tell(ACT, +act, "");
    });
    listen(place, "submit", (event) => {
      event.preventDefault();
      const { dataset, elements } = event.target;
      this.#tell(ACT, +dataset.form, elements[0].value);
    });
    listen(place, "input", ({ target }) => { if (target.rows) this.#tell(WROTE, 0, ""); });
    listen(place, "keydown", (event) => {
      const { key, target, shiftKey, isComposing, keyCode } = event;
      // The key belongs to an input method.
      if (isComposing || keyCode === 229) return;
      if (key === "Escape") this.#tell(BACK, 0, "");
      // With shift it begins a line.
      if (key === "Enter" && target.rows && !shiftKey) {
        event.preventDefault();
        target.form.requestSubmit();
      }
    });
    listen(place, "scroll", () => this.#tell(SCROLLED, 0, ""), true);
  }

  destroy() {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.disconnect();
    this.#tell = () => {};
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => !this.#sheets.includes(sheet));
  }

  // The loader. A page's listener that throws is the page's business.

  /** `detail` is names and values in turn. */
  emit(name, detail) {
    const object = {};
    for (let index = 0; index < detail.length; index += 2) object[detail[index]] = detail[index + 1];
    attempt(() => this.#host.emit(name, object));
  }

  launcher(open, unread, quiet_until) {
    this.#state = { open, unread, quiet_until };
    this.#tellState();
  }

  /** Whether the shopper wants no suggestions, ever; the sensors keep it under the same name. */
  isMuted() {
    return (this.kept("quiet") ?? this.#muted) >= FOR_EVER;
  }

  mute(muted) {
    this.#muted = muted ? FOR_EVER : 0;
    this.keep("quiet", muted ? FOR_EVER : null);
    this.#tellState();
  }

  #tellState() {
    const { open, unread, quiet_until } = this.#state;
    attempt(() => this.#host.launcher({ open, unread, quiet_until: Math.max(quiet_until, this.#muted) }));
  }

  unread(count) {
    attempt(() => this.#host.emit("unread", { count }));
  }

  // The device and the page.

  seed() {
    return randomBytes(4).reduce((seed, byte) => seed * 256 + byte, 0);
  }

  freshId() {
    return [...randomBytes(26)].map((byte) => ALPHABET[byte % 32]).join("");
  }

  utcOffsetMinutes() {
    return -new Date().getTimezoneOffset();
  }

  isOnline() {
    return navigator.onLine !== false;
  }

  isVisible() {
    return !document.hidden;
  }

  /** URL, title, product and language of the page. Query and fragment may carry secrets of the shop. */
  here() {
    // A form or picture named "title" hides the page's own.
    const { title } = document;
    return [location.origin + location.pathname, typeof title === "string" ? title : "", this.#product() ?? "", document.documentElement.lang];
  }

  /** The product the page is about, as its JSON-LD names it. */
  #product() {
    for (const script of document.querySelectorAll("script[type='application/ld+json']")) {
      const data = attempt(() => JSON.parse(script.textContent));
      for (const thing of [data?.["@graph"] ?? data].flat()) {
        const id = thing?.["@type"] === "Product" && (thing.sku ?? thing.productID);
        if (id && typeof id !== "object") return `${id}`;
      }
    }
  }

  wake(afterMs) {
    clearTimeout(this.#timer);
    // One more than asked for: timers may fire a fraction early.
    if (afterMs >= 0) this.#timer = setTimeout(() => this.#tell(WAKE, 0, ""), Math.min(afterMs, LONGEST_WAIT_MS) + 1);
  }

  locale(tag) {
    this.#locale = tag || undefined;
    this.#formats = {};
  }

  time(at) {
    return this.#format("time", { hour: "numeric", minute: "2-digit" }).format(at);
  }

  /** A day by its number since 1970-01-01. */
  day(number) {
    return this.#format("day", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(number * 864e5);
  }

  /** Made when the first time is shown: it takes longer than drawing the panel. */
  #format(name, options) {
    const format = (locale) => new Intl.DateTimeFormat(locale, options);
    return this.#formats[name] ??= attempt(() => format(this.#locale)) ?? format();
  }

  // Storage: it may be blocked, full, or changed by anybody.

  kept(name) {
    return attempt(() => localStorage.getItem(this.#prefix + name)) ?? undefined;
  }

  keep(name, text) {
    attempt(() => (text == null ? localStorage.removeItem(this.#prefix + name) : localStorage.setItem(this.#prefix + name, text)));
  }

  // The edge.

  connect(attemptNumber, url, protocols) {
    this.disconnect();
    const socket = attempt(() => new WebSocket(url, protocols));
    this.#socket = socket;
    const tell = (kind, text) => { if (this.#socket === socket) this.#tell(kind, attemptNumber, text); };
    if (!socket) {
      // Not from within: the visit is still deciding.
      setTimeout(() => tell(CLOSED, "1006"));
      return;
    }
    socket.onopen = () => tell(OPENED, "");
    socket.onclose = ({ code }) => tell(CLOSED, `${code}`);
    socket.onmessage = ({ data }) => tell(FRAME, `${data}`);
  }

  send(text) {
    // Fails while closing only; what was to be said is said again on the next line.
    attempt(() => this.#socket?.send(text));
  }

  disconnect() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Answered by `ANSWER` with the number and "STATUS RETRY_AFTER BODY"; status 0 when there is no answer. */
  async ask(number, method, url, token, body) {
    const headers = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers["content-type"] = "application/json";
    let answer = "0 0 ";
    try {
      const response = await fetch(url, { method, headers, body });
      answer = `${response.status} ${+response.headers.get("retry-after") || 10} ${await response.text()}`;
    } catch {
      // As if it had never been asked.
    }
    this.#tell(ANSWER, number, answer);
  }

  // The panel.

  isPhone() {
    return matchMedia("(max-width: 480px), (pointer: coarse) and (max-width: 700px)").matches;
  }

  isSameOrigin(url) {
    return attempt(() => new URL(url).origin) === location.origin;
  }

  /** A phone's keyboard takes room from the panel, not from the composer. */
  fit() {
    const { offsetTop, height } = window.visualViewport ?? { offsetTop: 0, height: innerHeight };
    const room = `:host{--ol-top:${offsetTop}px;--ol-height:${height}px}`;
    // Every element is styled anew when a sheet changes.
    if (room !== this.#room) this.#sheets[2].replaceSync(this.#room = room);
  }

  rememberOpener() {
    this.#opener = this.#frame?.opener ?? this.#root.activeElement ?? document.activeElement;
  }

  returnFocus() {
    // Closed before it was drawn as open, nothing seems to have changed to whoever draws.
    this.#panel?.setAttribute("inert", "");
    this.#opener?.focus?.();
    this.#opener = undefined;
    this.#frame?.remove();
    this.#frame = undefined;
  }

  /**
   * Brings the panel into sight as it was drawn last, the composer with the focus. Whether it was out of sight: then it is
   * to be drawn anew when that has been seen, which `ROOM` tells.
   */
  reveal(field) {
    const hidden = field.closest(".panel[inert]");
    this.#panel ??= hidden;
    hidden?.removeAttribute("inert");
    field.focus();
    if (hidden) requestAnimationFrame(() => setTimeout(() => this.#tell(ROOM, 0, "")));
    this.#takeOver(field);
    return !!hidden;
  }

  /** What was written in the frame, with the selection. */
  #takeOver(field) {
    const { value, selectionStart, selectionEnd, readOnly } = this.#frame?.leave() ?? {};
    if (value === undefined) return;
    this.write(field, value);
    field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (readOnly) field.form.requestSubmit();
  }

  write(field, text) {
    // Measuring costs more than the rest of opening the panel.
    if (field.value === text) return;
    field.value = text;
    this.grow(field);
  }

  /** As many lines as the text needs, six at most, without a style attribute. */
  grow(field) {
    field.rows = 1;
    while (field.value && field.rows < 6 && field.scrollHeight > field.clientHeight + 4) field.rows += 1;
  }

  toEnd(log) {
    log.scrollTop = log.scrollHeight;
  }

  isAtEnd(log) {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }

  copy(text) {
    // Refused without a secure page: the text can be selected by hand.
    attempt(() => navigator.clipboard.writeText(text).catch(() => {}));
  }

  download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
