// A server without an emulator's freedom: the key is shown once, and keys, credits, webhooks and the survey are what they say: node account.mjs BASE "" KEY

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { api, assert, axe, base, claim, end, equal, until, visit } from "./stage.mjs";

const KEY = process.argv[4];

/** Shows the key as a person does. */
async function enter(page, key = KEY) {
  await page.locator("input[type=password]").fill(key);
  await page.locator("main form .primary").click();
}
async function inside(page, path) {
  await visit(page, path);
  await enter(page);
  await page.locator("header .balance").waitFor();
  await page.waitForFunction(() => !document.querySelector("main .skeleton"));
}

await claim("every page asks for the key, says if it is wrong, and is itself once it is right", async (page) => {
  await visit(page, "/credits");
  equal(await axe(page), []);
  await enter(page, "fg_wrong");
  await page.locator(".fault:not([hidden])").waitFor();
  assert(
    (await page.locator(".fault:not([hidden])").innerText()).includes("refused"),
    "it says that the key was refused",
  );
  equal(await page.locator("input[type=password]").getAttribute("aria-invalid"), "true");
  await enter(page);
  await page.locator(".purse").waitFor();
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === `filmgate_session_${new URL(base).port}`);
  equal([session.httpOnly, session.sameSite], [true, "Strict"]);
  const kept = await page.evaluate(
    () => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }) + document.documentElement.outerHTML,
  );
  assert(!kept.includes(KEY) && !kept.includes(session.value), "neither key nor session can be read by a script");
});

await claim("whoever signs out is asked for the key again, and the session is over", async (page) => {
  await inside(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("A secret wish");
  const typed = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }).includes("A secret wish"));
  await until(typed, "the wish is there after a reload");
  await page.goto(new URL("/credits", page.url()).href);
  const { account } = await api(page, "GET", "session");
  assert((await page.locator("footer").innerText()).includes(account), "the page says whose films these are");
  const [session] = (await page.context().cookies()).filter(({ name }) => name.startsWith("filmgate_session"));
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("input[type=password]").waitFor();
  assert(!(await typed()), "nobody else who sits here reads the wish");
  await page.context().addCookies([session]);
  equal(
    await page.evaluate(async () => (await fetch("/filmgate/v1/credits")).status),
    401,
    "the cookie of then is worth nothing:",
  );
});

/** A page of another site, with a link to us. */
const neighbour = createServer((_, response) =>
  response
    .setHeader("content-type", "text/html")
    .end(`<link rel="icon" href="data:,"><a href="${base}/credits">Credits</a>`),
);
await new Promise((done) => neighbour.listen(0, "127.0.0.1", done));
const elsewhere = `http://localhost:${neighbour.address().port}`;

await claim(
  "whoever comes from another site is signed in all the same",
  async (page) => {
    await inside(page, "/credits");
    await page.goto(elsewhere);
    await page.getByRole("link").click();
    await page.locator(".purse").waitFor();
  },
  { origins: [base, elsewhere] },
);

await claim("a key is made with limits, shown once, and revoked", async (page) => {
  await inside(page, "/keys");
  await page.locator("main input[type=number]").fill("45.5");
  await page.locator("main form summary").click();
  await page.locator("label", { hasText: "veo3_fast" }).click();
  await page.locator("main form .primary").click();
  const key = await page.locator(".secret code").innerText();
  const { keys } = await api(page, "GET", "keys");
  const made = keys.find(({ credits_max }) => credits_max === 45.5);
  equal(made.models, ["veo3_fast"]);
  await page.reload();
  await page.locator(".stacks").waitFor();
  assert(!(await page.content()).includes(key), "the key is shown once");
  const use = () =>
    page.evaluate(
      async (bearer) =>
        (await fetch("/filmgate/v1/credits", { headers: { Authorization: `Bearer ${bearer}` }, credentials: "omit" }))
          .status,
      key,
    );
  equal(await use(), 200);
  equal(await axe(page), []);
  await page.getByRole("button", { name: `Revoke key ${made.id}` }).click();
  await page.locator("dialog .danger").click();
  await until(async () => (await use()) === 401, "it is refused");
  await page.locator(".badge.bad").waitFor();
});

