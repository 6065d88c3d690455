// The panel while its program is under way: looks like it, takes what is written, and is taken over without a seam.
import css from "style.css";

let look;

export function sheetOf(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** The look of everything here, and `sheets` beside it. Gives what `root` wears now for our sake. */
export function wear(root, sheets) {
  const all = [look ??= sheetOf(css), ...sheets];
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...all])];
  return all;
}

function make(tag, attributes, ...inside) {
  const element = document.createElementNS(`http://www.w3.org/${/svg|path/.test(tag) ? "2000/svg" : "1999/xhtml"}`, tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...inside);
  return element;
}

function sign(type, name, path) {
  const icon = make("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, make("path", { d: path }));
  return make("button", { type, class: type === "button" ? "round" : "", "aria-label": name }, icon);
}

/**
 * Draws the frame into `place`, closed; `options` and `host` are those of `mount`, which takes over from it when it draws
 * into the same place. Has those words of a chat that it understands.
 */
export function frame(place, { store, settings, look: theme }, host) {
  const { name } = JSON.parse(settings);
  const { corner, offset_px } = JSON.parse(theme);
  const other = corner === "left" ? "right" : "left";
  const root = place.getRootNode();
  wear(root, [sheetOf(`:host{--ol-accent:var(--openline-color);--ol-on-accent:var(--openline-ink);--link:var(--ol-accent);
--ol-offset:${offset_px}px;--ol-${corner}:var(--ol-offset);--ol-${other}:auto;--ol-origin:${corner} bottom}`)]);

  const field = make("textarea", {
    "aria-label": "Message", placeholder: "Write a message", rows: 1, maxlength: 4000, dir: "auto", enterkeyhint: "send", autocomplete: "off",
  });
  const more = sign("button", "More", "M5 12h.01M12 12h.01M19 12h.01");
  const close = sign("button", "Close", "M6 6l12 12M18 6L6 18");
  const send = sign("submit", "Send", "M12 19V5M5.5 11.5L12 5l6.5 6.5");
  const form = make("form", { class: "composer" }, field, send);
  const who = make("div", { class: "who" }, make("h2", { dir: "auto" }, name), make("p", {}, "Connecting\u2026"));
  const mark = make("div", { class: "mark", "aria-hidden": true }, [...name][0] ?? "");
  const panel = make("div", { class: "panel", role: "dialog", "aria-label": name, inert: "" },
    make("div", { class: "head" }, mark, who, more, close), make("div", { class: "middle" }), form);
  const box = make("div", { class: "ol", lang: "en" }, panel);
  let draft = "";
  try {
    draft = JSON.parse(localStorage.getItem(`openline:${store}:visit`)).draft ?? draft;
  } catch {
    // Blocked, or nothing there.
  }
  field.value = draft;
  const standing = place.frame = { used: () => standing.opener || field.value !== draft };

  const show = (open) => {
    if (panel.inert !== open) return;
    if (open) standing.opener = root.activeElement ?? document.activeElement;
    panel.inert = !open;
    send.disabled = field.readOnly = false;
    host.launcher({ open, unread: 0 });
    if (open) return field.focus();
    standing.opener?.focus();
    standing.opener = undefined;
  };
  // Said as soon as there is somebody to say it.
  const say = (event) => {
    event.preventDefault();
    if (field.value.trim()) send.disabled = field.readOnly = true;
  };
  more.disabled = true;
  close.onclick = () => show(false);
  form.onsubmit = say;
  box.onkeydown = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") show(false);
    if (event.key === "Enter" && !event.shiftKey && event.target === field) say(event);
  };
  // The empty box stays until the panel is closed: it keeps the panel from rising a second time.
  standing.leave = () => {
    const { value, selectionStart, selectionEnd, readOnly } = field;
    panel.remove();
    standing.leave = () => undefined;
    return { value, selectionStart, selectionEnd, readOnly };
  };
  standing.remove = () => box.remove();
  place.append(box);
  return { open: () => show(true), close: () => show(false), theme: (theme) => { box.dataset.theme = theme; } };
}
