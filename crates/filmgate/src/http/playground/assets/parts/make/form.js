// The form of a model, made from its parameters: what can be filled in, what is wrong with it, what it says.
import { h } from "../../dom.js";
import { say, sentence } from "../../shell.js";
import { has, t } from "../../words.js";
import { choice_field, flag_field, list_field, range_field, text_field } from "../field.js";
import { finished_field } from "./finished.js";
import { Pictures } from "./pictures.js";
import { Storyboard } from "./storyboard.js";

/** Rarely needed: folded, so that the form begins short. */
const FOLDED = new Set(["seed", "watermark", "translate", "upload_store", "fallback", "safety_instruction"]);

/** Nothing to ask for yet: no text, no items, or a scene without words. */
export const is_empty = (value) =>
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && (value.every((item) => item === "") || value.some((item) => item.scene === "")));

/** The mode that the pictures mean if none is chosen: none, the first and last frame, references. */
function mode_of({ modes }, input) {
  const count = input.pictures?.length ?? 0;
  const fits = (mode) => count >= (mode.pictures_min ?? 0) && count <= (mode.pictures_max ?? 99);
  return modes.find(input.mode === undefined ? fits : ({ name }) => name === input.mode) ?? null;
}

/** How many pictures there may be, and what each of them is. */
function picture_roles(model, input) {
  const all = model.parameters.find(({ name }) => name === "pictures").items_max ?? 1;
  const mode = mode_of(model, input);
  const max = input.mode === undefined ? all : Math.min(all, mode?.pictures_max ?? all);
  const is_reference = mode?.name.startsWith("REFERENCE");
  const names = is_reference
    ? Array.from({ length: max }, (_, at) => t("reference_n", { n: at + 1 }))
    : [t("first_frame"), t("last_frame")];
  return { max, names };
}

/** A scene whose length is none. */
function scene_fault({ seconds_min: min = 0.1, seconds_max: max = 99 }, shots) {
  const at = shots.findIndex(({ seconds }) => !(seconds >= min && seconds <= max));
  return at < 0 ? null : t("scene_range", { n: at + 1, min, max });
}

/** What is wrong with a value, as far as the card tells it; else the server's own words stand. @returns {string | null} */
function fault_of(parameter, value) {
  const { name, type, min, max } = parameter;
  if (type === "shots" && scene_fault(parameter, value ?? [])) return scene_fault(parameter, value);
  if (is_empty(value)) return parameter.required ? t(has(`missing.${name}`) ? `missing.${name}` : "missing") : null;
  if (type === "text" && Array.from(value).length > parameter.length_max)
    return t("too_long", { max: parameter.length_max });
  return type === "range" && !(Number.isInteger(value) && value >= min && value <= max)
    ? t("out_of_range", { min, max })
    : null;
}

/** As the card has them, but for two: the mode says what the pictures are, and a storyboard is what its film says. */
function in_order(parameters) {
  const is =
    (wanted) =>
    ({ name }) =>
      name === wanted;
  const first = parameters.some(is("shots")) ? ["seconds", "shots"].map((name) => parameters.find(is(name))) : [];
  const order = [...first, ...parameters.filter((one) => !first.includes(one))];
  const [mode, pictures] = [order.findIndex(is("mode")), order.findIndex(is("pictures"))];
  if (mode > pictures && pictures >= 0) order.splice(pictures, 0, ...order.splice(mode, 1));
  return order;
}

export class Form {
  /** What is filled in: only what differs from the defaults. */
  input = {};
  fields = {};

  /** @param {object[]} models all there are @param {Record<string, any>} start what is filled in already @param {() => void} on_change */
  constructor(models, model, start, on_change) {
    Object.assign(this, { models, model, on_change });
    this.known = Object.fromEntries(model.parameters.map((parameter) => [parameter.name, parameter]));
    for (const { name } of model.parameters) if (start[name] !== undefined) this.input[name] = start[name];
    this.touched = new Set(Object.keys(this.input).filter((name) => !is_empty(this.input[name])));
    const order = in_order(model.parameters);
    for (const parameter of order) this.fields[parameter.name] = this.field(parameter);
    if (this.has("shots")) this.input.shots = this.fields.shots.value();
    this.adapt();
    this.draw(order);
  }

