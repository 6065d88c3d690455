// How well a probability fits what became of visits.
import { createHash } from "node:crypto";

/** `visits`: `{ id, probability, bought }`. The area under the curve, and the calibration error over tenths. */
export function scoreVisits(visits) {
  const sorted = visits
    .map((visit) => ({ ...visit, tie: createHash("md5").update(visit.id).digest("hex") }))
    // Those who are equally likely stand in an order that has nothing to do with what became of them.
    .sort((a, b) => a.probability - b.probability || (a.tie < b.tie ? -1 : 1));
  return { auc: areaUnderCurve(sorted), calibrationError: calibrationError(sorted) };
}

/** The chance that one who bought is thought likelier to buy than one who did not; a tie is half. */
function areaUnderCurve(sorted) {
  const buyers = sorted.filter(({ bought }) => bought).length;
  let rankSum = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to].probability === sorted[from].probability) to += 1;
    rankSum += (sorted.slice(from, to).filter(({ bought }) => bought).length * (from + to + 1)) / 2;
  }
  return (rankSum - (buyers * (buyers + 1)) / 2) / (buyers * (sorted.length - buyers));
}

function calibrationError(sorted) {
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    sorted.slice(Math.floor((tenth * sorted.length) / 10), Math.floor(((tenth + 1) * sorted.length) / 10)));
  const sum = (ones, of) => ones.reduce((total, one) => total + of(one), 0);
  return sum(tenths, (ones) => Math.abs(sum(ones, ({ probability }) => probability) - sum(ones, ({ bought }) => Number(bought)))) / sorted.length;
}
