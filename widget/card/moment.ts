// What the card is told.

/** A moment to say something, as the sensors tell it. */
export interface Moment {
  rule: string;
  trigger: string;
  topic: "leaving" | "cart" | "size" | "products";
  /** Codes, the weightiest first. */
  reasons: string[];
  points: number[];
  /** JSON-LD, the latest first. */
  products: unknown[];
}

/** The store's rule: what it says. */
export interface Rule {
  id: string;
  text: string;
  quick_replies?: string[];
}

/** `words/{language}.json`, written from the tables in `domain/src/language/card`. */
export interface Words {
  reply: string;
  not_now: string;
  why: string;
  close: string;
  because: string;
  judged_here: string;
  never: string;
  size_guide: string;
  side_by_side: string;
  price: string;
  from_price: string;
  availability: string;
  in_stock: string;
  out_of_stock: string;
  pre_order: string;
  back_order: string;
  reasons: Record<string, string>;
}

/** Where the pointer, or a finger, was last. */
export interface Pointer {
  x: number;
  y: number;
  /** By the page's clock. */
  at: number;
  touch: boolean;
}

/** What the page was like at the moment. */
export interface Since {
  /** By the page's clock. */
  at: number;
  address: string;
  /** The last of the data layer's. */
  entry: unknown;
}

/** When the shopper last did what a card must not come into, by the page's clock. */
export interface Seen {
  typed?: number;
  /** Went to the checkout, or paid. */
  till?: number;
}

export interface Request {
  root: ShadowRoot;
  /** The store's name. */
  store: string;
  rule: Rule;
  moment: Moment;
  words: Words;
  /** BCP 47, for numbers. */
  tag: string;
  /** What the words are in. */
  language: string;
  theme?: string;
  pointer: Pointer;
  since: Since;
  seen: Seen;
}

export type Decline = "closed" | "not_now" | "never";

export interface Host {
  /** The card can be seen. */
  shown(): void;
  answer(reply?: string): void;
  decline(how: Decline): void;
  /** The card has done what it was for. */
  helped(): void;
  /** Its moment is over. */
  gone(): void;
}
