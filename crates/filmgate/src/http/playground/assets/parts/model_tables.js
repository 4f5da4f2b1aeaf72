// What a model costs and takes, as two tables.
import { h } from "../dom.js";
import { listed, number, t } from "../words.js";
import { price_words, title, value_title } from "./field.js";
import { table } from "./page.js";

/** A value's limits in the fewest words. */
function limit({ name, values, type, length_max, min, max, items_max }) {
  if (values) return listed(values.map((value) => value_title(name, value)));
  if (type === "text") return t("models.letters", { n: length_max });
  if (type === "range") return `${number(min)}–${number(max)}`;
  if (type === "flag") return t("models.flag");
  return items_max ? t("models.up_to", { n: items_max }) : "";
}

/** @returns {HTMLElement[]} */
export function model_tables(model) {
  const prices = model.prices.map((row) => [price_words(row), number(row.credits)]);
  const name = ({ name, required }) => [
    title(name),
    " ",
    h("code", null, name),
    required && h("span", { class: "hint" }, ` ${t("required")}`),
  ];
  const parameters = model.parameters.map((parameter) => [name(parameter), limit(parameter)]);
  return [
    prices.length > 1 &&
      table(t("models.prices", { model: model.id }), [[t("models.when")], [t("models.credits"), "number"]], prices),
    table(t("models.parameters", { model: model.id }), [[t("models.parameter")], [t("models.takes")]], parameters),
  ];
}
