// What the sensors tell the merchant, and what stands around them.

export interface Look {
  /** Of the table of points. */
  version?: number;
  triggers?: { trigger: string; score: number; threshold: number; reasons: string[]; points: number[] }[];
  detectors?: Record<string, boolean>;
  /** `outcome` is "spoke" or the reason for silence; none where its trigger never fired. */
  rules?: { rule: string; trigger: string; at?: number; outcome?: string }[];
  /** The latest last. */
  signals?: { at: number; signal: string }[];
  interest?: string;
  cart_items?: number;
  quiet_until?: number;
  language?: string;
  consent: { granted?: boolean; own?: boolean; [tool: string]: boolean | undefined };
}

export interface Settings {
  moments?: { purchase_gate?: boolean; detectors_off?: string[]; limits?: Record<string, number> };
  rules?: { id: string; limits?: { per_week?: number } }[];
}

/** Why a rule was silent, in words: `domain/src/behaviour/limits.rs`. */
export const outcomes: Record<string, string> = {
  spoke: "its card was shown",
  quiet: "silent: the shopper asked for silence",
  too_soon: "waits: the page has only just been opened",
  gap: "silent: too soon after another card",
  visit: "silent: enough cards for this visit",
  week: "silent: enough cards for this week",
  rule_spent: "silent: this rule has spoken often enough",
  outranked: "silent: another rule came first",
  hidden: "silent: the page cannot be seen",
  panel: "silent: the chat is open",
  overlay: "waits: a dialog of the page is open",
  typing: "waits: the shopper is typing",
  paying: "silent: the shopper is paying",
  not_needed: "silent: this shopper needs no word",
  conditions: "silent: its conditions do not hold",
};

export const interests: Record<string, string> = {
  passing_by: "closed: only passing by",
  open: "open",
  sure: "closed: about to buy anyway",
};

/** The store's limits: `moments.limits` of its settings. */
export const limitWords: Record<string, [label: string, unit: string]> = {
  first_seconds: ["First card", "s after opening"],
  gap_minutes: ["Between cards", "min"],
  per_visit: ["In a visit", "at most"],
  per_week: ["In a week", "at most"],
  silence_after_close_days: ["After closing", "days of silence"],
  silence_after_not_now_days: ["After not now", "days of silence"],
};

/** A code as words. */
export const plain = (code: string) => code.replace(/_/g, " ");
