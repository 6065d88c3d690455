// The three browsers, opened at an address by their own command lines: no driver is needed for a page that works by itself.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { installFirefox, installWebKit } from "../../tools/browsers.mjs";
import { startService } from "../../tools/processes.mjs";

/** Nothing but the page: no first steps, no reports, no updates, nothing fetched in advance. */
const firefoxPreferences = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.security.https_first": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.prefetch-next": false,
  "services.settings.server": "http://127.0.0.1:9/",
  "termsofuse.bypassNotification": true,
  "toolkit.telemetry.enabled": false,
};

/** Chromium, as a function that opens it at an address and gives its `close()`. */
export async function openChromium(url) {
  const browser = await launchBrowser();
  const page = await (await newDesktop(browser)).newPage();
  await page.goto(url);
  return browser;
}

/** The browsers there are, by name, each as such a function; undefined where one is missing and cannot be installed. */
export async function allBrowsers() {
  const [firefox, webKit] = [await installFirefox(), await installWebKit()];
  return {
    Chromium: openChromium,
    Firefox: firefox && ((url) => openFirefox(firefox, url)),
    WebKit: webKit && ((url) => openWebKit(webKit, url)),
  };
}

async function openFirefox(path, url) {
  const home = await newHome("firefox");
  const lines = Object.entries(firefoxPreferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(home, "user.js"), lines.join(""));
  const service = startService("Firefox", path, ["--headless", "--no-remote", "--profile", home, url], {
    env: { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: "1" },
  });
  return closing([service], home);
}

async function openWebKit({ browser, screen }, url) {
  const home = await newHome("webkit");
  let said;
  const display = new Promise((resolve) => { said = resolve; });
  // It chooses a display nobody uses, and says which.
  const x = startService("Xvfb", screen, ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    onLine: (line) => { if (/^\d+$/.test(line)) said(`:${line}`); },
  });
  const shown = await Promise.race([display, x.exited.then(() => { throw new Error(`Xvfb ended\n${x.log()}`); })]);
  const service = startService("WebKit", browser, ["--private", url], {
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: shown, NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
  });
  return closing([service, x], home);
}

function newHome(name) {
  return mkdtemp(join(tmpdir(), `openline-${name}-`));
}

function closing(services, home) {
  return {
    log: () => services.map((service) => service.log()).join("\n"),
    async close() {
      for (const service of services) await service.stop();
      // Its last child may still be writing.
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
