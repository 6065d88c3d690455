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
  /** Nothing is to be suggested before (Unix milliseconds). */
  quiet_until?: number;
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
// The icons are clipped shapes: no image for a CSP to refuse, no markup for Trusted Types, and no SVG for the browser to set up.
const css = `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important}
@media print{:host{display:none!important}}
.launcher{all:unset;box-sizing:border-box;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;
color:var(--openline-ink);background:var(--openline-color);box-shadow:0 4px 14px #0005,0 0 0 1px #fff3;cursor:pointer;-webkit-tap-highlight-color:#0000}
.launcher:hover{filter:brightness(1.1)}
.launcher:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 5px #111}
.launcher:before{content:"";width:28px;height:28px;background:currentColor;
clip-path:path(evenodd,"M5 3h18a4 4 0 014 4v10a4 4 0 01-4 4H13l-6 5v-5H5a4 4 0 01-4-4V7a4 4 0 014-4zM8 10a2 2 0 000 4 2 2 0 000-4zM14 10a2 2 0 000 4 2 2 0 000-4zM20 10a2 2 0 000 4 2 2 0 000-4z")}
.launcher[aria-expanded=true]:before{clip-path:path("M6 4l8 8 8-8 2 2-8 8 8 8-2 2-8-8-8 8-2-2 8-8-8-8z")}
.launcher[aria-busy=true]{cursor:progress}
.launcher[aria-busy=true]:before{opacity:.5}
.launcher[data-unread]:after{content:attr(data-unread);position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 6px;border-radius:10px;
box-sizing:border-box;font:600 12px/20px system-ui,sans-serif;text-align:center;color:#fff;background:#c5221f}
@media(forced-colors:active){.launcher,.launcher:after{border:2px solid}.launcher:before{forced-color-adjust:none;background:ButtonText}}
`;

/** `onWarm` is told when a tap is likely, `onTap` when it came. */
export function createLauncher(onTap: () => void, onWarm: () => void): Launcher {
  const host = document.createElement("openline-chat");
  const root = host.attachShadow({ mode: "open" });
  const write = stylesheet(root);
  const button = document.createElement("button");

  button.className = "launcher";
  button.type = "button";
  button.onclick = onTap;
  for (const sign of ["pointerenter", "focus", "touchstart"]) button.addEventListener(sign, onWarm, { passive: true });
  root.append(button);

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
      button.setAttribute("aria-label", open ? "Close chat" : "Open chat");
      button.setAttribute("aria-expanded", `${open}`);
      // The description is for those who cannot see the badge.
      button.title = count ? `${count} unread message${count > 1 ? "s" : ""}` : "";
      if (count) button.dataset.unread = count > 99 ? "99+" : `${count}`;
      else delete button.dataset.unread;
    },
    busy: (busy) => button.setAttribute("aria-busy", `${busy}`),
    excuse: (text) => { button.title = text; },
  };
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
