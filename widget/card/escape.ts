// Whose Escape it is.

const OPEN = "dialog[open],[aria-modal=true],[popover],[role=menu],[role=listbox]";
/** Fields that empty themselves, or close their lists. */
const FIELDS = "input[type=search],[role=combobox],[aria-expanded=true],select";

/** Whether an Escape that nobody has taken has nothing else to close on the page. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || document.fullscreenElement) return false;
  if (document.activeElement?.matches(FIELDS)) return false;
  return ![...document.querySelectorAll(OPEN)].some((element) => element.getClientRects().length > 0);
}

/** Whether it is an Escape, and none that ends the writing of a word. */
export function isEscape(event: KeyboardEvent): boolean {
  return event.key === "Escape" && !event.isComposing && event.keyCode !== 229;
}
