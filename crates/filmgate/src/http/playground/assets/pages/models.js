// Every model: whether it is served, what it costs, what it takes, and what comes after it.
import { get } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { model_path, standing, state_badge } from "../parts/chooser.js";
import { title } from "../parts/field.js";
import { main, say } from "../shell.js";
import { listed, named, number, t } from "../words.js";
import { empty, head, loaded, table } from "../parts/page.js";

const rule = (model, name) => model.parameters.find((parameter) => parameter.name === name);

/** The lengths, from the parameter or else from the modes. */
function lengths(model) {
  const all = rule(model, "seconds")?.values ?? model.modes.flatMap((mode) => mode.seconds ?? []);
  return [...new Set(all)].sort((one, other) => one - other);
}

/** What a model takes at a glance: a name and its values. */
function glance(model) {
  const pictures = rule(model, "pictures");
  const most = Math.max(pictures?.items_max ?? 0, ...model.modes.map((mode) => mode.pictures_max ?? 0));
  const shots = rule(model, "shots");
  const values = (name) => { const all = rule(model, name)?.values; return all && listed(all); };
  return [
    [title("seconds"), lengths(model).length > 0 && t("models.n_seconds", { list: listed(lengths(model)) })],
    [title("aspect"), values("aspect") ?? values("size")],
    [title("quality"), values("quality") ?? values("resolution")],
    [title("pictures"), pictures && (pictures.items_min === most ? number(most) : pictures.items_min > 0 ? `${pictures.items_min}–${most}` : t("models.up_to", { n: most }))],
    [title("shots"), shots && t("models.up_to", { n: shots.items_max })],
    [t("models.rate"), model.makes !== "character" && t("models.n_rate", { n: model.frames_per_second })],
  ].filter(([, value]) => value);
}

function price({ prices }) {
  if (prices.length === 0) return h("p", { class: "price" }, t("models.no_price"));
  const least = Math.min(...prices.map((row) => row.credits));
  const [before, after] = t(prices.some((row) => row.credits !== least) ? "models.from" : "models.flat").split("{n}");
  return h("p", { class: "price" }, before, h("b", null, number(least)), after);
}

/** A value's limits in the fewest words. */
function limit(parameter) {
  if (parameter.values) return listed(parameter.values);
  if (parameter.type === "text") return t("models.letters", { n: parameter.length_max });
  if (parameter.type === "range") return `${number(parameter.min)}–${number(parameter.max)}`;
  if (parameter.type === "flag") return t("models.flag");
  return parameter.items_max ? t("models.up_to", { n: parameter.items_max }) : "";
}

function more(model) {
  const rows = model.parameters.map((parameter) => [[title(parameter.name), " ", h("code", null, parameter.name), parameter.required && h("span", { class: "hint" }, ` ${t("required")}`)], limit(parameter)]);
  const prices = model.prices.filter((row) => row.when).map((row) => [row.when, number(row.credits)]);
  return h("details", null, h("summary", null, t("models.details", { n: rows.length })),
    prices.length > 1 && table(t("models.prices", { model: model.id }), [[t("models.when")], [t("models.credits"), "number"]], prices),
    table(t("models.parameters", { model: model.id }), [[t("models.parameter")], [t("models.takes")]], rows));
}

function card(model) {
  const facts = [...glance(model), [t("models.made_by"), model.made_by.length > 0 && listed(model.made_by)]].filter(([, value]) => value);
  return h("article", { class: "card model", "data-state": model.state },
    h("div", { class: "row between" }, h("span", { class: "hint" }, model.maker), state_badge(model)),
    h("div", null, h("h3", null, h("a", { href: model_path(model.id) }, named(model))), h("code", { class: "hint" }, model.id)),
    price(model), standing(model),
    h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", null, name), h("dd", null, value)])),
    h("div", { class: "foot" }, more(model), h("a", { class: "button", href: model_path(model.id), "aria-label": `${t(`make.${model.makes}`)}: ${named(model)}` }, t(`make.${model.makes}`), icon("right"))));
}

function shelf(models) {
  const families = [...new Set(models.map((model) => model.family))];
  const kinds = [...new Set(models.map((model) => model.makes))];
  const wish = { words: "", makes: "" };
  const list = h("div", null);
  const text_of = (model) => [model.id, named(model), model.maker, model.family, ...model.parameters.map((parameter) => `${parameter.name} ${title(parameter.name)}`)].join(" ").toLowerCase();
  function draw() {
    const shown = models.filter((model) => (!wish.makes || model.makes === wish.makes) && wish.words.toLowerCase().split(/\s+/).every((word) => text_of(model).includes(word)));
    mount(list, shown.length === 0
      ? empty("search", t("models.nothing"), t("models.nothing_text"))
      : families.map((family) => [family, shown.filter((model) => model.family === family)]).filter(([, of]) => of.length > 0)
        .map(([family, of]) => h("section", { class: "part" }, h("h2", null, family_name(family), h("span", { class: "soft tally" }, number(of.length))), h("div", { class: "grid models" }, of.map(card)))));
    say(t("models.shown", { n: shown.length }));
  }
  const search = h("input", { class: "input", type: "search", "aria-label": t("models.search"), placeholder: t("models.search"), oninput: (event) => { wish.words = event.target.value.trim(); draw(); } });
  const kind = (value, name) => h("label", null, h("input", { type: "radio", name: "makes", value, checked: value === wish.makes, onchange: () => { wish.makes = value; draw(); } }), h("span", null, name));
  draw();
  return [h("div", { class: "row filters" }, search, h("fieldset", { class: "field" }, h("legend", { class: "unseen" }, t("models.makes")), h("div", { class: "choices" }, kind("", t("models.all")), kinds.map((value) => kind(value, t(`makes.${value}`)))))), list];
}

/** A family's name as people write it: `veo-3-1` is Veo 3.1. */
const family_name = (family) => family.replace(/^\w/, (letter) => letter.toUpperCase()).replace(/-(\d+)-(\d+)/, " $1.$2").replace(/-/g, " ");

mount(main, head(t("models.title"), t("models.lead")), loaded(() => get("/filmgate/v1/models"), ({ models }) => shelf(models)));
