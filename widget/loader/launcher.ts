// The host element and the launcher button in its shadow root.

export interface Look {
  /** `#rrggbb` */
  color: string;
  corner: string;
  offset_px: number;
}

/** What is behind the button, as the shopper should see it. */
export interface LauncherState {
  open: boolean;
  unread: number;
}

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  paint(look: Look): void;
  show(state: LauncherState): void;
  busy(busy: boolean): void;
  /** Says why the button does nothing; an empty text takes it back. */
  excuse(text: string): void;
}

// `!important` inside a shadow root beats the page's own: no style of the page can move or hide the host.
// Without motion; the light ring shows on dark pages alone. The panel's styles live in the same root: all by class.
const css = `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important}
@media print{:host{display:none!important}}
.launcher{all:unset;box-sizing:border-box;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;
color:var(--openline-ink);background:var(--openline-color);box-shadow:0 4px 14px #0005,0 0 0 1px #fff3;cursor:pointer;-webkit-tap-highlight-color:#0000}
.launcher:hover{filter:brightness(1.1)}
.launcher:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 5px #111}
.launcher[aria-busy=true]{cursor:progress}
.launcher[aria-busy=true] svg{opacity:.5}
.launcher svg{width:28px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.unread{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 6px;border-radius:10px;box-sizing:border-box;
font:600 12px/20px system-ui,sans-serif;text-align:center;color:#fff;background:#c5221f;pointer-events:none}
.unread:empty{display:none}
@media(forced-colors:active){.launcher,.unread{border:2px solid}}
`;

const bubble = "M21 11.5a8.4 8.4 0 0 1-9 8.4 9 9 0 0 1-3.8-.9L3 21l1.9-5.2A8.4 8.4 0 1 1 21 11.5z";
const cross = "M6 6l12 12M18 6L6 18";

/** `onWarm` is told when a tap is likely, `onTap` when it came. */
export function createLauncher(onTap: () => void, onWarm: () => void): Launcher {
  const host = document.createElement("openline-chat");
  const root = host.attachShadow({ mode: "open" });
  const write = stylesheet(root);
  const button = document.createElement("button");
  // By the DOM rather than innerHTML: pages with Trusted Types refuse the latter.
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const badge = document.createElement("span");

  button.onclick = onTap;
  for (const sign of ["pointerenter", "focus", "touchstart"]) button.addEventListener(sign, onWarm, { passive: true });
  set(button, { class: "launcher", type: "button" });
  set(icon, { viewBox: "0 0 24 24", "aria-hidden": "true" });
  set(badge, { class: "unread", "aria-hidden": "true" });
  icon.append(shape);
  button.append(icon);
  root.append(button, badge);

  return {
    host,
    root,
    paint: ({ color, corner, offset_px }) => write(
      `${css}:host{--openline-color:${color};--openline-ink:${inkOn(color)};${["bottom", corner].map(
        (edge) => `${edge}:calc(${offset_px}px + env(safe-area-inset-${edge},0px))!important;`,
      ).join("")}}`,
    ),
    show({ open, unread }) {
      const count = open ? 0 : unread;
      set(button, { "aria-label": open ? "Close chat" : "Open chat", "aria-expanded": `${open}` });
      set(shape, { d: open ? cross : bubble });
      badge.textContent = count > 99 ? "99+" : `${count || ""}`;
      // The button's description for those who cannot see the badge.
      button.title = count ? `${count} unread message${count > 1 ? "s" : ""}` : "";
    },
    busy: (busy) => set(button, { "aria-busy": `${busy}` }),
    excuse: (text) => { button.title = text; },
  };
}

function set(element: Element, attributes: Record<string, string>): void {
  for (const name in attributes) element.setAttribute(name, attributes[name] as string);
}

/** White or near black on `color` (`#rrggbb`), whichever has the higher contrast ratio (WCAG 2.2, relative luminance). */
function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel > 0.04045 ? ((channel + 0.055) / 1.055) ** 2.4 : channel / 12.92;
  }) as [number, number, number];
  // #111 has a luminance of 0.0056: both ratios are equal where (L + .05)^2 = 1.05 * .0556.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.1916 ? "#111" : "#fff";
}

// A constructable sheet holds under a CSP without 'unsafe-inline'; a <style> is for browsers that have none.
function stylesheet(root: ShadowRoot): (css: string) => void {
  try {
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [sheet];
    return (text) => sheet.replaceSync(text);
  } catch {
    const style = document.createElement("style");
    root.append(style);
    return (text) => { style.textContent = text; };
  }
}
