// The store's settings as the row of numbers that `src/settings.rs` reads.
import { DETECTORS, PAGES, TOPICS, TRIGGERS } from "./codes.ts";
import { numberOf } from "./number.js";

/** The code points of a text, as a row. */
export const points = (text) => Array.from(`${text ?? ""}`, (letter) => letter.codePointAt(0));

const texts = (list) => [list.length, ...list.flatMap((text) => [[...`${text}`].length, ...points(text)])];
const numbers = (list) => [list.length, ...list.map(numberOf)];
const bits = (names) => (list) => [list.reduce((set, name) => set | (1 << names.indexOf(name)), 0)];
const perhaps = (number) => (number ?? -1) + 1;
const range = ({ least, most }) => [perhaps(least), perhaps(most)];
const minute = (time) => time.slice(0, 2) * 60 + +time.slice(3);

/** How each condition is written; their order is their number, from 1. */
const CONDITIONS = Object.entries({
  url: texts, url_not: texts, page: bits(PAGES), product: numbers, topic: bits(TOPICS), cart_holds: numbers,
  cart_items: range, cart_value_minor: range, device: (device) => [device === "phone"], visits: range, referrer: texts,
  hours: ({ from, until }) => [minute(from), minute(until)],
});

const rule = ({ id, trigger, priority, limits, if: asked = {} }) => [
  numberOf(id.split(":")[0]), TRIGGERS.indexOf(trigger), priority ?? 0, limits?.per_week ?? 1, Object.keys(asked).length,
  ...CONDITIONS.flatMap(([name, write], place) => (name in asked ? [place + 1, ...write(asked[name])] : [])),
];

/** Whether the rule and all of its conditions are known: one with a condition of tomorrow is none for every moment. */
const isKnown = ({ id, trigger, if: asked = {} }) =>
  typeof id === "string" && TRIGGERS.includes(trigger) && Object.keys(asked).every((name) => CONDITIONS.some(([known]) => known === name));

/** The rules that are understood, in the order in which the sensors number them. */
export const rulesOf = (settings) => (settings.rules ?? []).filter(isKnown);

export function rowOf(settings) {
  const moments = settings.moments ?? {};
  const limits = moments.limits ?? {};
  const rules = rulesOf(settings);
  return [
    moments.idle_cart_seconds ?? 60, limits.first_seconds ?? 10, limits.gap_minutes ?? 5, limits.per_visit ?? 1, limits.per_week ?? 2,
    limits.silence_after_close_days ?? 7, limits.silence_after_not_now_days ?? 30, moments.purchase_gate ?? true,
    settings.utc_offset_minutes ?? 0, bits(DETECTORS)(moments.detectors_off ?? [])[0], rules.length, ...rules.flatMap(rule),
  ];
}
