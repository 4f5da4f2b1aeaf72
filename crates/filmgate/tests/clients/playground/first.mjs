// From the first visit to the playing film; what a reload, a lost connection and a second tab change: nothing.

import { createServer as createPage } from "node:http";
import { connect, createServer } from "node:net";
import { api, as, assert, base, claim, end, equal, play, task_id, until, visit } from "./stage.mjs";

await claim("a first visit ends with a playing film after one click", async (page) => {
  await visit(page, "/");
  await page.locator("#first").click();
  await page.waitForURL(/\/tasks\/./);
  const seen = await play(page);
  equal([seen.width, seen.height], [1280, 720]);
  assert(Math.abs(seen.duration - 8) < 0.05, `${seen.duration} s`);
  assert(seen.moments[0] < seen.moments[1] && seen.moments[1] < seen.moments[2], `it plays: ${seen.moments}`);
  equal(await page.evaluate(() => document.cookie), "", "no script can read the session:");
  equal((await api(page, "GET", "credits")).available, 940);
  await page.goBack();
  await page.locator("#make").waitFor();
  equal(await page.locator("#first").count(), 0, "the second visit has no hero:");
});

/** A page of another site, with a link to us. */
const neighbour = createPage((_, response) =>
  response
    .setHeader("content-type", "text/html")
    .end(`<link rel="icon" href="data:,"><a href="${base}/credits">Credits</a>`),
);
await new Promise((done) => neighbour.listen(0, "127.0.0.1", done));
const elsewhere = `http://localhost:${neighbour.address().port}`;
const account = async (page) => (await api(page, "GET", "session")).account;

await claim(
  "a link from another site leads to the account that was open, else to the sandbox's own",
  async (page) => {
    await page.goto(elsewhere);
    await page.getByRole("link").click();
    await page.locator(".purse").waitFor();
    const sandbox = await account(page);
    await as(page, "my own");
    const own = await account(page);
    await page.goto(elsewhere);
    await page.getByRole("link").click();
    await page.locator(".purse").waitFor();
    equal([await account(page), own === sandbox], [own, false]);
  },
  { origins: [base, elsewhere], tolerated: /401/ },
);

/** Makes a film that takes a while, and opens its page before it is there. */
async function begin(page, origin = base, prompt = "A red boat at sea") {
  await page.goto(`${origin}/credits`);
  const { id } = await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt, seconds: 6 } });
  await page.goto(new URL(`/tasks/${id}`, page.url()).href);
  await page.locator("[role=progressbar]").first().waitFor();
  return id;
}
const moments = (page) => page.locator(".timeline li:not(.live)").count();

await claim("a reload in the middle loses nothing", async (page) => {
  // Its film is not made before this page has been loaded twice, on however slow a machine.
  const id = await begin(page, base, "A red boat at sea [[slow]]");
  await page.reload();
  await page.locator("[role=progressbar]").first().waitFor();
  const seen = await play(page);
  equal(seen.width, 1280);
  const { timeline, phase } = await api(page, "GET", `tasks/${id}`);
  equal(phase, "succeeded");
  await until(async () => (await moments(page)) === timeline.length, `all ${timeline.length} moments are shown`);
  equal(task_id(page), id);
});

/** The same server behind a line that can be cut. */
const lines = new Set();
const wire = createServer((near) => {
  const far = connect(Number(new URL(base).port), "127.0.0.1");
  for (const [end, other] of [
    [near, far],
    [far, near],
  ]) {
    lines.add(end);
    end.pipe(other);
    end
      .on("error", () => {})
      .on("close", () => {
        lines.delete(end);
        other.destroy();
      });
  }
});
await new Promise((done) => wire.listen(0, "127.0.0.1", done));
const cuttable = `http://127.0.0.1:${wire.address().port}`;

await claim(
  "a lost connection is made again, and nothing is missing",
  async (page) => {
    const asked = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/events")) asked.push(request);
    });
    // It ends when this claim says so, and so never before the page listens again.
    const id = await begin(page, cuttable, "A red boat at sea [[stuck]]");
    await until(() => asked.length === 1, "it listens");
    for (const line of lines) line.destroy();
    await until(() => asked.length > 1, "it listens anew");
    await api(page, "POST", `tasks/${id}/cancel`);
    await page.locator(".badge[data-phase=cancelled]").first().waitFor();
    const { timeline } = await api(page, "GET", `tasks/${id}`);
    await until(async () => (await moments(page)) === timeline.length, `all ${timeline.length} moments are shown`);
  },
  { origins: [cuttable], tolerated: /ERR_/ },
);

await claim(
  "two tabs show the same task, and a cancel in one is seen in the other",
  async (page) => {
    await as(page, "two tabs");
    const { id } = await api(page, "POST", "tasks", {
      model: "veo3_fast",
      input: { prompt: "A quiet lake [[stuck]]", seconds: 4 },
    });
    const other = await page.context().newPage();
    for (const tab of [page, other]) {
      await tab.goto(new URL(`/tasks/${id}`, page.url()).href);
      await tab.locator("[role=progressbar]").first().waitFor();
    }
    await page.bringToFront();
    await page.getByRole("button", { name: "Cancel", exact: false }).first().click();
    await page.locator("dialog .danger").click();
    await until(async () => (await api(page, "GET", `tasks/${id}`)).phase === "cancelled", "the task is cancelled");
    await other.bringToFront();
    await other.locator(".task-head [data-phase=cancelled]").waitFor();
    await page.locator(".task-head [data-phase=cancelled]").waitFor();
    equal((await api(other, "GET", "credits")).available, 1000, "what was held came back:");
  },
  { reducedMotion: "reduce" },
);

wire.close();
neighbour.closeAllConnections();
neighbour.close();
await end();
