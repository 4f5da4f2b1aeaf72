// Films side by side, and the form that makes them: one prompt, several models.
import { ApiError, get } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { words_of } from "../parts/card.js";
import { Contest } from "../parts/task/contest.js";
import { keep_fresh } from "../parts/follow.js";
import { together } from "../parts/task/together.js";
import { failure, main, style } from "../shell.js";
import { t } from "../words.js";

const FILMS_MAX = 24;
const query = new URLSearchParams(location.search);
const ids = [...new Set((query.get("tasks") ?? "").split(",").filter(Boolean))].slice(0, FILMS_MAX);
const read = (id) => get(`/filmgate/v1/tasks/${encodeURIComponent(id)}`);
const address = (list) => (list.length > 0 ? `/compare?tasks=${list.map(encodeURIComponent).join(",")}` : "/compare");

/** The task whose prompt the form begins with, if the address names one. */
const origin = query.get("with") ? await read(query.get("with")).catch(() => null) : null;

/** What a task asked for, as far as all models know it. */
function wish_of({ prompt, input }) {
  const is_portrait = /portrait|9:16|^(720|1024|1080)x/.test(`${input?.aspect ?? input?.size ?? ""}`);
  return { prompt, aspect: is_portrait ? "portrait" : "landscape" };
}

async function form() {
  const { models } = await get("/filmgate/v1/models");
  const shown = (made) => location.assign(address([...(origin ? [origin.id] : []), ...made.map(({ id }) => id)]));
  return new Contest(models, origin ? wish_of(origin) : {}, shown).element;
}

async function films() {
  const found = await Promise.allSettled(ids.map(read));
  const tasks = found.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  const faults = found.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
  const gone = faults.filter((fault) => fault instanceof ApiError && fault.status === 404).length;
  const other = faults.find((fault) => !(fault instanceof ApiError && fault.status === 404));
  function named() {
    const prompts = new Set(all.tasks().map(words_of));
    title.classList.toggle("quote", prompts.size === 1);
    title.textContent = prompts.size === 1 ? [...prompts][0] : t("compare.count", { n: all.tasks().length });
  }
  const dropped = () => {
    history.replaceState(null, "", address(all.tasks().map(({ id }) => id)));
    named();
  };
  const all = together(tasks, dropped);
  if (tasks.length > 0) named();
  keep_fresh(all.tasks, all.draw);
  return [
    other && failure(other, () => location.reload()),
    gone > 0 && h("p", { class: "notice warm" }, t("compare.gone", { n: gone })),
    tasks.length > 0 && all.node,
  ];
}

await style("films");
const is_showing = ids.length > 0;
const title = h("h1", null, t("compare.title"));
const body = h("div", { class: "stack" }, h("div", { class: "skeleton wide" }));
mount(
  main,
  h(
    "div",
    { class: "page-head" },
    h("div", null, title, !is_showing && h("p", { class: "lead" }, t("compare.lead"))),
    h(
      "div",
      { class: "row" },
      is_showing && h("a", { class: "button", href: "/compare" }, icon("plus"), t("compare.new")),
      h("a", { class: "button", href: "/tasks" }, icon("film"), t("compare.choose")),
    ),
  ),
  body,
);
const content = is_showing ? films() : form();
mount(body, await content.catch((error) => failure(error, () => location.reload())));
