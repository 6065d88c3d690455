// What the page's consent tools say about storing, where there are any; unknown is no.
import { attempt } from "./attempt.js";
import { followDataLayer } from "./data_layer.js";

/** Storing on the device, and profiles for choosing content. */
const PURPOSES = [1, 5, 6];
const KINDS = ["functionality_storage", "analytics_storage"];

/**
 * Tells `onChange` whether anything may be stored, at once and whenever that changes. `say` is the shop's own word, which
 * wins; without it every tool that is there must agree. `stop` lets go of the page.
 */
export function followConsent(onChange) {
  const said = {};
  const google = {};
  const listeners = new AbortController();
  let own, told;

  const tell = () => {
    const tools = Object.values(said).filter((granted) => granted !== undefined);
    const granted = own ?? (tools.length > 0 && tools.every(Boolean));
    if (granted !== told) onChange(told = granted);
  };
  const hear = (tool, granted) => {
    said[tool] = granted;
    tell();
  };

  // Google Consent Mode: gtag pushes its arguments, ["consent", "default" | "update", { analytics_storage: "granted", ... }].
  const layer = followDataLayer((entry) => {
    const { 0: word, 1: act, 2: kinds } = Object(entry);
    if (word !== "consent") return;
    for (const kind of KINDS) {
      // A default for a region may not be meant for here, unless it refuses.
      if (kinds[kind] && (act === "update" || !kinds.region || kinds[kind] === "denied")) google[kind] = kinds[kind] === "granted";
    }
    const stated = Object.values(google);
    if (stated.length) hear("google", stated.every(Boolean));
  });

  // Shopify: answers for where the shopper is, and what they chose.
  const readShopify = () => attempt(() => {
    const privacy = window.Shopify?.customerPrivacy;
    if (privacy) hear("shopify", !!(privacy.preferencesProcessingAllowed() && privacy.analyticsProcessingAllowed()));
  });
  for (const event of ["visitorConsentCollected", "shopifyCustomerPrivacyApiLoaded"]) {
    document.addEventListener(event, readShopify, { signal: listeners.signal });
  }

  // IAB Europe's Transparency and Consent Framework, 2.2.
  let listener;
  attempt(() => window.__tcfapi?.("addEventListener", 2, (data, ok) => attempt(() => {
    if (!ok || listeners.signal.aborted) return;
    listener = data.listenerId;
    if (data.gdprApplies === false) return hear("tcf", undefined);
    hear("tcf", data.eventStatus !== "cmpuishown" && PURPOSES.every((purpose) => data.purpose.consents[purpose] === true));
  })));

  layer.find();
  readShopify();
  tell();
  return {
    say(granted) {
      own = !!granted;
      told = undefined;
      tell();
    },
    /** Whether somebody said no: not the same as nobody having said anything. */
    isRefused: () => !told && (own === false || Object.values(said).includes(false)),
    /** What each tool says, for people. */
    look: () => ({ granted: told, own, ...said }),
    stop() {
      listeners.abort();
      attempt(() => window.__tcfapi?.("removeEventListener", 2, () => {}, listener));
      layer.stop();
    },
  };
}
