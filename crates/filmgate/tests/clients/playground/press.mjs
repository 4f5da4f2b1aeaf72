// A press costs once, and what was shown: whatever is pressed, lost, loaded anew or refused in between.

import { readFile } from "node:fs/promises";
import { api, as, assert, claim, end, equal, PICTURE, until, visit } from "./stage.mjs";

const is_post = (path) => (request) =>
  request.method() === "POST" && new URL(request.url()).pathname === `/filmgate/v1/${path}`;
/** Lets the first `count` posts to a path reach the server and drops their replies; the others go through. */
async function lose_replies(page, path, count = 1) {
  let left = count;
  await page.route(`**/filmgate/v1/${path}`, async (route) => {
    if (!is_post(path)(route.request()) || left <= 0) return route.continue();
    left -= 1;
    await route.fetch();
    return route.abort();
  });
}
/** Holds the posts to a path until the function that this gives is called. */
async function hold(page, path) {
  let release = null;
  const gate = new Promise((done) => {
    release = done;
  });
  await page.route(`**/filmgate/v1/${path}`, async (route) => {
    if (is_post(path)(route.request())) await gate;
    await route.continue().catch(() => {});
  });
  return release;
}
/** The requests of a kind that the page sends from now on. */
function sent(page, path) {
  const seen = [];
  page.on("request", (request) => {
    if (is_post(path)(request)) seen.push(request);
  });
  return seen;
}
const named = async (page, prompt) =>
  (await api(page, "GET", "tasks?limit=24")).tasks.filter((task) => task.prompt === prompt).length;
const priced = (page) => page.locator(".price:not([aria-busy]) b").waitFor();
const at_a_task = (page) => page.waitForURL(/\/tasks\/./);
const LOST = { tolerated: /ERR_FAILED/ };

await claim("keys and buttons pressed again and again make one film", async (page) => {
  await as(page, "hasty");
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("A hasty fox");
  await priced(page);
  const creates = sent(page, "tasks");
  const release = await hold(page, "tasks");
  // Pressed from before the request until this page is gone.
  await page.evaluate(() =>
    setInterval(() => {
      document.querySelector("#make").click();
      dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }));
    }, 5),
  );
  await until(() => creates.length > 0, "it is sent");
  release();
  await at_a_task(page);
  equal(creates.length, 1, "creates:");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  equal(await named(page, "A hasty fox"), 1, "films:");
});

await claim(
  "a lost reply, a refused press and a reload later the same wish is the same film",
  async (page) => {
    await as(page, "unsure");
    await visit(page, "/models/veo3_fast");
    await lose_replies(page, "tasks");
    const write = async (prompt) => {
      await page.locator("#f-prompt").fill(prompt);
      await priced(page);
      await page.locator("#make").click();
    };
    await write("A first wish");
    await page.locator(".till .notice", { hasText: "It is not known whether the film was accepted" }).waitFor();
    await write("Another one [[rate-limited]]");
    await page.locator(".till .notice:not(:has-text('not known'))").waitFor();
    await page.reload();
    await write("A first wish");
    await at_a_task(page);
    equal(await named(page, "A first wish"), 1, "films:");
    await visit(page, "/models/veo3_fast");
    await write("A first wish");
    await at_a_task(page);
    equal(await named(page, "A first wish"), 2, "a new press after the answer is a new film:");
  },
  LOST,
);

await claim(
  "run again is one film, also after a lost reply and a reload",
  async (page) => {
    await as(page, "again");
    const { id } = await api(page, "POST", "tasks", {
      model: "veo3_fast",
      input: { prompt: "Once more [[stuck]]", seconds: 4 },
    });
    await api(page, "POST", `tasks/${id}/cancel`);
    await page.goto(new URL(`/tasks/${id}`, page.url()).href);
    const again = page.locator(".acts button", { hasText: "Run again" });
    const is_priced = () => again.filter({ hasText: "credits" }).waitFor();
    await is_priced();
    await lose_replies(page, "tasks");
    await again.dblclick();
    await page.locator(".notice", { hasText: "It is not known" }).waitFor();
    await page.reload();
    await is_priced();
    await again.dblclick();
    await page.waitForURL((url) => url.pathname !== `/tasks/${id}` && url.pathname.startsWith("/tasks/"));
    equal(await named(page, "Once more [[stuck]]"), 2, "the first one and its one repetition:");
  },
  LOST,
);

