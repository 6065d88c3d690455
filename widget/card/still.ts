// Whether the moment is still there. What the sensors saw is past when the card has come, and the shopper goes on.
import type { Moment, Seen, Since } from "./moment";

/** How long after its moment a card may still come. Who was leaving has left by then. */
const KEEPS_MS = 15_000;
const KEEPS_EXIT_MS = 4_000;
/** Whoever types is busy until so long after. */
const TYPING_MS = 3_000;
const TILL = ["begin_checkout", "add_payment_info", "purchase"];
/** As the sensors know them: `overlayIsOpen` in `widget/sense/meaning.js`. */
const DIALOGS = "dialog[open],[aria-modal=true]:not([aria-hidden=true])";

export interface Still {
  /** Whether the card may come now. */
  mayCome(): boolean;
  /** Whether it may go on being there. */
  mayStay(): boolean;
}

/** Follows what has become of the page since the moment. */
export function still(moment: Moment, since: Since, seen: Seen): Still {
  const there = placeOf(new URL(since.address));
  const isCalledToTill = followLayer(since.entry);
  const mayStay = () => placeOf(location) === there && !dialogIsOpen() && !isCalledToTill() && !((seen.till ?? 0) > since.at);
  return {
    mayStay,
    mayCome() {
      const now = performance.now();
      return now - since.at < (moment.trigger === "exit" ? KEEPS_EXIT_MS : KEEPS_MS)
        && !(now - (seen.typed ?? -Infinity) < TYPING_MS) && !document.hidden && mayStay();
    },
  };
}

/** The page by its path, also where that is in the fragment. What comes after is a choice on the page: a variant, a tab. */
function placeOf({ pathname, hash }: URL | Location): string {
  return pathname + (/^#!?\//.test(hash) ? hash : "");
}

function dialogIsOpen(): boolean {
  return [...document.querySelectorAll(DIALOGS)]
    .some((dialog) => dialog.checkVisibility?.({ visibilityProperty: true }) ?? dialog.getClientRects().length > 0);
}

/** Tells whether GA4's data layer has had an event of the till after `last`. It is read, and left as it is. */
function followLayer(last: unknown): () => boolean {
  let called = false;
  return () => {
    const layer = (window as { dataLayer?: unknown[] }).dataLayer;
    if (!called && Array.isArray(layer)) {
      // Tools take entries off its beginning.
      called = layer.slice(layer.lastIndexOf(last) + 1).some(isOfTill);
      last = layer[layer.length - 1];
    }
    return called;
  };
}

/** `{ event }`, or gtag's `["event", name]`. */
function isOfTill(pushed: unknown): boolean {
  const entry = pushed as { event?: unknown; [at: number]: unknown } | null | undefined;
  return TILL.includes(`${entry?.[0] === "event" ? entry[1] : entry?.event}`);
}
