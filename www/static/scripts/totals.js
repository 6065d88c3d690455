import { euros } from "./cart.js";

/** Fills the `totals` list of a page. */
export function showTotals(root, cart, sums) {
  root.querySelector("[data-subtotal]").textContent = euros(sums.subtotal);
  root.querySelector("[data-discount-row]").hidden = sums.discount === 0;
  root.querySelector("[data-voucher-code]").textContent = cart.voucher ?? "";
  root.querySelector("[data-discount]").textContent = `−${euros(sums.discount)}`;
  root.querySelector("[data-delivery]").textContent = sums.shipping === 0 ? "Free" : euros(sums.shipping);
  root.querySelector("[data-total]").textContent = euros(sums.total);
}

/** Fills the short list of lines beside a checkout or on a thank-you page. */
export function showMiniLines(root, cart) {
  const template = document.querySelector("[data-mini-line-template]");
  root.querySelector("[data-mini-lines]").replaceChildren(
    ...cart.lines.map((line) => {
      const row = template.content.cloneNode(true);
      row.querySelector("[data-image]").src = line.image;
      row.querySelector("[data-title]").textContent = line.quantity === 1 ? line.title : `${line.quantity} × ${line.title}`;
      row.querySelector("[data-variant]").textContent = line.variant;
      row.querySelector("[data-line-total]").textContent = euros(line.priceMinor * line.quantity);
      return row;
    }),
  );
}
