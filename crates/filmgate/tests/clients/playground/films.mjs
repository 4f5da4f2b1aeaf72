// Pages of films while they are open: what they show stays true, stays in order, and takes nothing away from whoever uses it.

import { api, as, assert, axe, claim, end, equal, until, visit } from "./stage.mjs";

const make = async (page, prompt, more = {}) =>
  (await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt, seconds: 4, ...more } })).id;
/** Asks for many films of which none ends by itself. */
async function make_stuck(page, names) {
  for (let n = 0; n < names.length; n += 24) {
    const requests = names
      .slice(n, n + 24)
      .map((name) => ({ model: "sora-2", input: { prompt: `${name} [[stuck]]` } }));
    equal((await api(page, "POST", "batches", { requests })).status, 201);
  }
}
const ids = async (page) => (await api(page, "GET", "tasks?limit=100")).tasks.map(({ id }) => id);
const shown = (page) =>
  page
    .locator(".task-card .cover")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").at(-1)));

await claim("the history comes with its page, whatever its prompts say", async (page) => {
  await as(page, "librarian");
  const prompt = "A cat </script><script>document.title = 'broken'</script> <!-- [[stuck]]";
  await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt, seconds: 4 } });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await visit(page, "/tasks");
  await page.locator(".task-card strong", { hasText: "A cat </script><script>" }).waitFor();
  assert(
    asked.some((url) => url.includes("/pages/history.js")),
    "what is asked is seen",
  );
  equal(
    asked.filter((url) => url.endsWith("/filmgate/v1/tasks?limit=24")),
    [],
  );
});

await claim("sending a delivery again keeps one line to the server", async (page) => {
  await page.addInitScript(() => {
    globalThis.lines = [];
    globalThis.EventSource = class extends EventSource {
      constructor(...given) {
        super(...given);
        globalThis.lines.push(this);
      }
    };
  });
  await as(page, "replays");
  const endpoint = { name: "Shop", url: "http://127.0.0.1:9/hook", events: ["video.failed"] };
  equal((await api(page, "POST", "webhooks/endpoints", endpoint)).status, 201);
  await visit(page, `/tasks/${await make(page, "A cat [[fail]]")}`);
  const again = page.getByRole("button", { name: "Send again" });
  for (let press = 0; press < 7; press += 1) {
    await Promise.all([page.waitForResponse((reply) => reply.url().endsWith("/replay")), again.click()]);
    await page.locator(".task [aria-busy=true]").waitFor({ state: "detached" });
  }
  const open = await page.evaluate(
    () => globalThis.lines.filter(({ readyState }) => readyState !== EventSource.CLOSED).length,
  );
  assert(open <= 1, `${open} lines are open`);
});

await claim("the history stays in order while it is looked at", async (page) => {
  await as(page, "many films");
  await make_stuck(
    page,
    Array.from({ length: 30 }, (_, n) => `Lake ${n}`),
  );
  await visit(page, "/tasks");
  await page.waitForResponse((reply) => reply.url().includes("phase=open&limit=48"));
  const newest = await make(page, "The newest [[stuck]]");
  await until(async () => (await shown(page))[0] === newest, "the newest stands first");
  equal(await shown(page), (await ids(page)).slice(0, 25));
  await page.getByRole("button", { name: "Older" }).click();
  await until(async () => (await shown(page)).length === 31, "the others come with a press");
  equal(await shown(page), await ids(page));
});

await claim("each of many films under way is followed", async (page) => {
  await as(page, "more films");
  await make_stuck(
    page,
    Array.from({ length: 8 }, (_, n) => `Old lake ${n}`),
  );
  const old = (await ids(page)).toReversed();
  await make_stuck(
    page,
    Array.from({ length: 48 }, (_, n) => `New lake ${n}`),
  );
  await visit(page, `/compare?tasks=${old.join(",")}`);
  // None of the eight is among the newest 48, and a look reads six.
  for (const id of [old[0], old.at(-1)]) equal((await api(page, "POST", `tasks/${id}/cancel`)).status, 200);
  await until(async () => (await page.locator(".side [data-phase=cancelled]").count()) === 2, "both ends are seen");
});

