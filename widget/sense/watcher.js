// The sensors as they are spoken to by what stands around them.
import { watch as start } from "glue";

export function watch(settings, kept, host) {
  settings.rules ??= settings.triggers.map((told) => ({ ...told, id: told.rule }));
  const sense = start(JSON.stringify(settings), (rule, reasons) => host.card({ rule, trigger: rule, topic: rule === "idle_cart" ? "cart" : "leaving", version: 1, reasons, points: reasons.map(() => 10), products: [] }));
  return {
    track: (name, props) => sense.track(name, JSON.stringify(props)),
    cart: (cart) => sense.cart(JSON.stringify(cart)),
    panel: (open) => sense.panel(open),
    quiet: (until) => sense.quiet(until),
    decline: (how) => ({ closed: Date.now() + 7 * 864e5, not_now: Date.now() + 30 * 864e5, never: 2 ** 53 - 1 })[how],
    consent() {},
    look: () => ({}),
    stop: () => sense.stop(),
  };
}
