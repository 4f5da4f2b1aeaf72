// How long pages take with a long history: node measure.mjs BASE "" KEY, started by `cargo xtask bench playground`.

import { api, assert, base, claim, end, equal, until } from "./stage.mjs";

const KEY = process.argv[4];
const TIMES = 15;

/** The middle and the worst of some durations. */
function told(name, durations_ms, goal_ms) {
  const sorted = durations_ms.toSorted((one, other) => one - other);
  console.log(
    `${name}: ${sorted[Math.floor(sorted.length / 2)].toFixed(0)} ms (median of ${sorted.length}), ${sorted.at(-1).toFixed(0)} ms at worst (goal ${goal_ms})`,
  );
}

/** Notes in each page when its films are listed and when its film can be played: asking from outside would cost frames of its own. */
function note_moments() {
  const note = (name) => {
    window[name] ??= performance.now();
  };
  addEventListener("loadedmetadata", () => note("played_ms"), true);
  const listed = () => document.querySelectorAll("main a[href^='/tasks/']").length >= 20;
  new MutationObserver(() => {
    if (listed()) note("listed_ms");
  }).observe(document, { childList: true, subtree: true });
}

/** Opens a page, and tells how long after its address was entered the moment came. */
async function opened(page, path, moment) {
  await page.goto("about:blank");
  await page.goto(base + path, { waitUntil: "commit" });
  const found = await page.waitForFunction((name) => window[name], moment);
  return found.jsonValue();
}

await claim("the measurement", async (page) => {
  await page.goto(`${base}/credits`);
  equal((await api(page, "POST", "session", { key: KEY })).status, 200, "the session:");
  await page.goto(`${base}/credits`);
  const { id } = await api(page, "POST", "tasks", {
    model: "veo3_fast",
    input: { prompt: "A red boat at sea", seconds: 4 },
  });
  const ended = await until(async () => {
    const task = await api(page, "GET", `tasks/${id}`);
    return ["succeeded", "failed"].includes(task.phase) && task;
  }, "a film");
  assert(ended.film, "a film was made");
  await page.addInitScript(note_moments);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  for (const is_warm of [false, true]) {
    await session.send("Network.setCacheDisabled", { cacheDisabled: !is_warm });
    const [film, history] = [[], []];
    for (let n = 0; n < TIMES; n += 1) {
      film.push(await opened(page, `/tasks/${id}`, "played_ms"));
      history.push(await opened(page, "/tasks", "listed_ms"));
    }
    const seen = is_warm ? "seen before" : "never seen before";
    told(`film page, ${seen}, until its film can be played`, film, 300);
    told(`history page, ${seen}, until its films are listed`, history, 100);
  }
  const calls = await page.evaluate(async (times) => {
    const took = { newest: [], deep: [], search: [] };
    const ask = async (name, query) => {
      const start = performance.now();
      const answer = await (await fetch(`/filmgate/v1/tasks?limit=24${query}`)).json();
      took[name].push(performance.now() - start);
      return answer;
    };
    let { next } = await ask("newest", "");
    for (let n = 0; n < 200 && next; n += 1) ({ next } = await ask("deep", `&before=${encodeURIComponent(next)}`));
    for (let n = 0; n < times; n += 1) {
      await ask("newest", "");
      await ask("search", "&search=boat");
    }
    return took;
  }, TIMES);
  told("GET /filmgate/v1/tasks, the newest 24", calls.newest, 100);
  told("GET /filmgate/v1/tasks, page by page to the 4,800th", calls.deep, 100);
  told("GET /filmgate/v1/tasks?search=…, one found among all", calls.search, 100);
});

await end();
