// /shop/: filter and order.
import { reportList } from "./lists.js";

const list = document.querySelector(".cards-listing");
const shopOrder = [...list.children];
const filters = [...document.querySelectorAll("[data-filter]")];
const sort = document.querySelector("[data-sort]");

for (const filter of filters) {
  filter.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", filter.href);
    apply();
    reportList(list);
  });
}
sort.addEventListener("change", apply);
addEventListener("popstate", apply);
apply();

/** The filter is in the address, so that it can be linked, and gone back to. */
function apply() {
  const asked = new URLSearchParams(location.search).get("kind") ?? "";
  const active = filters.find((filter) => filter.dataset.filter === asked) ?? filters[0];
  const kind = active.dataset.filter;
  for (const filter of filters) {
    if (filter === active) filter.setAttribute("aria-current", "true");
    else filter.removeAttribute("aria-current");
  }
  const note = document.querySelector("[data-kind-note]");
  note.textContent = active.dataset.note ?? note.dataset.noteAll;

  list.append(...sorted(shopOrder, sort.value));
  for (const card of shopOrder) card.hidden = kind !== "" && card.dataset.kind !== kind;
  const count = shopOrder.filter((card) => !card.hidden).length;
  document.querySelector("[data-result-count]").textContent = `${count} products`;
}

function sorted(cards, order) {
  const price = (card) => Number(card.dataset.price);
  if (order === "up") return [...cards].sort((a, b) => price(a) - price(b));
  if (order === "down") return [...cards].sort((a, b) => price(b) - price(a));
  return cards;
}
