// Every code sample of the model page, run as it stands there, makes the task that the form makes: node samples.mjs BASE "" FILMGATE DATA

import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { api, assert, base, claim, end, equal, PICTURE, task_id, until, visit } from "./stage.mjs";

const [FILMGATE, DATA] = process.argv.slice(4);
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "filmgate-samples-"));

/** Letters that shells, JavaScript, Python and Rust each read in their own way. */
const NASTY = '\u202eIt\'s "quoted" \\ $HOME `ls` #"# {x} %s !\nsecond line, 一只猫 🐈';

/** How each tab's text is run. The Rust one needs a crate that this machine may not have, so it is read instead. */
const RUNNERS = {
  "curl · Kie": (text) => run("bash", ["-c", text]),
  "curl · OpenAI": (text) => run("bash", ["-c", text]),
  JavaScript: (text) => program("film.mjs", text, process.execPath),
  Python: (text) => program("film.py", text, "python3"),
  // The command line has no key: it works in a data folder of its own, and here only creates.
  CLI: (text) =>
    run("bash", ["-c", `filmgate() { "${FILMGATE}" "$@" --no-wait --data "${DATA}"; }; ${text}`], { cwd: folder }),
};
async function program(name, text, interpreter) {
  const path = join(folder, name);
  await writeFile(path, text);
  return run(interpreter, [path], { cwd: folder });
}

/** A request with what its model takes where nothing is said: one dialect writes it out, another does not. */
async function filled(page, { model, input }) {
  const { parameters } = await api(page, "GET", `models/${model}`);
  const usual = parameters
    .filter((parameter) => parameter.default !== undefined && parameter.default !== null)
    .map((parameter) => [parameter.name, parameter.default]);
  return sorted({ model, input: { ...Object.fromEntries(usual), ...input } });
}
/** What two tasks must have in common: the request as the gate understood it. */
const understood = async (page, id) => filled(page, await api(page, "GET", `tasks/${id}`));
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value;

/** With the number of the pictures in place of their names: each data folder gives its own. */
const counted = ({ model, input }) => ({ model, input: { ...input, pictures: input.pictures?.length } });

/** The task that was created since `before`; the command line's tasks belong to an account of its own. */
async function newest(page, before) {
  const { tasks } = await api(page, "GET", "tasks?limit=1");
  assert(tasks[0].id !== before, "a task was created");
  return tasks[0].id;
}

/** Fills in a form, runs every sample of it, and holds each task against the form's own. */
async function each_sample(page, path, fill, none) {
  let quoted = null;
  page.on("response", (response) => {
    if (response.url().endsWith("/quote") && response.ok()) quoted = response.request().postDataJSON();
  });
  await visit(page, path);
  await fill();
  const kept = await page.evaluate(
    () => Object.entries(sessionStorage).find(([key]) => key.startsWith("filmgate-form:"))[1],
  );
  await until(
    () => quoted && JSON.stringify(sorted(quoted.input)) === JSON.stringify(sorted(JSON.parse(kept))),
    "the form as it is now is quoted",
  );
  await page.locator(".code[data-state=fresh]").waitFor();
  const texts = {};
  for (const tab of await page.locator(".code [role=tab]").all()) {
    await tab.click();
    const code = page.locator(".code [role=tabpanel] code");
    texts[await tab.innerText()] = (await code.count()) > 0 ? await code.evaluate((node) => node.textContent) : null;
  }
  equal(
    Object.keys(texts).filter((name) => texts[name] === null),
    none,
    "what cannot be said:",
  );
  await page.locator("#make").click();
  await page.waitForURL(/\/tasks\/./);
  const wanted = await understood(page, task_id(page));
  let last = task_id(page);
  for (const [name, runner] of Object.entries(RUNNERS)) {
    if (texts[name] === null) continue;
    const { stdout } = await runner(texts[name]).catch((error) => {
      throw new Error(`${name}: ${error.message}\n${error.stdout}`);
    });
    if (name === "CLI") {
      const { stdout: told } = await run(FILMGATE, [
        "tasks",
        "get",
        stdout.trim().split(/\s+/).at(-1),
        "--json",
        "--data",
        DATA,
      ]);
      const { model, parameters } = JSON.parse(told).request;
      // There each value stands under its type.
      const input = Object.fromEntries(
        Object.entries(parameters).map(([parameter, value]) => [parameter, Object.values(value)[0]]),
      );
      equal(counted(await filled(page, { model, input })), counted(wanted), `${name}:`);
      continue;
    }
    last = await newest(page, last);
    equal(await understood(page, last), wanted, `${name}:`);
  }
  assert(texts.Rust.includes(base) && texts.Rust.includes("/filmgate/v1/tasks"), "Rust calls the same route");
  const body = /const BODY: &str = r(#+)"([\s\S]*?)"\1;/.exec(texts.Rust)[2];
  equal(await filled(page, JSON.parse(body)), wanted, "Rust sends the same request:");
}

const choose = (page, name, value) =>
  page.locator("label", { has: page.locator(`[name='f-${name}'][value='${value}']`) }).click();

await claim("samples of a film from words", (page) =>
  each_sample(
    page,
    "/models/veo3_fast",
    async () => {
      await page.locator("#f-prompt").fill(`[[fail]] ${NASTY}`);
      await choose(page, "seconds", 4);
      await choose(page, "aspect", "9:16");
    },
    [],
  ),
);

await claim("samples of a film in OpenAI's form", (page) =>
  each_sample(
    page,
    "/models/sora-2",
    async () => {
      await page.locator("#f-prompt").fill(`[[fail]] ${NASTY}`);
      await choose(page, "seconds", 8);
    },
    ["curl · Kie"],
  ),
);

await claim("samples of a film from an uploaded picture", (page) =>
  each_sample(
    page,
    "/models/sora-2-image-to-video",
    async () => {
      await page.locator("input[type=file]").setInputFiles(PICTURE);
      await page.locator(".code", { hasText: "/files/uploads/" }).waitFor();
      await page.locator("#f-prompt").fill(`[[fail]] ${NASTY}`);
    },
    [],
  ),
);

await claim("samples of a storyboard", (page) =>
  each_sample(
    page,
    "/models/sora-2-pro-storyboard",
    async () => {
      const scenes = page.locator("#f-shots textarea");
      await scenes.nth(0).fill(`[[fail]] ${NASTY}`);
      await scenes.nth(1).fill("It's over");
    },
    ["curl · OpenAI", "CLI"],
  ),
);

await end();
