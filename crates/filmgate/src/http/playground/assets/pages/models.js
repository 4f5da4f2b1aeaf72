// Every model: what it makes and costs, the account's latest film of it, and whether and by whom it is served.
import { get } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { can_make, is_retired, model_path, retirement, standing, state_badge, takes } from "../parts/chooser.js";
import { title, value_title } from "../parts/field.js";
import { model_tables } from "../parts/model_tables.js";
import { empty, head, loaded } from "../parts/page.js";
import { picture } from "../parts/picture.js";
import { upstream_name } from "../parts/times.js";
import { main, say } from "../shell.js";
import { listed, named, number, t } from "../words.js";

const rule = (model, name) => model.parameters.find((parameter) => parameter.name === name);

/** The lengths, from the parameter or else from the modes. */
function lengths(model) {
  const all = rule(model, "seconds")?.values ?? model.modes.flatMap((mode) => mode.seconds ?? []);
  return [...new Set(all)].sort((one, other) => one - other);
}

/** What a model takes and what comes of it, in one line. */
function glance(model) {
  const seconds = lengths(model);
  const values = (name) => rule(model, name)?.values?.map((value) => value_title(name, value));
  const sizes = values("quality") ?? values("resolution") ?? values("tier");
  return [
    takes(model),
    seconds.length > 0 && t("models.n_seconds", { list: listed(seconds) }),
    sizes && listed(sizes),
    model.makes !== "character" && t("fps", { n: model.frames_per_second }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function price({ prices }) {
  if (prices.length === 0) return h("p", { class: "price" }, t("models.no_price"));
  const least = Math.min(...prices.map((row) => row.credits));
  const [before, after] = t(prices.some((row) => row.credits !== least) ? "models.from" : "models.flat").split("{n}");
  return h("p", { class: "price" }, before, h("b", null, number(least)), after);
}

/** @param {boolean} is_told whether its family says already what has become of it */
function row(model, is_told) {
  const can = can_make(model);
  const does = can ? t(`make.${model.makes}`) : t("models.read");
  const name = h("h3", null, h("a", { href: model_path(model.id) }, named(model)));
  const badge = can ? is_retired(model) && h("span", { class: "badge warm" }, t("state.retired")) : state_badge(model);
  return h(
    "li",
    { class: "model", "data-state": model.state },
    h("div", { class: "frame", "aria-hidden": "true" }, icon("film")),
    h(
      "div",
      { class: "about" },
      h("div", { class: "row" }, name, badge),
      h("code", { class: "hint" }, model.id),
      h("p", { class: "hint" }, glance(model)),
      !is_told && (model.retires || model.state === "refused") && standing(model),
    ),
    price(model),
    h(
      "a",
      { class: "button small", href: model_path(model.id), "aria-label": `${does}: ${named(model)}` },
      does,
      icon("right"),
    ),
    h(
      "details",
      null,
      h("summary", null, t("models.details", { n: model.parameters.length })),
      model.made_by.length > 0 &&
        h("p", { class: "hint" }, t("models.made_by"), " ", listed(model.made_by.map(upstream_name))),
      model_tables(model),
    ),
  );
}

/** Puts the account's latest film of each model into its frame, as far as its last hundred films tell. */
async function show_films(rows) {
  const { tasks } = await get("/filmgate/v1/tasks?phase=succeeded&limit=100");
  const latest = new Map(
    tasks
      .filter(({ film }) => film)
      .toReversed()
      .map((task) => [task.model, task]),
  );
  for (const [model, task] of latest)
    if (rows.has(model)) mount(rows.get(model).querySelector(".frame"), picture(task));
}

/** A family under its name; what has happened to most of it is said once. */
function family(name, models) {
  const retired = models.filter((model) => is_retired(model) && model.state !== "refused");
  const is_told = (model) => retired.length > 1 && retired.includes(model);
  return {
    is_alive: retired.length === 0,
    name: family_name(name),
    words: retired.length > 1 ? h("p", { class: "soft" }, retirement(retired[0], family_name(name))) : null,
    rows: new Map(models.map((model) => [model, row(model, is_told(model))])),
  };
}

/** The families, those first that live. */
function families_of(models) {
  const names = [...new Set(models.map((model) => model.family))];
  const all = names.map((name) => {
    const members = models.filter((model) => model.family === name);
    return family(name, members);
  });
  return all.sort((one, other) => other.is_alive - one.is_alive);
}

/** All words by which a model can be found. */
const text_of = (model) =>
  [model.id, named(model), model.maker, model.family, ...model.parameters.map(({ name }) => `${name} ${title(name)}`)]
    .join(" ")
    .toLowerCase();

/** A family, with as many of its rows as are wished; nothing without any. */
function section({ name, words, rows }, is_wished) {
  const shown = [...rows].filter(([model]) => is_wished(model)).map(([, node]) => node);
  if (shown.length === 0) return null;
  const title = h("h2", null, name, h("span", { class: "soft tally" }, number(shown.length)));
  const list = h("ul", { class: "models" }, shown);
  return h("section", { class: "part" }, h("div", { class: "part-head" }, title, words), list);
}

/** The choice between all models and those that make one thing. */
function kind_choice(models, choose) {
  const kind = (value, name) => {
    const props = { type: "radio", name: "makes", value, checked: value === "", onchange: () => choose(value) };
    return h("label", null, h("input", props), h("span", null, name));
  };
  const kinds = [...new Set(models.map((model) => model.makes))].map((value) => kind(value, t(`makes.${value}`)));
  const legend = h("legend", { class: "unseen" }, t("models.makes"));
  return h("fieldset", { class: "field" }, legend, h("div", { class: "choices" }, kind("", t("models.all")), kinds));
}

function shelf(models) {
  const families = families_of(models);
  const list = h("div", null);
  let [words, makes] = [[], ""];
  const is_wished = (model) =>
    (!makes || model.makes === makes) && words.every((word) => text_of(model).includes(word));
  function draw() {
    const count = models.filter(is_wished).length;
    const sections = () => families.map((each) => section(each, is_wished));
    mount(list, count === 0 ? empty("search", t("models.nothing"), t("models.nothing_text")) : sections());
    say(t("models.shown", { n: count }));
  }
  const find = (event) => {
    words = event.target.value.trim().toLowerCase().split(/\s+/);
    draw();
  };
  const choose = (value) => {
    makes = value;
    draw();
  };
  const label = t("models.search");
  const props = { class: "input", type: "search", "aria-label": label, placeholder: label, oninput: find };
  draw();
  const rows = families.flatMap((each) => [...each.rows].map(([model, node]) => [model.id, node]));
  // A page of models is of use without films in it.
  show_films(new Map(rows)).catch(() => {});
  return [h("div", { class: "row filters" }, h("input", props), kind_choice(models, choose)), list];
}

/** A family's name as people write it: `veo-3-1` is Veo 3.1. */
const family_name = (family) =>
  family
    .replace(/^\w/, (letter) => letter.toUpperCase())
    .replace(/-(\d+)-(\d+)/, " $1.$2")
    .replace(/-/g, " ");

mount(
  main,
  head(t("models.title"), t("models.lead")),
  loaded(
    () => get("/filmgate/v1/models"),
    ({ models }) => shelf(models),
    { room: "100vh" },
  ),
);
