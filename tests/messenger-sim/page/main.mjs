// The page: three surfaces over one state, and the link that may have led here.
import { follow } from "./api.mjs";
import { duration } from "./dom.mjs";
import { Drawer } from "./drawer.mjs";
import { Inbox } from "./inbox.mjs";
import { Phone } from "./phone.mjs";

const byId = (id) => document.getElementById(id);
const SURFACES = ["shopper", "inbox", "staff"];

const surfaces = {
  shopper: new Phone({ role: "shopper", pane: byId("shopper"), defaultIndex: 0 }),
  inbox: new Inbox({ pane: byId("inbox") }),
  staff: new Phone({ role: "staff", pane: byId("staff"), defaultIndex: 1 }),
};
const drawer = new Drawer({ node: byId("drawer"), toggle: byId("open-drawer") });
const narrow = matchMedia("(max-width: 1099px)");
let active = sessionStorage.getItem("surface") ?? "shopper";
let link = takeLink();
let latest = null;

byId("links").value = localStorage.getItem("links") ?? "shopper";
byId("links").addEventListener("change", (event) => localStorage.setItem("links", event.target.value));
for (const name of SURFACES) byId(`tab-${name}`).addEventListener("click", () => activate(name));
document.querySelector(".tabs").addEventListener("keydown", moveBetweenTabs);
document.addEventListener("visibilitychange", markRead);
narrow.addEventListener("change", () => activate(active));
activate(link ? byId("links").value : active);
follow(show, (connected) => document.body.classList.toggle("disconnected", !connected));

function show(state) {
  latest = state;
  for (const name of SURFACES) surfaces[name].show(state);
  drawer.show(state);
  byId("edge").textContent = edgeWords(state);
  byId("clock").hidden = state.clock_offset_ms === 0;
  byId("clock").textContent = `+${duration(state.clock_offset_ms)}`;
  byId("open-drawer").classList.toggle("armed", state.faults.length > 0);
  for (const name of SURFACES) byId(`tab-${name}`).classList.toggle("unread", name !== active && surfaces[name].unread());
  openLink();
  markRead();
}

function edgeWords({ page, settings, webhooks, subscribed_fields }) {
  const where = `${page.title} · webhooks to ${settings.edge}`;
  if (subscribed_fields.length === 0) return `${where} · the app is not subscribed`;
  if (webhooks.failing_since === null) return where;
  const failed = webhooks.log.findLast(({ attempts }) => attempts.length > 0)?.attempts.at(-1);
  return `${where} · failing: ${failed?.status ?? failed?.error ?? "no answer"}`;
}

function activate(name) {
  active = name;
  sessionStorage.setItem("surface", name);
  for (const other of SURFACES) {
    byId(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    byId(`tab-${other}`).tabIndex = other === name ? 0 : -1;
    byId(other).classList.toggle("active", other === name);
  }
  if (latest) show(latest);
}

function moveBetweenTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  activate(SURFACES[(SURFACES.indexOf(active) + step + SURFACES.length) % SURFACES.length]);
  byId(`tab-${active}`).focus();
}

function markRead() {
  if (!latest) return;
  for (const name of ["shopper", "staff"]) {
    surfaces[name].markRead(document.visibilityState === "visible" && (!narrow.matches || active === name));
  }
}

/** The link that led here, once: it leaves the address, so that a reload does not tap it again. */
function takeLink() {
  const query = new URLSearchParams(location.search);
  if (query.get("link") !== "m.me") return null;
  history.replaceState(null, "", "/");
  return { ref: query.get("ref"), text: query.get("text") };
}

function openLink() {
  if (!link) return;
  const opened = link;
  link = null;
  surfaces[byId("links").value].openLink(opened);
}
