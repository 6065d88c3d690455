// /demo/moments/: every moment can be acted out there as the page says, by a person who only reads it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newDesktop } from "../harness/browser.mjs";
import { card, eventually, openPage, panel, shoot, startStory } from "./story.mjs";
import { skippableTime } from "./watched-page.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

const tab = (page, name) => page.getByRole("tab", { name });
const skip = (page, ms) => page.evaluate((by) => window.skip(by), ms);

const moments = {
  "leaves for the address bar by the keyboard": {
    trigger: "exit",
    async act(page) {
      await page.keyboard.press("Control+KeyL");
      // A browser without a head has no address bar to go to.
      await page.evaluate(() => window.dispatchEvent(new FocusEvent("blur")));
    },
  },
  "looks at two products in turn": {
    trigger: "indecision",
    async act(page) {
      for (const name of ["Windlass", "Capstan", "Windlass", "Capstan"]) {
        await tab(page, name).click();
        await skip(page, 4_000);
      }
    },
    async sees(page) {
      const table = card(page).getByRole("table");
      for (const words of ["Capstan", "Windlass", "Burrs", "249"]) await table.getByText(words).first().waitFor();
    },
  },
  "changes a quantity up and down": {
    trigger: "hesitation",
    async act(page) {
      await page.getByRole("button", { name: "Add to cart" }).first().click();
      await tab(page, /Cart/).click();
      for (const quantity of ["2", "1", "2"]) {
        await page.getByRole("spinbutton", { name: "Capstan" }).fill(quantity);
        await page.getByRole("spinbutton", { name: "Capstan" }).blur();
        await skip(page, 4_000);
      }
    },
  },
};

for (const [what, { trigger, act, sees }] of Object.entries(moments)) {
  test(`the card is there for who ${what}, and the step is ticked`, async (t) => {
    const context = await newDesktop(story.browser);
    t.after(() => context.close());
    await context.addInitScript(skippableTime);
    const page = await openPage(context, `${story.edge.url}/demo/moments/`);
    // The merchant's panel comes after the sensors.
    await page.getByText("Openline debug").waitFor();
    await skip(page, 12_000);
    await act(page);
    // What was typed is forgotten as typing after three seconds.
    await eventually("the card", async () => {
      await skip(page, 500);
      return await card(page).count() > 0;
    });
    await sees?.(page);
    await shoot(page, `moments-${trigger}`);
    await page.locator(`[data-trigger=${trigger}] [data-seen]`).waitFor();
    assert.equal(await page.locator("[data-seen]:visible").count(), 1);
    await card(page).getByRole("button", { name: "Reply" }).click();
    await panel(page).waitFor();
    assert.deepEqual(page.heard.errors, []);
  });
}
