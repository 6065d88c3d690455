// /demo/moments/: a shop of two products on one page. It keeps nothing but what is on the page.
import { item, major, pushEvent } from "./data-layer.js";

const QUIET_KEY = "openline:demo:quiet";
const BEGIN = { view: "product-0", lines: [] };
const shop = document.querySelector("[data-shop]");
const views = new Map([...shop.querySelectorAll("[data-view]")].map((tab) => [tab.dataset.view, { tab, panel: document.getElementById(tab.getAttribute("aria-controls")) }]));
const description = document.head.appendChild(Object.assign(document.createElement("script"), { type: "application/ld+json" }));
const lines = new Map(BEGIN.lines);

for (const [name, { tab, panel }] of views) {
  tab.addEventListener("click", () => open(name));
  panel.querySelector("[data-add]")?.addEventListener("click", () => change(productOf(panel), 1));
}
shop.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...views.values()].map(({ tab }) => tab);
  tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length].focus();
});
shop.querySelector("[data-voucher]").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.coupon;
  field.setAttribute("aria-invalid", "true");
  event.target.querySelector("[data-voucher-message]").textContent = field.value ? `We do not know ${field.value}.` : "Write a code first.";
  if (field.value) window.openline?.track?.("coupon_refused");
});
document.querySelector("[data-begin]").addEventListener("click", () => {
  try {
    localStorage.removeItem(QUIET_KEY);
  } catch {
    // Blocked: then nothing was kept either.
  }
  location.reload();
});
document.addEventListener("openline:trigger", ({ detail }) => {
  for (const step of document.querySelectorAll("[data-trigger]")) {
    if (detail.trigger === step.dataset.trigger) step.querySelector("[data-seen]").hidden = false;
  }
});
open(BEGIN.view);
showLines();

function open(name) {
  for (const [other, { tab, panel }] of views) {
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    panel.hidden = other !== name;
  }
  const { panel } = views.get(name);
  description.textContent = panel.dataset.product ?? "";
  if (panel.dataset.product) pushEvent("view_item", payload(productOf(panel), 1));
  if (name === "cart") pushEvent("view_cart", cart());
  if (name === "checkout") pushEvent("begin_checkout", cart());
}

function productOf(panel) {
  const { sku, name, offers } = JSON.parse(panel.dataset.product);
  return { sku, title: name, category: "Grinders", priceMinor: Math.round(Number(offers.price) * 100) };
}

function change(product, difference) {
  const quantity = (lines.get(product.sku)?.quantity ?? 0) + difference;
  if (quantity > 0) lines.set(product.sku, { ...product, quantity });
  else lines.delete(product.sku);
  pushEvent(difference > 0 ? "add_to_cart" : "remove_from_cart", payload(product, Math.abs(difference)));
  showLines();
}

function showLines() {
  shop.querySelector("[data-empty]").hidden = lines.size > 0;
  views.get("cart").tab.textContent = lines.size > 0 ? `Cart (${cart().items.reduce((sum, { quantity }) => sum + quantity, 0)})` : "Cart";
  const list = shop.querySelector("[data-lines]");
  const rows = new Map([...list.children].map((row) => [row.dataset.sku, row]));
  for (const line of lines.values()) {
    const row = rows.get(line.sku) ?? list.appendChild(newRow(line));
    row.querySelector("input").value = String(line.quantity);
    rows.delete(line.sku);
  }
  for (const row of rows.values()) row.remove();
}

function newRow(line) {
  const row = document.createElement("li");
  row.dataset.sku = line.sku;
  const quantity = Object.assign(document.createElement("input"), { type: "number", min: "0", max: "20", name: "quantity" });
  quantity.addEventListener("change", () => change(line, Math.max(0, Math.min(20, Number(quantity.value))) - lines.get(line.sku).quantity));
  const label = document.createElement("label");
  label.append(`${line.title} `, quantity);
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: "Remove" });
  remove.addEventListener("click", () => change(line, -lines.get(line.sku).quantity));
  row.append(label, remove);
  return row;
}

function payload(product, quantity) {
  return { value: major(product.priceMinor * quantity), items: [item({ ...product, quantity })] };
}

function cart() {
  const held = [...lines.values()];
  return { value: major(held.reduce((sum, line) => sum + line.priceMinor * line.quantity, 0)), items: held.map(item) };
}