await claim(
  "run again shows its price before it is agreed to",
  async (page) => {
    await as(page, "careful");
    const { id } = await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt: "Unpriced [[stuck]]" } });
    await api(page, "POST", `tasks/${id}/cancel`);
    let is_lost = true;
    await page.route("**/filmgate/v1/quote", (route) => (is_lost ? route.abort() : route.continue()));
    await page.goto(new URL(`/tasks/${id}`, page.url()).href);
    // Drawn with the models, the row asks for no further price by itself.
    await page.locator(".acts a", { hasText: "Compare" }).waitFor();
    const again = page.locator(".acts button", { hasText: "Run again" });
    const creates = sent(page, "tasks");
    await again.click();
    await page.locator(".notice.bad").waitFor();
    is_lost = false;
    await again.click();
    await again.filter({ hasText: "credits" }).waitFor();
    equal(creates.length, 0, "creates:");
    await again.click();
    await page.waitForURL((url) => url.pathname !== `/tasks/${id}`);
    equal(creates.length, 1, "creates once the price is agreed to:");
  },
  LOST,
);

const PROXIES = [
  { status: 502, contentType: "application/json", body: '{"error":{"code":"BAD_GATEWAY"}}' },
  { status: 502, contentType: "application/json", body: '{"error":{"code":502}}' },
  { status: 408, contentType: "text/html", body: "<h1>Request Timeout</h1>" },
];
await claim(
  "what a proxy answers in its own words is no refusal",
  async (page) => {
    await as(page, "behind");
    for (const [at, answer] of PROXIES.entries()) {
      const prompt = `Behind a proxy ${at}`;
      await visit(page, "/models/veo3_fast");
      await page.locator("#f-prompt").fill(prompt);
      await priced(page);
      let is_cut = false;
      await page.route("**/filmgate/v1/tasks", async (route) => {
        if (!is_post("tasks")(route.request()) || is_cut) return route.continue();
        is_cut = true;
        await route.fetch();
        return route.fulfill(answer);
      });
      await page.locator("#make").click();
      await page.locator(".notice", { hasText: "It is not known" }).waitFor();
      await page.locator("#make").click();
      await at_a_task(page);
      await page.unrouteAll({ behavior: "ignoreErrors" });
      equal(await named(page, prompt), 1, `films after ${answer.body}:`);
    }
  },
  { tolerated: /502|408/ },
);

await claim("a press agrees to the price that is shown, and to no other", async (page) => {
  await as(page, "thrifty");
  await visit(page, "/models/sora-2-pro-text-to-video");
  await page.locator("#f-prompt").fill("A dear film");
  await priced(page);
  const creates = sent(page, "tasks");
  const release = await hold(page, "quote");
  await page.locator("label", { has: page.locator("[name='f-seconds'][value='15']") }).click();
  await page.locator("#make").click();
  await page.locator(".price[aria-busy]").waitFor();
  release();
  await page.locator(".till .notice", { hasText: "credits now" }).waitFor();
  equal(creates.length, 0, "creates:");
  await page.locator("#make").click();
  await at_a_task(page);
  equal(creates.length, 1, "creates after the second press:");
});

await claim("no film is made without a picture that is still on its way", async (page) => {
  await visit(page, "/models/sora-2-image-to-video");
  await page.locator("#f-prompt").fill("A boat with its picture");
  const creates = sent(page, "tasks");
  const release = await hold(page, "uploads");
  // Two drops of a file at once, where one picture has room, and a press before it is even read.
  await page.locator("input[type=file]").evaluate(
    async (input, picture) => {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
      for (let time = 0; time < 2; time += 1) {
        const dropped = new DataTransfer();
        dropped.items.add(new File([bytes], "picture.png", { type: "image/png" }));
        dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, cancelable: true }));
      }
      document.querySelector("#make").click();
    },
    (await readFile(PICTURE)).toString("base64"),
  );
  await page.locator("#f-pictures .fault:not([hidden]), .till .notice").first().waitFor();
  equal(await page.locator("#f-pictures li").count(), 1, "places:");
  equal(creates.length, 0, "creates:");
  release();
  await page.locator("#f-pictures li [aria-busy=false] img").waitFor();
  await priced(page);
  await page.locator("#make").click();
  await at_a_task(page);
  equal(creates[0].postDataJSON().input.pictures.length, 1, "pictures:");
});

