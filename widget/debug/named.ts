// What the sensors tell in numbers, with its names.
import { DETECTORS, INTERESTS, OUTCOMES, POINTS_VERSION, REASONS, SIGNALS, THRESHOLDS, TRIGGERS } from "../sense/codes";
import type { Look, Settings } from "./look";

const MOST_REASONS = 5;

/** As `Sensors::look` tells it, and what stands around the sensors. */
export interface Told {
  told: number[];
  rules: { id: string; trigger: string }[];
  last: { at: number; signal: number }[];
  quiet_until: number;
  language: string;
  consent: Look["consent"];
}

export function named({ told, rules, last, ...around }: Told, settings: Settings): Look {
  const numbers = told[Symbol.iterator]();
  const next = (): number => numbers.next().value ?? 0;
  const off = settings.moments?.detectors_off ?? [];
  return {
    ...around,
    version: POINTS_VERSION,
    interest: INTERESTS[next()] ?? "",
    cart_items: next(),
    triggers: TRIGGERS.map((trigger) => {
      const score = next();
      const reasons = Array.from({ length: MOST_REASONS }, () => [next(), next()] as const).filter(([reason]) => reason >= 0);
      return {
        trigger, score, threshold: THRESHOLDS[trigger] ?? 0,
        reasons: reasons.map(([reason]) => REASONS[reason] ?? ""), points: reasons.map(([, points]) => points),
      };
    }),
    detectors: Object.fromEntries(DETECTORS.map((detector) => [detector, !off.includes(detector)])),
    rules: rules.map(({ id, trigger }) => {
      const at = next();
      const outcome = next();
      // Not yet judged: its trigger has not fired.
      return outcome > 0 ? { rule: id, trigger, at, outcome: OUTCOMES[outcome] ?? "" } : { rule: id, trigger };
    }),
    signals: last.map(({ at, signal }) => ({ at, signal: SIGNALS[signal] ?? "" })),
  };
}
