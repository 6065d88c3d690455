// From the shop's page to Messenger and back, by link, by QR code's reference, by a typed code, and to the store's staff.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newDesktop, newPhone } from "../harness/browser.mjs";
import {
  allSent, assertLog, choose, demo, eventually, hears, log, openPage, openPanel, panel, say, shoot, signed, startStory,
} from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

const answerTo = (id) => demo.answers.find((answer) => answer.id === id).text;
const linkedNotice = "This conversation goes on in Messenger too.";
const welcome = `You are continuing your chat with ${demo.name} here.`;

async function visit(t, { context = newDesktop, clock = false } = {}) {
  const visitor = await context(story.browser);
  t.after(() => visitor.close());
  if (clock) await visitor.clock.install();
  const page = await openPage(visitor, `${story.shop.url}/products/slack-water/`);
  await openPanel(page);
  return page;
}

/** Somebody with Messenger whom nobody wrote to yet. */
async function somebody(name) {
  const { psid } = await story.simulator.control("people", { name });
  const person = () => story.simulator.state.people.find((one) => one.psid === psid);
  const act = (verb, body = {}) => story.simulator.control(`shopper/${psid}/${verb}`, body);
  const inbox = (text) => story.simulator.control(`inbox/${psid}/message`, { text });
  const texts = () => person().thread.messages.filter(({ from }) => from === "page").map(textOf);
  return {
    psid, act, inbox, texts,
    /** The page's message which contains `text`, once it is there. */
    async gets(text) {
      const find = () => person().thread.messages.findLast((message) => message.from === "page" && textOf(message).includes(text));
      return eventually(`${JSON.stringify(text)} in ${name}'s Messenger`, find).catch((error) => {
        throw new Error(`${error.message}; there is ${JSON.stringify(texts(), null, 1)}`);
      });
    },
    async followLink(url) {
      const { started } = await act("tap", { ref: new URL(url).searchParams.get("ref") });
      if (!started) await act("get-started");
    },
  };
}

/** A member of staff who linked their own Messenger. */
async function staffMember(name) {
  const { link } = await signed(story.edge, "POST", "/v1/demo/staff", { name });
  const member = await somebody(name);
  await member.followLink(link);
  await member.gets(`You now answer for ${demo.name}`);
  return member;
}

/** A template's text counts as a message's. */
function textOf({ text, attachments }) {
  return [text, ...(attachments ?? []).map(({ payload }) => payload?.text)].filter(Boolean).join("\n");
}

/** Asks the panel for the way on to Messenger; gives what it shows. */
async function handOver(page) {
  await choose(page, "Continue in Messenger");
  const sheet = page.getByRole("group", { name: "Continue in Messenger" });
  const link = sheet.getByRole("link", { name: "Open Messenger" });
  await link.waitFor();
  return { sheet, url: await link.getAttribute("href"), code: (await sheet.getByText(/^\d{6}$/).innerText()).trim() };
}

/** The page heard that the conversation goes on in Messenger, and shows the conversation again. */
async function isLinked(page) {
  await hears(page, linkedNotice);
  await page.getByRole("group", { name: "Continue in Messenger" }).waitFor({ state: "detached" });
}

test("at a desk there is a link, a QR code and a code; followed, both sides are one conversation", async (t) => {
  const page = await visit(t);
  await say(page, "A1: I am on the shop's page");
  await allSent(page);
  const { sheet, url, code } = await handOver(page);
  await sheet.getByRole("img", { name: "QR code" }).waitFor();
  assert.match(url, /^http:\/\/localhost:\d+\/m\.me\/harbourcoffee\?ref=\w+&text=\d{6}$/);
  assert.match(code, /^\d{6}$/);
  await shoot(page, "desktop-hand-over");

  const shopper = await somebody("Ada");
  await shopper.followLink(url);
  await shopper.gets(welcome);
  await isLinked(page);
  await shopper.act("message", { text: "A2: and now in Messenger: how do returns work?" });
  await hears(page, "A2: and now in Messenger", answerTo("returns"));
  await shopper.gets(answerTo("returns"));
  await say(page, "A3: back on the page");
  await allSent(page);
  await shoot(page, "desktop-linked");
  await assertLog(page, "A1: I am", linkedNotice, "A2: and now", answerTo("returns"), "A3: back on");
  assert.deepEqual(page.heard.errors, []);
});