await claim("pressing twice makes one key and one endpoint, and a later refusal takes no secret away", async (page) => {
  await inside(page, "/keys");
  const before = (await api(page, "GET", "keys")).keys.length;
  // Both presses come before any answer can.
  const twice = () =>
    page.locator("main form .primary").evaluate((button) => {
      button.click();
      button.click();
    });
  await twice();
  await page.locator(".secret").waitFor();
  await page.goto(`${base}/keys`);
  equal((await api(page, "GET", "keys")).keys.length, before + 1);
  await visit(page, "/webhooks");
  await page.getByLabel("Name", { exact: true }).fill("Shop");
  await page.getByLabel("Address", { exact: true }).fill("http://127.0.0.1:9/hook");
  await twice();
  const secret = await page.locator(".secret code").innerText();
  equal(
    await page.locator("main form input[type=checkbox]:checked").count(),
    2,
    "the next endpoint begins with the usual events:",
  );
  await page.locator("main form .primary").click();
  await page.locator(".fault:not([hidden])").first().waitFor();
  equal(await page.locator(".secret code").innerText(), secret);
  const { endpoints } = await api(page, "GET", "webhooks/endpoints");
  equal(endpoints.length, 1);
  await api(page, "DELETE", `webhooks/endpoints/${endpoints[0].id}`);
});

/** A task that ends at once: this server makes no films. */
async function cancelled(page, prompt) {
  const { id } = await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt } });
  equal((await api(page, "POST", `tasks/${id}/cancel`)).phase, "cancelled");
}

await claim("the books are shown, turned page by page, and add up", async (page) => {
  await inside(page, "/credits");
  for (let n = 0; n < 15; n += 1) await cancelled(page, `A cat ${n}`);
  equal((await api(page, "GET", "credits")).held, 0);
  await page.reload();
  await page.locator("tbody tr").first().waitFor();
  const rows = page.locator("tbody tr");
  equal(await rows.count(), 25);
  const more = page.getByRole("button", { name: "Older" });
  await more.click();
  await more.waitFor({ state: "detached" });
  const { entries } = await api(page, "GET", "credits/entries?limit=100");
  equal(await rows.count(), entries.length);
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.locator(".notice.good").waitFor();
});

/** A receiver that answers with `status()` and keeps what came. */
async function receiver(status) {
  const came = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    came.push({ headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(status()).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { came, server, url: `http://127.0.0.1:${server.address().port}/hook` };
}

function is_signed({ headers, body }, secret) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mac = createHmac("sha256", key)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`)
    .update(body)
    .digest("base64");
  return headers["webhook-signature"].split(" ").includes(`v1,${mac}`);
}

await claim("an endpoint is added, tested, told, replayed and deleted", async (page) => {
  const { came, server, url } = await receiver(() => 204);
  await inside(page, "/webhooks");
  const [name, address] = [page.getByLabel("Name", { exact: true }), page.getByLabel("Address", { exact: true })];
  await page.locator("main form .primary").click();
  await page.locator(".fault:not([hidden])").first().waitFor();
  await name.fill("Shop");
  await address.fill("ftp://nowhere");
  await page.locator("main form .primary").click();
  await page.locator("[aria-invalid=true], form .notice.bad").first().waitFor();
  await address.fill(url);
  await page.locator("main form .primary").click();
  const secret = await page.locator(".secret code").innerText();
  await page.getByRole("button", { name: "Send a test: Shop" }).click();
  await page.locator("li .notice.good").waitFor();
  assert(came.length === 1 && is_signed(came[0], secret), "the test is signed with the secret that was shown");
  await cancelled(page, "A dog");
  await until(() => came.length === 2, "the end is told");
  await page.reload();
  await page.locator(".delivery .badge.good").waitFor();
  await page
    .getByRole("button", { name: /^Send again/ })
    .first()
    .click();
  await until(() => came.length === 3, "it is told again");
  equal(
    [came[2].headers["webhook-id"], came[2].body.toString()],
    [came[1].headers["webhook-id"], came[1].body.toString()],
  );
  assert(is_signed(came[2], secret), "the replay is signed, too");
  await page.getByRole("button", { name: "Delete: Shop" }).click();
  await page.locator("dialog .danger").click();
  await until(async () => (await api(page, "GET", "webhooks/endpoints")).endpoints.length === 0, "it is gone");
  server.close();
});

await claim("without a survey the page says how one is made", async (page) => {
  await inside(page, "/survey");
  await page.locator(".empty").waitFor();
  assert((await page.locator("main").innerText()).includes("filmgate probe"), "it names the command");
});

neighbour.close();
neighbour.closeAllConnections();
await end();
