import { html } from "../html.mjs";
import { page } from "./layout.mjs";

const SIMULATOR = "http://localhost:8788";
const LIST_KEYS = "npx wrangler kv key list --binding OPENLINE --local --prefix c/demo/";

export function tryPage() {
  return page({
    title: "Try the line | Harbour Coffee",
    description: "How to act out the open line on this shop.",
    path: "/demo/",
    crumbs: [["Home", "/"], ["Try the line", "/demo/"]],
    index: false,
    main: html`
<div class="try">
<h1>Try the line</h1>
<p class="lead">This shop exists to be chatted with. Play the shopper, then the staff. Five minutes, in this order.</p>
<ol class="try-steps">
<li>
<h2>Just ask</h2>
<p>Press the round button in the corner, and ask <q>what does delivery cost?</q>, <q>my coffee tastes sour</q> or <q>do you have the Capstan in green?</q> Answers come from this shop's settings; what they do not cover is handed to a person.</p>
</li>
<li>
<h2>Act out leaving, hesitating and not choosing</h2>
<p>On a computer: open <a href="/products/windlass-electric-grinder/">the Windlass</a>, read for some seconds, then move the pointer up and out of the page, slowing down as you would for the address bar. Rest there a moment: a small card offers help.</p>
<p>Or add something, open <a href="/cart/">the cart</a>, and touch nothing for 20 seconds. All the moments, and what is judged while you act them out, are on <a href="/demo/moments/">a page of their own</a>.</p>
</li>
<li>
<h2>Be hard to lose</h2>
<p>In the middle of a chat: reload, go to another page, open a second tab, switch the network off and write something. It is one conversation, and nothing is lost or said twice.</p>
</li>
<li>
<h2>Continue in Messenger</h2>
<p>In the chat, press <strong>Continue in Messenger</strong>. Locally, the link and the code lead to the Messenger simulator at <a href="${SIMULATOR}">localhost:8788</a>, where you hold the shopper's phone, the Page's inbox and a staff member's Messenger. Write from the phone: it appears here. Leave this page and answer from the inbox: it arrives on the phone.</p>
</li>
<li>
<h2>See where it is kept</h2>
<p>Every conversation is a log in KV: numbered segments that are never rewritten, and a head. In the project's folder:</p>
<pre><code>${LIST_KEYS}</code></pre>
<p>Replace <code>key list</code> by <code>key get</code> and give a key's name, to read one.</p>
</li>
</ol>
</div>`,
  });
}
