// A browser that notices what must never happen, and claims that are told one by one: node NAME.mjs BASE

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const base = process.argv[2];
export const PICTURE = new URL("../../it/picture.png", import.meta.url).pathname;
/** Nothing may take longer, also beside other tests on a small machine. */
const PATIENCE_MS = 180_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
  ],
});

/** What Chromium says of a reply with a status of 400 and more; the pages say it themselves, where it is expected. */
const is_expected = (text) => text.startsWith("Failed to load resource: the server responded with a status of 4");

export function assert(is_so, text) {
  if (!is_so) throw new Error(text);
}
export function equal(seen, wanted, text = "") {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)];
  assert(one === other, `${text} ${one} is not ${other}`);
}

/** Waits until `ask()` gives something that is true, and gives it. */
export async function until(ask, text) {
  const end_ms = Date.now() + PATIENCE_MS;
  for (;;) {
    const got = await ask();
    if (got) return got;
    assert(Date.now() < end_ms, `${text}: not within ${PATIENCE_MS} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A visitor of his own: a context without history, whose every fault and every request to another host than `origins` is kept. */
async function visitor({ language = "en", origins = [base], tolerated = /^$/, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: language === "zh" ? "zh-CN" : "en-US",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const faults = [];
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`POLICY ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && !origins.includes(url.origin))
      faults.push(`a request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error" && !is_expected(message.text()) && !tolerated.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`script: ${error.error().stack}`));
  return { context, faults };
}

let broken = 0;
const only = process.argv[3];
/** Runs one claim as a new visitor, and tells whether it holds. @param {(page: import("playwright-core").Page) => Promise<void>} run */
export async function claim(name, run, options) {
  if (only && !name.includes(only)) return;
  const start_ms = Date.now();
  const { context, faults } = await visitor(options);
  let page = null;
  try {
    page = await context.newPage();
    await run(page);
    assert(faults.length === 0, faults.join("\n"));
    console.log(`holds: ${name} (${Date.now() - start_ms} ms)`);
  } catch (error) {
    broken += 1;
    console.log(`BROKEN: ${name}: ${error.stack}\nat ${page?.url()} ${faults.join("\n")}`);
    if (process.env.SHOTS) await page?.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(" ", "-")}.png` });
  }
  await context.close();
}

/** Ends the browser; the status says whether all claims hold. */
export async function end() {
  await browser.close();
  process.exitCode = broken > 0 ? 1 : 0;
}

/** Opens a page and waits until its script has filled it. */
export async function visit(page, path) {
  await page.goto(base + path);
  await page.locator("main h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("main [aria-busy='true'], main .skeleton"));
}

/** Calls filmgate's own API as the page does. */
export function api(page, method, path, body) {
  return page.evaluate(
    async ([how, where, what]) => {
      const csrf = document.querySelector("meta[name=filmgate-csrf]").content;
      const answer = await fetch(`/filmgate/v1/${where}`, {
        method: how,
        headers: { "X-Filmgate-CSRF": csrf, ...(what && { "Content-Type": "application/json" }) },
        body: what && JSON.stringify(what),
      });
      return { status: answer.status, ...(answer.status === 204 ? {} : await answer.json()) };
    },
    [method, path, body],
  );
}

/** Makes the visitor somebody with a full purse: in the emulator every key is an account. */
export async function as(page, key) {
  await page.goto(base + "/credits");
  equal((await api(page, "POST", "session", { key })).status, 200, "the session:");
  await visit(page, "/credits");
}

/** The id of the task whose page is open. */
export const task_id = (page) => decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1));

/** Waits for the film on a task's page, plays it, and tells what was seen. */
export async function play(page) {
  await page.locator(".player video").waitFor();
  return page.locator(".player video").evaluate(async (video) => {
    video.muted = true;
    video.currentTime = 0;
    await video.play();
    const moments = [];
    while (moments.length < 3) {
      await new Promise((done) => video.requestVideoFrameCallback(done));
      if (video.currentTime > (moments.at(-1) ?? 0)) moments.push(video.currentTime);
    }
    const { videoWidth: width, videoHeight: height, duration } = video;
    return { width, height, duration, moments };
  });
}

/** The serious and critical faults that axe finds on the page as it is. */
export async function axe(page) {
  // An expression of the debugger is not bound by the page's policy.
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? ""})`)
          .join(" | ")}`,
    );
}
