// The built sensors, with a rule for every trigger and hardly a limit: what is compared is what they notice.
import load, { watch } from "/sense.js";

const triggers = ["exit", "idle_cart", "hesitation", "indecision"];
// As `lab moments` has them.
const settings = JSON.stringify({
  name: "A shop",
  locale: "en",
  rules: triggers.map((trigger) => ({ id: trigger, trigger, enabled: true, priority: 0, text: "Hi", quick_replies: [], limits: { per_week: 255 } })),
  moments: { idle_cart_seconds: 20, purchase_gate: false, limits: { first_seconds: 0, gap_minutes: 0, per_visit: 255, per_week: 255 } },
});

/** Starts them; `onMoment(trigger)` hears of each moment. `settled()` resolves when nobody waits for a card any more. */
export async function listen(program, onMoment) {
  window.dataLayer = [];
  await load({ module_or_path: program });
  let settled, show;
  const { fetch } = window;
  // A card's words are asked for in the instant of its moment.
  window.fetch = (address, ...rest) => {
    if (!/\/words\//.test(address)) return fetch(address, ...rest);
    settled = new Promise((resolve) => { show = resolve; });
    return Promise.resolve(new Response("{}"));
  };
  window.showCard = ({ trigger }) => {
    onMoment(trigger);
    show();
  };
  const host = { emit() {}, prefetch() {}, chat: () => new Promise(() => {}) };
  const options = { store: "demo", edge: location.origin, settings, locale: "en", debug: false, place: document.body, src: `${location.origin}/openline.js` };
  const sense = watch(options, host);
  return {
    settled: () => settled,
    track: (name, props) => sense.track(name, props),
    cart: (cart) => sense.cart(cart),
    push: (entry) => window.dataLayer.push(entry),
    stop: () => sense.destroy(),
  };
}
