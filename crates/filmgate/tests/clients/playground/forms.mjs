// What people fill in: pictures, storyboards, and requests that fail or cannot be paid.

import { api, as, assert, base, claim, end, equal, PICTURE, play, task_id, until, visit } from "./stage.mjs";

/** Presses the button and gives the id of the task that it made. */
async function submit(page) {
  await page.locator("#make").click();
  await page.waitForURL(/\/tasks\/./);
  return task_id(page);
}

await claim("a picture is checked, uploaded, shown, and part of the request", async (page) => {
  await visit(page, "/models/veo3_fast");
  let uploads = 0;
  page.on("request", (request) => {
    uploads += Number(request.url().endsWith("/uploads"));
  });
  const chooser = page.locator("input[type=file]");
  await chooser.setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await page.locator("#f-pictures .fault:not([hidden])").waitFor();
  equal(uploads, 0, "what is no picture is not sent:");
  await chooser.setInputFiles(PICTURE);
  await page.locator("#f-pictures li img").waitFor();
  await page.locator("label", { has: page.locator("[name='f-seconds'][value='4']") }).click();
  await page.locator("#f-prompt").fill("The camera comes closer");
  await page.locator(".code", { hasText: "/files/uploads/" }).waitFor();
  const id = await submit(page);
  const { input } = await api(page, "GET", `tasks/${id}`);
  assert(uploads === 1 && input.pictures[0].startsWith(`${base}/files/uploads/`), JSON.stringify(input));
  const seen = await play(page);
  assert(Math.abs(seen.duration - 4) < 0.05, `${seen.duration}`);
});

await claim("a storyboard's scenes add up to its film", async (page) => {
  await visit(page, "/models/sora-2-pro-storyboard");
  await page.locator("label", { has: page.locator("[name='f-seconds'][value='10']") }).click();
  const scenes = page.locator("#f-shots textarea");
  await scenes.nth(0).fill("A lighthouse in the morning");
  await scenes.nth(1).fill("A storm comes up");
  await page.getByRole("button", { name: "Add a scene" }).click();
  await scenes.nth(2).fill("The lighthouse at night");
  await page.locator(".sum.wrong").waitFor();
  await page.getByRole("button", { name: "Share out evenly" }).click();
  await page.locator(".sum.right").waitFor();
  const { input } = await api(page, "GET", `tasks/${await submit(page)}`);
  equal(input.shots.length, 3);
  const sum = input.shots.reduce((all, { seconds }) => all + seconds, 0);
  const { duration } = await play(page);
  assert(Math.abs(duration - sum) < 0.05, `${sum} s of scenes, ${duration} s of film`);
});

await claim("a task that fails says so, and gives its credits back", async (page) => {
  await as(page, "unlucky");
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("A cat [[fail]]");
  const id = await submit(page);
  await page.locator(".ending").waitFor();
  await page.locator(".task-head [data-phase=failed]").waitFor();
  const task = await api(page, "GET", `tasks/${id}`);
  equal(
    task.ledger.map(({ kind }) => kind),
    ["hold", "release"],
  );
  assert((await page.locator(".ending").innerText()).includes(task.error.message), "the reason is shown");
  equal((await api(page, "GET", "credits")).available, 1000);
});

await claim("a film that cannot be paid says so before anything is made", async (page) => {
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("A cat [[no-credits]]");
  const answered = page.waitForResponse(
    (response) => response.url().endsWith("/filmgate/v1/tasks") && response.request().method() === "POST",
  );
  await page.locator("#make").click();
  equal((await answered).status(), 402);
  await page.locator(".till .notice.bad").waitFor();
  equal(await page.locator("#f-prompt").inputValue(), "A cat [[no-credits]]", "the form stays as it was:");
  const { tasks } = await api(page, "GET", "tasks?limit=24");
  assert(!tasks.some(({ prompt }) => prompt?.includes("no-credits")), "nothing was made");
});

await claim("a film dearer than the balance says what is missing", async (page) => {
  await as(page, "poor");
  const dear = { model: "veo3", input: { prompt: "A cat", seconds: 8, resolution: "4k" } };
  await api(page, "POST", "tasks", { ...dear, input: { ...dear.input, prompt: "A cat [[stuck]]" } });
  await api(page, "POST", "tasks", { ...dear, input: { ...dear.input, prompt: "A dog [[stuck]]" } });
  const { available } = await api(page, "GET", "credits");
  assert(available < 370, `${available} are left`);
  await visit(page, "/models/veo3");
  await page.locator("#f-prompt").fill("A bird");
  await page.locator("label", { hasText: /^4k/i }).first().click();
  await page.locator(".till .short").waitFor();
  await page.locator("#make").click();
  await page.locator(".till .notice.bad").waitFor();
  assert(page.url().endsWith("/models/veo3"), "nothing was made");
});

await claim(
  "a finished film to go on from is chosen by its picture, and shown as the last one of its model",
  async (page) => {
    await as(page, "director");
    await visit(page, "/models/veo/extend");
    await page.locator(".sources a").waitFor();
    const { id } = await api(page, "POST", "tasks", {
      model: "veo3_lite",
      input: { prompt: "A red boat at sea", seconds: 4 },
    });
    await until(async () => (await api(page, "GET", `tasks/${id}`)).phase === "succeeded", "the film is there");
    await page.reload();
    const source = page.locator(".source", { hasText: "A red boat at sea" });
    await source.click();
    equal(await page.locator("#f-origin_task").inputValue(), id);
    equal(await source.getAttribute("aria-pressed"), "true");
    await page.locator(".preview .aperture img").waitFor();
    await page.locator("#f-prompt").fill("It sails on");
    await page.locator(".code", { hasText: id }).waitFor();
    const longer = await submit(page);
    equal((await api(page, "GET", `tasks/${longer}`)).input.origin_task, id);
    await visit(page, "/models/veo3_lite");
    equal(await page.locator(".preview .last").getAttribute("href"), `/tasks/${id}`);
    await page.locator("#f-prompt").fill("A blue boat");
    await page.locator(".preview .title-card", { hasText: "A blue boat" }).waitFor();
    await visit(page, "/models");
    await page.locator(".model", { hasText: "veo3_lite" }).locator(".frame img").waitFor();
  },
);

await claim("a model that nobody makes is read about, not filled in", async (page) => {
  await visit(page, "/models/sora-watermark-remover");
  await page.locator(".notice.bad").waitFor();
  await page.locator("td", { hasText: "video" }).waitFor();
  equal(await page.locator("main :is(input, #make)").count(), 0);
});

await claim(
  "an address that is none of ours is a page that leads back",
  async (page) => {
    await as(page, "stray");
    const { id } = await api(page, "POST", "tasks", {
      model: "veo3_fast",
      input: { prompt: "A lake [[stuck]]", seconds: 4 },
    });
    for (const path of ["/nothing/here", `/tasks/${id}/events`, `/tasks/${id}/thumbnail`])
      equal((await page.goto(base + path)).status(), 404, `${path}:`);
    await page.getByRole("link", { name: "Go to the first page" }).click();
    await page.locator("#make").waitFor();
  },
  { tolerated: /404/ },
);

await end();
