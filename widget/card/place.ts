// Where on the screen the card may be.
import type { Pointer } from "./moment";

/** A hand that rests this near is nearly there. */
const REACH_PX = 16;
/** A finger is where it was for so long. */
const FINGER_MS = 1_000;

/** Whether the pointer is, or was last, where `box` is. */
export function isUnder(box: DOMRect, { x, y, at, touch }: Pointer, now: number): boolean {
  if (touch && now - at > FINGER_MS) return false;
  return x >= box.left - REACH_PX && x <= box.right + REACH_PX && y >= box.top - REACH_PX && y <= box.bottom + REACH_PX;
}

/** Whether `box` would hide what has the focus. */
export function hidesFocus(box: DOMRect): boolean {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement || focused.shadowRoot) return false;
  const own = focused.getBoundingClientRect();
  // What is as large as the page is hidden by everything.
  if (own.height > innerHeight / 2) return false;
  return own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
}