await claim(
  "an empty history fills itself, and a page that cannot be read says so where it was asked for",
  async (page) => {
    await as(page, "first film");
    await visit(page, "/tasks");
    await page.locator(".empty").waitFor();
    await make_stuck(page, ["Lake"]);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.locator(".task-card").waitFor();
    equal(await page.locator(".empty").count(), 0);
    await make_stuck(
      page,
      Array.from({ length: 24 }, (_, n) => `Lake ${n}`),
    );
    await page.reload();
    await page.route(/before=/, (route) => route.abort());
    await page.getByRole("button", { name: "Older" }).click();
    const fault = page.locator(".notice.bad");
    await fault.waitFor();
    assert(
      await fault.evaluate((box) =>
        Boolean(document.querySelector(".grid").compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING),
      ),
      "it stands below the films",
    );
    await page.unroute(/before=/);
    await fault.getByRole("button").click();
    await until(async () => (await shown(page)).length === 25, "the page comes");
  },
  { tolerated: /ERR_FAILED/ },
);

await claim("an end takes neither the rows that stand nor the focus away", async (page) => {
  await as(page, "an end");
  await visit(page, `/tasks/${await make(page, "A lake [[stuck]]")}`);
  await page.evaluate(() => {
    document.querySelector(".timeline li").stays = true;
  });
  await page.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog .danger").click();
  await page.locator(".task-head [data-phase=cancelled]").waitFor();
  assert(await page.evaluate(() => document.querySelector(".timeline li").stays), "the first row is the same");
  await until(() => page.evaluate(() => document.activeElement.matches(".acts *")), "the focus is among the actions");
});

await claim("the keys of a comparison belong to its films", async (page) => {
  await as(page, "keys");
  const made = [await make(page, "A red boat at sea"), await make(page, "A red boat in fog")];
  await until(async () => (await api(page, "GET", "tasks?phase=succeeded")).tasks.length === 2, "both are made");
  await visit(page, `/compare?tasks=${made.join(",")}`);
  const frame = async () => Number(await page.locator(".deck .scrub").inputValue());
  await page.locator(".side a").first().focus();
  await page.keyboard.press(".");
  await page.keyboard.press("End");
  equal(await frame(), 0);
  await page.locator(".side video").first().focus();
  await page.keyboard.press(".");
  await until(async () => (await frame()) === 1, "one frame on");
});

/** A finished film of one account, which several claims look at. */
async function film(page) {
  await as(page, "one film");
  const done = async () => (await api(page, "GET", "tasks?phase=succeeded")).tasks[0];
  if (!(await done())) await make(page, `A red boat at sea ${"w".repeat(120)}`);
  return until(done, "the film is made");
}

await claim(
  "a film, its controls and its actions are seen together",
  async (page) => {
    const { id, film: made } = await film(page);
    await visit(page, `/tasks/${id}`);
    const save = page.getByRole("link", { name: "Download" });
    const boxes = [
      await page.locator(".task-head h1").boundingBox(),
      await page.locator(".player .deck").boundingBox(),
      await save.boundingBox(),
    ];
    for (const { y, height } of boxes) assert(y >= 0 && y + height <= 900, `${y} to ${y + height} of 900`);
    const bytes = await save.evaluate(async (link) =>
      link.download.endsWith(".mp4") ? (await (await fetch(link.href)).arrayBuffer()).byteLength : 0,
    );
    equal(bytes, made.bytes);
  },
  { viewport: { width: 1440, height: 900 } },
);

await claim("the scrubber shows the frame that is pointed at", async (page) => {
  const { id } = await film(page);
  await visit(page, `/tasks/${id}`);
  const scrub = page.locator(".player .scrub");
  await page.waitForFunction(() => document.querySelector(".player .scrub").max === "95");
  await scrub.hover();
  const still = page.locator(".still");
  await still.waitFor();
  const at = () =>
    still.locator("video").evaluate((video) => (video.seeking || video.readyState < 2 ? -1 : video.currentTime));
  await until(async () => Math.abs((await at()) - 2) < 0.1, "the middle of four seconds");
  equal(await scrub.inputValue(), "0", "the film itself stays:");
  await page.mouse.move(5, 5);
  await still.waitFor({ state: "hidden" });
});

for (const colorScheme of ["light", "dark"]) {
  await claim(
    `a phone shows films, books and endpoints without a fault (${colorScheme})`,
    async (page) => {
      const { id } = await film(page);
      for (const path of [`/tasks/${id}`, `/compare?tasks=${id}`, "/compare", "/tasks", "/credits", "/webhooks"]) {
        await visit(page, path);
        equal(await axe(page), [], path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(wide <= 0, `${path}: ${wide} px too wide`);
      }
    },
    { colorScheme, viewport: { width: 380, height: 800 }, hasTouch: true, reducedMotion: "reduce" },
  );
}

await end();
