// Everybody can use every page: in both languages, by keyboard, on a phone, in both themes, with a reader of the screen.

import { readdirSync, readFileSync } from "node:fs";
import { api, as, assert, axe, base, claim, end, equal, task_id, until, visit } from "./stage.mjs";

const ASSETS = new URL("../../../src/http/playground/assets/", import.meta.url);

/** Every sentence of a language, by key. */
async function sentences(language) {
  const files = readdirSync(new URL(`words/${language}`, ASSETS)).map((name) =>
    readFileSync(new URL(`words/${language}/${name}`, ASSETS), "utf8"),
  );
  const modules = await Promise.all(files.map((text) => import(`data:text/javascript,${encodeURIComponent(text)}`)));
  return Object.assign({}, ...modules.map((one) => one.default));
}

/** Where the domain names what pages show, and how the keys of the sentences begin. */
const WORDS = [
  ["task.rs", "Phase", "phase"],
  ["moves/timeline.rs", "MomentKind", "moment"],
  ["money/ledger.rs", "Kind", "entry"],
  ["survey/judge.rs", "Verdict", "verdict"],
];

/** The words of a type of the domain, as its `word()` lists them. */
function words_of(path, type) {
  const text = readFileSync(new URL(`../../../../domain/src/${path}`, import.meta.url), "utf8");
  const body =
    text
      .split(new RegExp(`impl ${type} \\{`))[1]
      ?.split("fn word(")[1]
      ?.split("\n    }\n")[0] ?? "";
  const words = [...body.matchAll(/=> "([a-z_-]+)"/g)].map(([, word]) => word);
  assert(words.length > 1, `${path} lists the words of ${type}`);
  return words;
}

await claim(
  "both languages have the same sentences with the same holes, each is said somewhere, and no word of the domain lacks one",
  async (page) => {
    const [en, zh] = [await sentences("en"), await sentences("zh")];
    const holes = (sentence) => [...new Set((sentence?.other ?? sentence ?? "").match(/\{\w+\}/g))].sort().join();
    equal(
      Object.keys(en).filter((key) => !(key in zh) || holes(en[key]) !== holes(zh[key])),
      [],
      "not the same in Chinese:",
    );
    const scripts = readdirSync(ASSETS, { recursive: true }).filter(
      (name) => name.endsWith(".js") && !name.startsWith("words/"),
    );
    const text = scripts.map((name) => readFileSync(new URL(name, ASSETS), "utf8")).join();
    const prefixes = [...text.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix);
    equal(
      Object.keys(en).filter((key) => !text.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix))),
      [],
      "said nowhere:",
    );
    await as(page, "reader");
    const { models } = await api(page, "GET", "models");
    const wanted = models.flatMap(({ parameters }) => parameters.flatMap(({ name }) => [`p.${name}`, `h.${name}`]));
    for (const [path, type, begin] of WORDS) wanted.push(...words_of(path, type).map((word) => `${begin}.${word}`));
    equal(
      wanted.filter((key) => !(key in en)),
      [],
      "no sentence for:",
    );
  },
);

/** The account whose pages are looked at; it has a film, a failure, and a task under way. */
const ACCOUNT = "looked at";
let pages = [];

await claim("an account with something to show", async (page) => {
  await as(page, ACCOUNT);
  const make = async (prompt) =>
    (await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt, seconds: 4 } })).id;
  const [film, failure, stuck] = [
    await make("A red boat at sea"),
    await make("A cat [[fail]]"),
    await make("A lake [[stuck]]"),
  ];
  const phase = async (id) => (await api(page, "GET", `tasks/${id}`)).phase;
  await until(
    async () => (await phase(film)) === "succeeded" && (await phase(failure)) === "failed",
    "the film is made",
  );
  const endpoint = { name: "Shop", url: "http://127.0.0.1:9/hook", events: ["video.completed"] };
  assert((await api(page, "POST", "webhooks/endpoints", endpoint)).status === 201, "the endpoint is made");
  pages = [
    "/",
    "/models",
    "/models/sora-2-pro-storyboard",
    "/models/veo-3-1",
    "/tasks",
    `/tasks/${film}`,
    `/tasks/${failure}`,
    `/tasks/${stuck}`,
    "/compare",
    `/compare?tasks=${film},${failure}`,
    "/credits",
    "/keys",
    "/webhooks",
    "/survey",
  ];
});

