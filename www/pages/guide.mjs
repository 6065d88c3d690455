import { html } from "../html.mjs";

/** A guide's introduction and table; the first column heads its row. */
export function guideTable(guide) {
  return html`<div class="guide-body"><p>${guide.intro}</p><div class="table-scroll"><table>
<thead><tr>${guide.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${guide.rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div></div>`;
}
