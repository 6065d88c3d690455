import { item, pushEvent } from "./data-layer.js";

/** Filter and order of /shop/. The filter is in the address, so it can be linked, and gone back to. */
export function showListing() {
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
}

/** `view_item_list` for every list of the page, `select_item` for what is chosen from it. */
export function reportLists() {
  for (const list of document.querySelectorAll("[data-list]")) {
    reportList(list);
    list.addEventListener("click", (event) => {
      const card = event.target.closest("a") && event.target.closest(".card");
      if (card) pushEvent("select_item", { ...listNames(list), items: [cardItem(card, shownCards(list).indexOf(card))] });
    });
  }
}

function reportList(list) {
  pushEvent("view_item_list", { ...listNames(list), items: shownCards(list).map(cardItem) });
}

function listNames(list) {
  return { item_list_id: list.dataset.list, item_list_name: list.dataset.listName };
}

function shownCards(list) {
  return [...list.children].filter((card) => !card.hidden);
}

function cardItem(card, index) {
  const { sku, name, category, price } = card.dataset;
  return item({ sku, title: name, category, priceMinor: Math.round(Number(price) * 100) }, index);
}

function sorted(cards, order) {
  const price = (card) => Number(card.dataset.price);
  if (order === "up") return [...cards].sort((a, b) => price(a) - price(b));
  if (order === "down") return [...cards].sort((a, b) => price(b) - price(a));
  return cards;
}
