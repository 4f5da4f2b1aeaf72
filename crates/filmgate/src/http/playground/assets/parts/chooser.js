// Chooses the model: the current one with what it costs, and the others behind it as links to their own pages.
import { packed } from "../api.js";
import { h } from "../dom.js";
import { price_words } from "./field.js";
import { upstream_name } from "./times.js";
import { day, has, language, listed, named, number, t } from "../words.js";

export const model_path = (id) => `/models/${encodeURIComponent(id)}`;

/** What a film of it costs at least and at most. */
export function price_span(model) {
  const credits = model.prices.map((price) => price.credits);
  if (!credits.length) return "";
  const [least, most] = [Math.min(...credits), Math.max(...credits)];
  return least === most ? t("credits", { n: least }) : t("credits_span", { least, most });
}

const STATES = { served: "good", retired: "warm", not_served: "", refused: "bad" };
/** Its state as a badge. */
export const state_badge = (model) =>
  h("span", { class: `badge ${STATES[model.state] ?? ""}` }, t(`state.${model.state}`));

const GROUPS = ["film", "character", "extension", "enlargement"];

const TAKES = {
  prompt: "takes.text",
  shots: "takes.scenes",
  pictures: "takes.picture",
  origin_task: "takes.film",
  character_video: "takes.film",
  video: "takes.film",
};

/** What it makes its film of. */
export function takes(model) {
  const kinds = model.parameters.map(({ name }) => TAKES[name]).filter(Boolean);
  return [...new Set(kinds)].map((kind) => t(kind)).join(" + ");
}

/** A model that could be chosen instead. */
function option(model, current, on_leave) {
  const is_current = model.id === current.id ? "true" : null;
  const words = model.makes === "film" ? takes(model) : h("code", null, model.id);
  const props = { href: model_path(model.id), "aria-current": is_current, class: "option", onclick: on_leave };
  const name = h("span", { class: "name" }, h("b", null, named(model)), h("small", null, words));
  const price = h("span", { class: "price" }, price_span(model), model.state !== "served" && state_badge(model));
  return h("li", null, h("a", props, name, price));
}

/** Models that make the same thing: what lives first, what nobody makes last. */
function group(makes, models, to_option) {
  const worth = (model) => 2 * can_make(model) - is_retired(model);
  const members = models.filter((model) => model.makes === makes).sort((one, other) => worth(other) - worth(one));
  if (members.length === 0) return null;
  const title = t(`makes.${makes}`);
  return h("section", { "aria-label": title }, h("h3", null, title), h("ul", null, members.map(to_option)));
}

/** The model of this page, under which the others are. */
function chosen(current, is_heading) {
  const price = price_span(current);
  const id = h("small", null, h("code", null, current.id), price && ` · ${price}`);
  return h(
    "summary",
    { title: t("model_other") },
    h("span", { class: "gate", "aria-hidden": "true" }),
    h("span", { class: "unseen" }, t("model")),
    h("span", { class: "name" }, h(is_heading ? "h1" : "b", null, named(current)), id),
    !can_make(current) && state_badge(current),
  );
}

/**
 * The choice of a model, closed by a press elsewhere, by Escape, and when the focus leaves it.
 * @param {object[]} models @param {object} current
 * @param {() => void} on_leave called before another page is opened @param {boolean} is_heading whether the page has no other title
 */
export function chooser(models, current, on_leave, is_heading) {
  const to_option = (model) => option(model, current, on_leave);
  const groups = GROUPS.map((makes) => group(makes, models, to_option));
  const panel = h("div", { class: "panel" }, groups);
  const box = h("details", { class: "chooser" }, chosen(current, is_heading), panel);
  const shut = () => {
    box.open = false;
  };
  document.addEventListener("pointerdown", ({ target }) => box.contains(target) || shut());
  box.addEventListener("focusout", ({ relatedTarget: next }) => next && !box.contains(next) && shut());
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !box.open) return;
    shut();
    box.firstChild.focus();
  });
  return box;
}

/** Whether somebody makes it here. */
export const can_make = (model) => model.state === "served" || (model.state === "retired" && model.made_by?.length > 0);

/** Why it is as it is, in the server's words where this language has none. */
function why({ state, why: text }) {
  if (has(`why.${state}`)) return t(`why.${state}`);
  return text && text[0].toUpperCase() + text.slice(1);
}

const DIALECTS = { kie: "Kie", openai: "OpenAI", veo: "Google" };
export const is_retired = ({ retires }) => Boolean(retires) && Date.parse(retires) <= Date.now();

/** Who retires the model (or all that are called so), who makes it here all the same, and what takes its place. */
export function retirement(model, name) {
  const { retires, retired_by: by, replacement } = model;
  // Chinese sets a space between its own letters and others.
  const called = language === "zh" && /^\w/.test(name) ? ` ${name}` : name;
  const words = [
    retires &&
      t(is_retired(model) ? "retired_on" : "retires_on", { by: DIALECTS[by] ?? by, name: called, date: day(retires) }),
    can_make(model) && t("made_here", { list: listed(model.made_by.map(upstream_name)) }),
    why(model),
  ]
    .filter(Boolean)
    .join(language === "zh" ? "" : " ");
  const [before, after] = t("replaced_by").split("{model}");
  return [
    words,
    replacement && [
      language === "zh" ? "" : " ",
      before,
      h("a", { href: model_path(replacement) }, replacement),
      after,
    ],
  ];
}

/** Why the model cannot be had, or not for long: a line where it can be had here all the same, else a notice. */
export function standing(model) {
  if (model.state === "served" && !model.retires) return null;
  const words = retirement(model, t("this_model"));
  return can_make(model)
    ? h("p", { class: "hint standing" }, words)
    : h("div", { class: "notice bad" }, h("p", null, words));
}

/** Every price of the model, folded. */
export function price_list(model) {
  if (model.prices.length < 2) return null;
  return h(
    "details",
    { class: "more" },
    h("summary", null, t("all_prices"), h("span", { class: "count" }, model.prices.length)),
    h(
      "table",
      null,
      h(
        "tbody",
        null,
        model.prices.map((price) =>
          h("tr", null, h("td", null, price_words(price)), h("td", { class: "number" }, number(price.credits))),
        ),
      ),
    ),
  );
}

/** The examples of the card, each a link that fills in the form. */
export function card_examples(model) {
  const examples = (model.examples ?? []).filter(({ input }) => !input.pictures);
  if (!examples.length) return null;
  return h(
    "details",
    { class: "more" },
    h("summary", null, t("examples"), h("span", { class: "count" }, examples.length)),
    h(
      "div",
      { class: "chips" },
      examples.map(({ claim, input }) =>
        h("a", { class: "chip", lang: "en", href: `${model_path(model.id)}#input=${packed(input)}` }, claim),
      ),
    ),
  );
}
