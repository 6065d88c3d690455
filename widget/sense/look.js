// What the merchant sees of the sensors: nothing here is about the shopper that the page does not know already.
import { DETECTORS, INTERESTS, OUTCOMES, POINTS_VERSION, REASONS, THRESHOLDS, TRIGGERS } from "./codes.js";

const MOST_REASONS = 5;

/** Names for the numbers that the sensors tell. */
export function named(told, rules, off = []) {
  const numbers = [...told];
  const next = () => numbers.shift();
  return {
    version: POINTS_VERSION,
    interest: INTERESTS[next()],
    cart_items: next(),
    triggers: TRIGGERS.map((trigger) => {
      const score = next();
      const reasons = Array.from({ length: MOST_REASONS }, () => [next(), next()]).filter(([reason]) => reason >= 0);
      return { trigger, score, threshold: THRESHOLDS[trigger], reasons: reasons.map(([reason]) => REASONS[reason]), points: reasons.map(([, points]) => points) };
    }),
    detectors: DETECTORS.map((detector) => ({ detector, on: !off.includes(detector) })),
    rules: rules.map(({ id, trigger }) => {
      const at = next();
      return { rule: id, trigger, at, outcome: OUTCOMES[next()] };
    }),
  };
}