test("what the shopper sees on the page stays there; after it is closed the store's words reach Messenger", async (t) => {
  const jonas = await staffMember("Jonas");
  const page = await visit(t);
  const { url } = await handOver(page);
  const shopper = await somebody("Bo");
  await shopper.followLink(url);
  await shopper.gets(welcome);
  await isLinked(page);
  await say(page, "B1: which filter size do I need?");
  await hears(page, answerTo("sizes"));
  await allSent(page);
  const context = page.context();
  await page.close();

  const { mid } = await jonas.gets("B1: which filter size");
  await jonas.act("message", { text: "B2: Jonas here, 02 fits most.", reply_to: { mid } });
  await shopper.gets("B2: Jonas here");
  assert.equal(shopper.texts().filter((text) => text.includes(answerTo("sizes"))).length, 0, "seen on the page, so not sent on");
  await shopper.act("message", { text: "B3: thank you" });
  await shopper.inbox("B4: From the Page inbox: any time!");
  const back = await openPage(context, `${story.shop.url}/`);
  await assertLog(back, "B1: which", answerTo("sizes"), "B2: Jonas here", "B3: thank you", "B4: From the Page inbox");
  for (const text of ["B2: Jonas", "B4: From"]) assert.equal(shopper.texts().filter((said) => said.includes(text)).length, 1, text);
});

test("asked in Messenger with no page open, the assistant answers there, and the next page shows it", async (t) => {
  const page = await visit(t);
  const { url } = await handOver(page);
  const shopper = await somebody("Cleo");
  await shopper.followLink(url);
  await isLinked(page);
  const context = page.context();
  await page.close();
  await shopper.act("message", { text: "C1: how do returns work?" });
  await shopper.gets(answerTo("returns"));
  const back = await openPage(context, `${story.shop.url}/help/`);
  await assertLog(back, linkedNotice, "C1: how do returns work?", answerTo("returns"));
  assert.equal(shopper.texts().filter((text) => text.includes(answerTo("returns"))).length, 1);
});

test("a phone shows the link, and the code gets there where the phone drops the reference", async (t) => {
  const page = await visit(t, { context: newPhone });
  await say(page, "D1: from my phone");
  await allSent(page);
  const { sheet, url, code } = await handOver(page);
  assert.equal(await sheet.getByRole("img", { name: "QR code" }).count(), 0);
  await shoot(page, "phone-hand-over");
  const shopper = await somebody("Dan");
  await shopper.act("phone", { drops_ref: true });
  await shopper.followLink(url);
  await shopper.gets(demo.greeting.text);
  await shopper.act("message", { text: code });
  await shopper.gets(welcome);
  await isLinked(page);
  await shopper.act("message", { text: "D2: it is me" });
  await hears(page, "D2: it is me");
  assert.equal(await log(page).getByText(code).count(), 0, "a code is no message");
});

test("a link works once, and what does not work is said in words", async (t) => {
  const page = await visit(t);
  await say(page, "E1: private");
  await allSent(page);
  const { url } = await handOver(page);
  const [owner, other, guesser] = await Promise.all(["Eva", "Finn", "Gus"].map(somebody));
  await owner.followLink(url);
  await owner.gets(welcome);
  await other.followLink(url);
  await other.gets("already used by someone else");
  const guessed = new URL(url);
  guessed.searchParams.set("ref", `${guessed.searchParams.get("ref")}x1`);
  await guesser.followLink(guessed.href);
  await guesser.gets("could not find the chat");
  await other.act("message", { text: "E2: not for that shopper" });
  await owner.act("message", { text: "E3: for the page" });
  await isLinked(page);
  await hears(page, "E3: for the page");
  assert.equal(await log(page).getByText("E2: not for").count(), 0);
});

