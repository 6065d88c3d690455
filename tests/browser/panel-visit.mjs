// What the panel's tests have in common: a page of the shop in hand's edge, and the panel on it.
import { until } from "../harness/poll.mjs";

/** Opens a page of the shop; resolves when the chat is mounted. */
export async function visit(context, edge, path = "/") {
  const page = await context.newPage();
  await page.goto(edge.url + path);
  await page.waitForFunction(() => window.chat);
  return page;
}

export async function openPanel(page) {
  await page.getByRole("button", { name: "Open chat" }).click();
  await page.getByRole("dialog", { name: "Harbour Coffee" }).waitFor();
}

export async function say(page, text) {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

/** Opens the panel, says something, and waits until the edge has it. */
export async function begin(page, edge, text = "hello") {
  await openPanel(page);
  await say(page, text);
  await until(() => edge.said().length === 1, { what: "the first message at the edge" });
}

export const bubbles = (page) => page.getByRole("log", { name: "Conversation" }).locator(".bubble").allInnerTexts();

/** What the shop's page stores. */
export const kept = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));

/** The name of what has the focus inside the chat. */
export const focused = (page) => page.evaluate(() => {
  const element = document.querySelector("openline-chat").shadowRoot.activeElement;
  return element && (element.getAttribute("aria-label") ?? element.textContent);
});
