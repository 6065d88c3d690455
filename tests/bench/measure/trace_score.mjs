// How well moments fit what is known of recordings: leaves foreseen, visitors disturbed, hesitation noticed.

/** How early a moment may come before the shopper means to leave. */
const earlyMs = 500;

/**
 * `firings`: `{ exitMs, hesitationMs }` by the trace's id, undefined where nothing fired; `labels` as `recordings()` gives them.
 * An exit counts from a moment before the shopper means to go until the page is gone; hesitation counts once it has begun;
 * for those who are engaged everything is false.
 */
export function scoreTraces(labels, firings) {
  const ids = [...labels.keys()];
  if (ids.length !== firings.size || ids.some((id) => !firings.has(id))) throw new Error("the firings are not of these recordings");
  const all = ids.map((id) => judged(labels.get(id), firings.get(id)));
  const of = (label) => all.filter((one) => one.label === label);
  const leads = of("exit").filter(({ hit }) => hit).map(({ leadMs }) => leadMs).sort((a, b) => a - b);
  const percentile = (share) => leads[Math.trunc(share * (leads.length - 1))];
  return {
    exitRecall: share(of("exit"), "hit"),
    exitEarly: share(of("exit"), "early"),
    exitFalse: share(of("engaged"), "falseExit"),
    leadP10Ms: percentile(0.1),
    leadP50Ms: percentile(0.5),
    hesitationRecall: share(of("hesitate"), "hit"),
    hesitationFalse: share(of("engaged"), "falseHesitation"),
    kinds: kindsOf(all),
  };
}

/**
 * What ouibounce 0.0.12 would fire on with its defaults, by its description: once it has waited a second, the first time that
 * the pointer leaves the page no lower than 20 px, or that Cmd and L are pressed. It knows no hesitation.
 */
export function ouibounce({ ev: events }) {
  const [opened] = events.find(([, type]) => type === "load") ?? [0];
  const fires = ([at, type, ...about]) => at >= opened + 1000 && (
    (type === "leave" && about[1] <= 20) || (type === "key" && about[0] === "KeyL" && /meta|cmd/i.test(about[1]))
  );
  return { exitMs: events.find(fires)?.[0], hesitationMs: undefined };
}

function judged({ label, kind, intentMs, endMs }, { exitMs, hesitationMs }) {
  const fired = (ms) => ms !== undefined;
  if (label === "engaged") return { label, kind, falseExit: fired(exitMs), falseHesitation: fired(hesitationMs) };
  if (label === "hesitate") return { label, kind, hit: fired(hesitationMs) && hesitationMs >= intentMs };
  const early = fired(exitMs) && exitMs < intentMs - earlyMs;
  return { label, kind, hit: fired(exitMs) && !early && exitMs < endMs, early, leadMs: endMs - exitMs };
}

/** By kind: the share of hits, or of those who were disturbed. */
function kindsOf(all) {
  const kinds = grouped(all);
  return [...kinds].map(([kind, ones]) => ({
    kind, label: ones[0].label, count: ones.length, hit: share(ones, "hit"), falseExit: share(ones, "falseExit"), falseHesitation: share(ones, "falseHesitation"),
  }));
}

function grouped(all) {
  const kinds = new Map();
  for (const one of all) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  return kinds;
}

function share(ones, what) {
  return ones.filter((one) => one[what]).length / ones.length;
}
