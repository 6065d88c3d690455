import { item, pushEvent } from "./data-layer.js";

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

/** `view_item_list` for the cards a list shows now. */
export function reportList(list) {
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
