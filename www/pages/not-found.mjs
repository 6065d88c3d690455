import { html } from "../html.mjs";
import { page } from "./layout.mjs";

export function notFoundPage() {
  return page({
    title: "Lost at sea | Harbour Coffee",
    description: "There is no such page.",
    path: "/404.html",
    index: false,
    main: html`<section class="empty">
<h1>Nothing but water here</h1>
<p class="lead">There is no page at this address. It may have sailed.</p>
<p><a class="button" href="/shop/">Back to the shop</a></p>
</section>`,
  });
}