/** Becomes that account, and opens each page in turn. */
async function each(page, look) {
  assert(pages.length > 0, "the account with something to show is not there");
  await as(page, ACCOUNT);
  const faults = [];
  for (const path of pages) {
    await visit(page, path);
    for (const fault of await look(path)) faults.push(`${path}: ${fault}`);
  }
  assert(faults.length === 0, faults.join("\n"));
}

for (const colorScheme of ["light", "dark"]) {
  await claim(`axe finds nothing serious in the ${colorScheme} theme`, (page) => each(page, () => axe(page)), {
    colorScheme,
    reducedMotion: "reduce",
  });
}

for (const language of ["en", "zh"]) {
  await claim(
    `no page is wider than a phone (${language})`,
    (page) =>
      each(page, async () => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        return wide > 0 ? [`${wide} px too wide`] : [];
      }),
    { language, viewport: { width: 380, height: 800 }, hasTouch: true },
  );

  await claim(
    `every sentence is there (${language})`,
    (page) =>
      each(page, () =>
        page.evaluate((is_zh) => {
          const found =
            document.documentElement.lang.startsWith("zh") === is_zh ? [] : [`lang ${document.documentElement.lang}`];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest("code, pre, script, .mono, kbd")) continue;
            const text = node.data.trim();
            // A sentence that is missing shows its key.
            if (/^[a-z_]+(\.[a-z_]\w*)+$/.test(text) || /^[a-z]+(_[a-z]+)+$/.test(text) || /\{\w+\}/.test(text))
              found.push(text);
          }
          return found;
        }, language === "zh"),
      ),
    { language },
  );
}

/** Names are the same in every language. */
const NAMES =
  /^(filmgate|Sora|Veo|Kie|OpenAI|Stable|Pro|Fast|Lite|JavaScript|Python|Rust|curl|CLI|Webhooks?|HTTP|PNG|JPEG|WebP|URL|API|SHA|fps|Ctrl|Alt|Shift|Space|Bearer|GitHub|Node|MP4|OSS|HMAC|SDK|Standard|https|dev|playground|task|late|base|timestamp|body|signature)$/i;

/** The words in Latin letters that a page shows outside of what is code, said to be English, or typed by its visitor. */
function latin_words() {
  const words = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element.closest("[lang=en], code, pre, kbd, .mono, .address, .whole") && element.checkVisibility())
      words.push(...(node.data.match(/[A-Za-z]{3,}/g) ?? []));
  }
  return words;
}

await claim(
  "a Chinese page speaks Chinese, also of refusals and of what happened",
  async (page) => {
    await as(page, "Chinese");
    const make = async (prompt) =>
      (await api(page, "POST", "tasks", { model: "veo3_fast", input: { prompt, seconds: 4 } })).id;
    const [failed, made] = [await make("一只猫 [[fail]]"), await make("一只猫")];
    await until(async () => (await api(page, "GET", `tasks/${failed}`)).phase === "failed", "it fails");
    await until(async () => (await api(page, "GET", `tasks/${made}`)).phase === "succeeded", "it is made");
    const faults = [];
    const forms = [
      "veo3_fast",
      "sora-watermark-remover",
      "sora-2-pro-storyboard",
      "veo/extend",
      "sora-2-characters",
      "sora-2",
    ].map((id) => `/models/${id}`);
    for (const path of [
      `/tasks/${failed}`,
      `/tasks/${made}`,
      "/tasks",
      "/models",
      ...forms,
      "/compare",
      "/credits",
      "/keys",
      "/webhooks",
      "/survey",
    ]) {
      await visit(page, path);
      await page.evaluate(() =>
        document.querySelectorAll("main details").forEach((one) => {
          one.open = true;
        }),
      );
      const found = (await page.evaluate(latin_words)).filter((word) => !NAMES.test(word));
      faults.push(...found.map((text) => `${path}: ${text}`));
    }
    equal(faults, []);
  },
  { language: "zh" },
);