  field(parameter) {
    const value = this.input[parameter.name];
    const change = (next) => this.changed(parameter.name, next);
    if (parameter.name === "origin_task") return finished_field(parameter, value, change, this.model, this.models);
    switch (parameter.type) {
      case "choice":
        return choice_field(parameter, value, change);
      case "integer":
        return (parameter.values ? choice_field : range_field)(parameter, value, change);
      case "range":
        return range_field(parameter, value, change);
      case "flag":
        return flag_field(parameter, value, change);
      case "shots":
        return new Storyboard(parameter, value, change, () => this.film_seconds());
      case "list":
        return parameter.name === "pictures"
          ? new Pictures(parameter, value, change)
          : list_field(parameter, value, change);
      default:
        return text_field(parameter, value, change);
    }
  }

  draw(order) {
    const elements = (is_folded) =>
      order.filter(({ name }) => FOLDED.has(name) === is_folded).map(({ name }) => this.fields[name].element);
    const folded = elements(true);
    const summary = h("summary", null, t("advanced"), h("span", { class: "count" }, folded.length));
    const is_open = [...FOLDED].some((name) => this.input[name] !== undefined);
    this.more = folded.length
      ? h("details", { class: "more", open: is_open }, summary, h("div", { class: "stack fields" }, folded))
      : null;
    this.element = h("div", { class: "stack fields" }, elements(false), this.more);
  }

  has = (name) => name in this.fields;
  focus = (name) => this.fields[name]?.focus();
  preview = () => (this.fields.pictures ?? this.fields.origin_task)?.preview() ?? null;
  is_uploading = () => this.fields.pictures?.items.some((item) => item.is_busy) ?? false;
  /** Whether somebody has come to a field; who chooses what pictures are for has come to them, too. */
  is_known = (name) => this.touched.has(name) || (name === "pictures" && this.input.mode !== undefined);
  film_seconds = () => Number(this.input.seconds ?? this.known.seconds?.default ?? 10);

  changed(name, value) {
    const before = this.film_seconds();
    if (value === undefined) delete this.input[name];
    else this.input[name] = value;
    this.touched.add(name);
    if (name === "seconds" && this.has("shots")) this.follow(before);
    if (name === "mode" || name === "pictures") this.adapt();
    this.on_change();
  }

  /** A storyboard that filled the film fills the new length, too. */
  follow(before) {
    const { shots } = this.fields;
    if (shots.total() === before) shots.set(shots.spread());
    else shots.weigh();
    this.input.shots = shots.value();
  }

  /** Pictures, length and tier follow the mode. */
  adapt() {
    const mode = mode_of(this.model, this.input);
    const { pictures, seconds, tier } = this.fields;
    if (pictures) {
      const roles = picture_roles(this.model, this.input);
      pictures.set_roles(roles);
      pictures.element.hidden = roles.max === 0 && is_empty(this.input.pictures);
    }
    seconds?.allow?.(mode?.seconds ?? null);
    tier?.allow?.(mode?.tiers ?? null);
  }

  /** Fills one field as if a person had. */
  fill(name, value) {
    this.fields[name].set(value);
    this.changed(name, value);
  }

  /** Puts something under a field. */
  attach(name, element) {
    if (element && this.has(name)) this.fields[name].element.after(element);
  }

  touch() {
    for (const name of Object.keys(this.fields)) this.touched.add(name);
  }

  /** The refusal of the first field that was emptied again; scenes are written one after the other. @param {string[]} missing */
  emptied(missing) {
    const name = missing.find((one) => one !== "shots" && this.is_known(one));
    return name ? { parameter: name } : null;
  }

  /**
   * Shows a refusal at its field, or none.
   * @returns {"shown" | "quiet" | "elsewhere"} quiet: it is about a field that nobody has come to yet
   */
  blame(error) {
    const name = this.has(error?.parameter) ? error.parameter : null;
    const is_quiet = name && is_empty(this.input[name]) && !this.is_known(name);
    const text = name && !is_quiet ? (this.fault_of(name) ?? sentence(error)) : null;
    for (const [key, field] of Object.entries(this.fields)) field.blame(key === name ? text : null);
    // Said again only if it is another one.
    if (text && text !== this.said) say(text);
    this.said = text;
    if (text && FOLDED.has(name)) this.more.open = true;
    return is_quiet ? "quiet" : name ? "shown" : "elsewhere";
  }

  fault_of(name) {
    const least = name === "pictures" ? (mode_of(this.model, this.input)?.pictures_min ?? 0) : 0;
    if (this.input.mode !== undefined && (this.input.pictures?.length ?? 0) < least)
      return t("missing.pictures_mode", { n: least });
    return fault_of(this.known[name], this.input[name]);
  }
}
