// The page's own size guide.
import { webAddress } from "./elements";

/** As the sensors know it, `TARGETS` in `widget/sense/meaning.js`, and by its id. */
const GUIDES =
  "[href*=size-guide i],[href*=size-chart i],[class*=size-guide i],[class*=size-chart i],[id*=size-guide i],[id*=size-chart i],[data-size-guide]";
const CONTROLS = "a[href],button,summary,[role=button]";

/** What opens the size guide, if the page has something that can be seen and does. */
export function sizeGuide(): HTMLElement | undefined {
  for (const marked of document.querySelectorAll<HTMLElement>(GUIDES)) {
    const control = marked.closest<HTMLElement>(CONTROLS) ?? marked.querySelector<HTMLElement>(CONTROLS);
    if (control && control.getClientRects().length > 0 && leadsSomewhere(control)) return control;
  }
  return undefined;
}

/** As if the shopper had. */
export function activate(control: HTMLElement): void {
  control.scrollIntoView({ block: "nearest" });
  control.focus({ preventScroll: true });
  control.click();
}

function leadsSomewhere(control: HTMLElement): boolean {
  return !(control instanceof HTMLAnchorElement) || webAddress(control.getAttribute("href")) !== undefined;
}
