/**
 * What a shop's page may call and hear: `window.openline`.
 *
 * Before the script has loaded, calls are queued: `(window.openline ||= []).push(["show"])`.
 */

/** A thing in the cart, in the words of GA4's `items`. */
export interface CartItem {
  item_id: string;
  item_name?: string;
  item_variant?: string;
  /** Of one, in the cart's currency. */
  price?: number;
  /** 1 when left out. */
  quantity?: number;
  /** The product's page. */
  url?: string;
  /** A picture of it. */
  image?: string;
}

/** The cart as the shopper sees it now; `items: []` when it is empty. */
export interface Cart {
  items: CartItem[];
  /** ISO 4217. */
  currency?: string;
  /** What the items cost together. */
  value?: number;
}

/** What comes with each event. */
export interface OpenlineEvents {
  /** The launcher is drawn and calls are answered. */
  ready: undefined;
  /** The panel opened. */
  open: object;
  /** The panel closed. */
  close: object;
  /** A message was sent or received. */
  message: { id: string; author: "shopper" | "staff" | "bot" };
  /** How many messages wait to be read. */
  unread: { count: number };
  /** A rule of the store's speaks: its card is shown. `trigger` is the verdict that called for it. */
  trigger: { rule: string; trigger: "exit" | "idle_cart" | "hesitation" | "indecision" };
  /** The shopper asked for an earlier cart back. */
  "cart-restored": Cart;
  /** Something of ours does not work; the page is not affected. */
  error: { code: string };
}

export type OpenlineEvent = keyof OpenlineEvents;
export type OpenlineHandler<E extends OpenlineEvent> = (detail: OpenlineEvents[E]) => void;

/** Every call, by name. None of them throws. */
export interface OpenlineCalls {
  /** Opens the panel. */
  show(): void;
  /** Closes the panel. */
  hide(): void;
  toggle(): void;
  /** Calls `handler` on every such event; `ready` is also told to those who come late. */
  on<E extends OpenlineEvent>(event: E, handler: OpenlineHandler<E>): void;
  /** Forgets `handler`, or every handler of the event. */
  off<E extends OpenlineEvent>(event: E, handler?: OpenlineHandler<E>): void;
  /** Tells what the shopper did, in GA4's event names. Stays in the browser. */
  track(name: string, props?: Record<string, unknown>): void;
  /** Tells what is in the cart. */
  cart(cart: Cart): void;
  /** Says who the shopper is: a JWT signed by the shop's server. Not understood yet: answered by an `error` event with the code `identify`. */
  identify(jwt: string): void;
  /** Forgets who the shopper is, and the conversation on this device. */
  logout(): void;
  /**
   * What the shop's consent tool was told; wins over what Shopify, Google Consent Mode or the IAB's TCF say on the page.
   * Without consent nothing is kept before the shopper uses the chat; with it the tab's next page goes on where this one was.
   */
  consent(granted: boolean): void;
  /** The shopper's language (BCP 47); wins over the page's and the browser's. */
  locale(tag: string): void;
  theme(name: "light" | "dark" | "auto"): void;
  /** Removes everything from the page. A new script tag starts afresh. */
  destroy(): void;
}

export type OpenlineCall = {
  [Name in keyof OpenlineCalls]: [name: Name, ...args: Parameters<OpenlineCalls[Name]>];
}[keyof OpenlineCalls];

/** `window.openline` once the script has loaded. */
export interface Openline extends OpenlineCalls {
  push(...calls: OpenlineCall[]): void;
}

/** `window.openline` before that. */
export interface OpenlineQueue {
  push(...calls: OpenlineCall[]): unknown;
}

declare global {
  interface Window {
    openline?: Openline | OpenlineQueue;
  }
  interface DocumentEventMap {
    "openline:ready": CustomEvent<OpenlineEvents["ready"]>;
    "openline:open": CustomEvent<OpenlineEvents["open"]>;
    "openline:close": CustomEvent<OpenlineEvents["close"]>;
    "openline:message": CustomEvent<OpenlineEvents["message"]>;
    "openline:unread": CustomEvent<OpenlineEvents["unread"]>;
    "openline:trigger": CustomEvent<OpenlineEvents["trigger"]>;
    "openline:cart-restored": CustomEvent<OpenlineEvents["cart-restored"]>;
    "openline:error": CustomEvent<OpenlineEvents["error"]>;
  }
}