await claim("the language is chosen on the page, and the form keeps what is in it", async (page) => {
  await visit(page, "/models/veo3_fast");
  await page.locator("#f-prompt").fill("一只猫在花园里");
  await page.getByRole("button", { name: "中文" }).click();
  await page.waitForFunction(() => document.documentElement.lang.startsWith("zh"));
  await page.waitForFunction(() => document.querySelector("#f-prompt")?.value === "一只猫在花园里");
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForFunction(() => document.documentElement.lang === "en");
});

await claim(
  "the theme is chosen on the page and kept",
  async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await visit(page, "/models");
    const light = await paper();
    await page.getByRole("button", { name: "Dark theme" }).click();
    const dark = await paper();
    await page.reload();
    equal([await paper(), light === dark], [dark, false]);
    await page.goto(`${base}/docs`);
    equal(
      await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme),
      "dark",
      "the reference has it, too:",
    );
  },
  { colorScheme: "light" },
);

await claim(
  "the reference is as usable on a phone, and leads back",
  async (page) => {
    const faults = [];
    for (const path of ["/docs", "/docs/filmgate", "/docs/models/veo3_fast", "/docs/nothing"]) {
      await page.goto(base + path);
      faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        faults.push(`${path} is wider than the phone`);
    }
    equal(faults, []);
    await page.getByRole("link", { name: "Playground" }).click();
    await page.locator("#make").waitFor();
  },
  { viewport: { width: 380, height: 780 }, tolerated: /404/ },
);

await claim("the keyboard alone makes a film and steps through it", async (page) => {
  await as(page, "keyboard");
  await visit(page, "/models/veo3_fast");
  const press = (key) => page.keyboard.press(key);
  /** Presses Tab until the focus is where it is wanted; every stop on the way must be seen. */
  async function tab_to(selector) {
    for (let presses = 0; presses < 80; presses += 1) {
      await press("Tab");
      const stop = await page.evaluate((wanted) => {
        const now = document.activeElement;
        const style = getComputedStyle(now);
        const next = now.nextElementSibling ? getComputedStyle(now.nextElementSibling) : null;
        const is_seen =
          style.outlineStyle !== "none" || (next && next.outlineStyle !== "none") || style.boxShadow !== "none";
        return { is_there: now.matches(wanted), is_seen, html: now.outerHTML.slice(0, 120) };
      }, selector);
      assert(stop.is_seen, `the focus is not seen on ${stop.html}`);
      if (stop.is_there) return;
    }
    throw new Error(`80 times Tab did not come to ${selector}`);
  }
  await tab_to(".skip");
  await press("Enter");
  await tab_to("#f-prompt");
  await page.keyboard.type("A red boat at sea");
  await tab_to("[name='f-seconds']");
  await press("ArrowLeft");
  await tab_to("#make");
  await press("Enter");
  await page.waitForURL(/\/tasks\/./);
  await page.locator(".player video").waitFor();
  await tab_to(".player video");
  const paused = () => page.locator(".player video").evaluate((video) => video.paused);
  if (!(await paused())) await press("Space");
  await page.waitForFunction(() => document.querySelector(".player video").paused);
  await press("Home");
  const frame = async () => Number(await page.locator(".player .scrub").inputValue());
  await until(async () => (await frame()) === 0, "the first frame");
  await press(".");
  await press(".");
  await until(async () => (await frame()) === 2, "two frames on");
  await press(",");
  await until(async () => (await frame()) === 1, "one back");
  const { input } = await api(page, "GET", `tasks/${task_id(page)}`);
  equal(input.prompt, "A red boat at sea");
});

await claim(
  "a phone's menu opens, names every page, and closes",
  async (page) => {
    await visit(page, "/credits");
    const menu = page.locator("header .menu");
    await menu.click();
    equal(await menu.getAttribute("aria-expanded"), "true");
    await page.locator(".places a[href='/webhooks']").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".places a[href='/webhooks']").waitFor({ state: "hidden" });
    await menu.click();
    await page.locator(".places a[href='/models']").click();
    await page.waitForURL(`${base}/models`);
  },
  { viewport: { width: 380, height: 800 } },
);

await end();