test("a link that was not used in time is replaced by a new one", async (t) => {
  const page = await visit(t, { clock: true });
  const { sheet, url } = await handOver(page);
  await page.clock.fastForward("16:00");
  await sheet.getByText("This link has expired.").waitFor();
  await sheet.getByRole("button", { name: "Get a new link" }).click();
  const link = sheet.getByRole("link", { name: "Open Messenger" });
  await link.waitFor();
  assert.notEqual(await link.getAttribute("href"), url);
});

test("followed on the simulator's own page, the link is answered there", async (t) => {
  const page = await visit(t);
  await say(page, "H1: from the page");
  await allSent(page);
  const { url } = await handOver(page);
  const messenger = await openPage(page.context(), url);
  const phone = messenger.getByRole("region", { name: "Shopper's phone" });
  await phone.getByRole("button", { name: "Get Started" }).click();
  await phone.getByText(welcome).waitFor();
  await phone.getByRole("textbox", { name: "Message as shopper" }).fill("H2: from Messenger's own page");
  await phone.getByRole("button", { name: "Send as shopper" }).click();
  await page.bringToFront();
  await hears(page, "H2: from Messenger's own page");
  const inbox = messenger.getByRole("region", { name: "Page inbox" });
  await messenger.bringToFront();
  await inbox.getByRole("listitem").filter({ hasText: "H2: from" }).getByRole("button").click();
  await inbox.getByRole("textbox", { name: "Reply as Page" }).fill("H3: from the Page inbox");
  await inbox.getByRole("button", { name: "Send as Page" }).click();
  await shoot(messenger, "simulator");
  await page.bringToFront();
  await hears(page, "H3: from the Page inbox");
  await assertLog(page, "H1: from", "H2: from", "H3: from");
  await shoot(page, "desktop-answered-from-inbox");

  await panel(page).getByRole("button", { name: "Close" }).click();
  await panel(page).waitFor({ state: "detached" });
  await messenger.bringToFront();
  await inbox.getByRole("textbox", { name: "Reply as Page" }).fill("H4: while the panel is closed");
  await inbox.getByRole("button", { name: "Send as Page" }).click();
  await page.bringToFront();
  await page.getByTitle("1 unread message").waitFor();
  await shoot(page, "desktop-unread");
  await openPanel(page);
  await assertLog(page, "H3: from", "H4: while");
  await page.getByTitle("unread message").waitFor({ state: "detached" });
});

test("staff read a shopper's message in their own Messenger and answer it from there", async (t) => {
  const staff = await staffMember("Mara");
  const page = await visit(t);
  await say(page, "I1: does anybody know the harbour master?");
  const relayed = await staff.gets("I1: does anybody know");
  await staff.act("message", { text: "I2: I do, he drinks Dogger.", reply_to: { mid: relayed.mid } });
  await hears(page, "I2: I do, he drinks Dogger.");
  await panel(page).getByText("Mara").waitFor();
  await shoot(page, "desktop-staff-answered");
  await staff.act("message", { text: "I3: to nobody" });
  await staff.gets("To answer a shopper, reply to their message");

  const { url } = await handOver(page);
  const shopper = await somebody("Ida");
  await shopper.followLink(url);
  await shopper.gets(welcome);
  const context = page.context();
  await page.close();
  const asked = await shopper.act("message", { text: "I4: is he in today?" }).then(() => staff.gets("I4: is he in today?"));
  await staff.act("message", { text: "I5: until six.", reply_to: { mid: asked.mid } });
  await shopper.gets("I5: until six.");
  const back = await openPage(context, `${story.shop.url}/`);
  await assertLog(back, "I1: does", "I2: I do", "I4: is he", "I5: until six");
  assert.equal(await log(back).getByText("I3: to nobody").count(), 0);
});
