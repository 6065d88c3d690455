// Chromium for the browser tests.
import { chromium, devices } from "playwright-core";
import { findChromium } from "../../tools/chromium.mjs";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** A headless Chromium (playwright's `Browser`). `args` are added to its flags. */
export async function launchBrowser({ args = [], ...options } = {}) {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("no Chromium found: run npm test, or set CHROMIUM to its path");
  return chromium.launch({ executablePath, headless: true, args: [...flags, ...args], ...options });
}

/** A visitor at a desk: 1280 x 800, English. The `BrowserContext` is a fresh profile. */
export function newDesktop(browser, options = {}) {
  return browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US", ...options });
}

/** A visitor on a phone: touch, 412 wide, a mobile user agent. */
export function newPhone(browser, options = {}) {
  return browser.newContext({ ...devices["Pixel 7"], locale: "en-US", ...options });
}
