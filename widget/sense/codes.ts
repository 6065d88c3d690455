// The numbers that cross into the sensors' judgement, and what they are called outside. A test in `src/signal.rs` holds
// them to the domain's own names and order.

export const POINTER_MOVED = 0;
export const POINTER_LEFT = 1;
export const POINTER_ENTERED = 2;
export const POINTER_PRESSED = 3;
export const POINTER_RELEASED = 4;
export const TOUCHED = 5;
export const CLICKED = 6;
export const PAGE_RESPONDED = 7;
export const MENU_OPENED = 8;
export const KEY_PRESSED = 9;
export const ADDRESS_KEY_PRESSED = 10;
export const FIELD_ENTERED = 11;
export const FIELD_TYPED = 12;
export const FIELD_LEFT = 13;
export const SCROLLED = 14;
export const PAGE_SHOWN = 15;
export const PAGE_HIDDEN = 16;
export const WINDOW_LEFT = 17;
export const WINDOW_ENTERED = 18;
export const WINDOW_RESIZED = 19;
export const FULL_SCREEN = 20;
export const OVERLAY_OPENED = 21;
export const OVERLAY_CLOSED = 22;
export const PAGE_CHANGED = 23;
export const VARIANT_CHOSEN = 24;
export const COPIED = 25;
export const COUPON_REFUSED = 26;
export const COUPON_ACCEPTED = 27;
export const CART_EDITED = 28;
export const CART_CHANGED = 29;
export const CART_LISTED = 30;
export const CART_WORTH = 31;
export const COMMERCE = 32;
export const PANEL_OPENED = 33;
export const PANEL_CLOSED = 34;
export const DECLINED = 35;
export const WOKE_UP = 36;

export const POINTS_VERSION = 1;

/** Signals by their codes. */
export const SIGNALS = [
  "pointer_moved", "pointer_left", "pointer_entered", "pointer_pressed", "pointer_released", "touched", "clicked",
  "page_responded", "menu_opened", "key_pressed", "address_key_pressed", "field_entered", "field_typed",
  "field_left", "scrolled", "page_shown", "page_hidden", "window_left", "window_entered", "window_resized",
  "full_screen", "overlay_opened", "overlay_closed", "page_changed", "variant_chosen", "copied", "coupon_refused",
  "coupon_accepted", "cart_edited", "cart_changed", "cart_listed", "cart_worth", "commerce", "panel_opened",
  "panel_closed", "declined", "woke_up",
];
/** By their places in the domain's lists. */
export const TRIGGERS = [
  "exit", "hesitation", "indecision", "idle_cart",
];
/** The score at which each fires. */
export const THRESHOLDS: Record<string, number> = { exit: 40, hesitation: 30, indecision: 30, idle_cart: 30 };

export const TOPICS = [
  "leaving", "cart", "size", "products",
];
export const PAGES = [
  "product", "listing", "cart", "checkout", "account", "help", "other",
];
/** GA4's. */
export const EVENTS = [
  "view_item", "add_to_cart", "remove_from_cart", "view_cart", "begin_checkout", "add_payment_info", "purchase",
];
export const DETECTORS = [
  "pointer", "keyboard", "flick", "away", "idle_cart", "cart_edits", "coupon", "checkout", "fields", "clicks",
  "copies", "variants", "products",
];
export const REASONS = [
  "left_through_top", "stayed_out", "went_calmly", "slowed_down", "swept_off", "cart_holds", "focus_lost",
  "address_key", "flicked_up", "flicked_hard", "reached_top", "away_again", "turned_back", "cart_waits",
  "item_removed", "quantity_changed", "item_added", "changed_again", "coupon_sought", "coupon_refused",
  "coupon_hunted", "checkout_left", "field_left_empty", "rage_clicked", "dead_clicked", "title_copied",
  "price_copied", "code_copied", "compared_elsewhere", "size_guide_opened", "variant_tried", "variant_tried_again",
  "specification_reread", "product_revisited", "product_revisited_often",
];
/** What became of a rule when its trigger last fired. */
export const OUTCOMES = [
  "not_yet", "spoke", "quiet", "too_soon", "gap", "visit", "week", "rule_spent", "outranked", "hidden", "panel",
  "overlay", "typing", "paying", "not_needed", "conditions",
];
/** Whom a word may help. */
export const INTERESTS = [
  "passing_by", "open", "sure",
];