await claim("why a picture's address was refused stays in sight", async (page) => {
  await visit(page, "/models/veo3_fast");
  const error = { code: "unreachable", message: "Nobody answers at this address.", parameter: null };
  await page.route("**/filmgate/v1/uploads", (route) => route.fulfill({ status: 422, json: { error } }));
  await page.locator("#f-pictures-address").fill("https://no-such.example/x.png");
  const answered = page.waitForResponse((response) => is_post("quote")(response.request()));
  await page.locator("#f-pictures-address").press("Enter");
  await answered;
  await priced(page);
  const fault = await page.locator("#f-pictures .fault").innerText();
  assert(fault !== "" && !fault.includes("No answer from filmgate"), fault);
});

await claim("a form says as one types what its choices need", async (page) => {
  await visit(page, "/models/veo-3-1");
  await page.locator("label", { has: page.locator("[name='f-mode'][value='REFERENCE_2_VIDEO']") }).click();
  await page.locator("#f-pictures .fault", { hasText: "needs a picture" }).waitFor();
  await page.locator("#f-prompt").fill("A");
  await page.locator("#f-prompt").fill("");
  await visit(page, "/models/sora-2-pro-storyboard");
  await page.locator("#f-shots textarea").first().fill("A lighthouse");
  await page.locator("#f-shots input[type=number]").first().fill("0");
  await page.locator("#f-shots .fault", { hasText: "Scene 1 needs a length from" }).waitFor();
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("A");
  await page.locator("#f-prompt").fill("");
  await page.locator(".field .fault", { hasText: "Write what the film shows" }).waitFor();
});

await claim("a form that was left for another tab's model, or for a new session, goes on", async (page) => {
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("An old text");
  await page.locator("details.chooser summary").click();
  await page
    .locator("details.chooser a.option")
    .last()
    .click({ modifiers: ["Control"] });
  await page.locator("#f-prompt").fill("A new text");
  await page.reload();
  equal(await page.locator("#f-prompt").inputValue(), "A new text");
  await page.evaluate(() => {
    document.querySelector("meta[name=filmgate-csrf]").content = "of an older session";
  });
  await page.locator("#f-prompt").fill("A newer text");
  await priced(page);
  await page.locator("#make").click();
  await at_a_task(page);
});

/** A comparison of the two first models that are ticked. */
async function compare(page, prompt) {
  await visit(page, "/compare");
  await page.locator(".contest textarea").fill(prompt);
  for (const box of (await page.locator(".pick input:checked").all()).slice(2).reverse()) await box.uncheck();
  await page.locator("button.primary", { hasText: "Make 2 films" }).waitFor();
  await page.locator(".sum", { hasText: "Holds" }).waitFor();
}

await claim("a comparison made in part asks for the rest only", async (page) => {
  await as(page, "in part");
  await compare(page, "A contest");
  await page.route(
    "**/filmgate/v1/batches",
    (route) => {
      const body = route.request().postDataJSON();
      body.requests[1].input.prompt += " [[no-credits]]";
      return route.continue({ postData: JSON.stringify(body) });
    },
    { times: 1 },
  );
  await page.locator("button.primary").click();
  await page.locator(".total .notice", { hasText: "One film is being made all the same" }).waitFor();
  await page.locator("button.primary", { hasText: "Make 1 film" }).click();
  await page.waitForURL(/\/compare\?tasks=/);
  equal(new URL(page.url()).searchParams.get("tasks").split(",").length, 2, "films side by side:");
  equal(await named(page, "A contest"), 2, "films:");
});

await claim(
  "a comparison whose reply was lost is only asked for again",
  async (page) => {
    await as(page, "contest lost");
    await compare(page, "A lost contest");
    await lose_replies(page, "batches");
    await page.locator("button.primary").click();
    await page.locator(".total .notice").waitFor();
    assert(await page.locator(".pick input").first().isDisabled(), "it cannot be changed before its answer is known");
    await page.reload();
    await page.locator(".sum", { hasText: "It is not known" }).waitFor();
    await page.locator("button.primary:enabled").click();
    await page.waitForURL(/\/compare\?tasks=/);
    equal(await named(page, "A lost contest"), 2, "films:");
  },
  LOST,
);

await end();
