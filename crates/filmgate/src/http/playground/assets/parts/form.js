// The form of a model, made from its parameters: what can be filled in, what is wrong with it, what it says.
import { get } from "../api.js";
import { h, id } from "../dom.js";
import { say } from "../shell.js";
import { has, t } from "../words.js";
import { choice_field, flag_field, list_field, range_field, text_field } from "./field.js";
import { picture_field } from "./pictures.js";
import { shared_out, storyboard_field } from "./storyboard.js";

/** Rarely needed: folded, so that the form begins short. */
const FOLDED = new Set(["seed", "watermark", "translate", "upload_store", "fallback", "safety_instruction"]);

/** Empty as a request sees it. */
export const is_empty = (value) => value === undefined || value === "" || (Array.isArray(value) && value.every((item) => item === "" || item?.scene === ""));

/** What is wrong with a value, as far as the card tells it; else the server's own words stand. @returns {string | null} */
function fault_of(parameter, value) {
  if (is_empty(value)) return parameter.required ? t(has(`missing.${parameter.name}`) ? `missing.${parameter.name}` : "missing") : null;
  if (parameter.type === "text" && Array.from(value).length > parameter.length_max) return t("too_long", { max: parameter.length_max });
  if (parameter.type === "range" && !(Number.isInteger(value) && value >= parameter.min && value <= parameter.max)) return t("out_of_range", { min: parameter.min, max: parameter.max });
  return null;
}

/** As the card has them, but for two: the mode says what the pictures are, and a storyboard is what its film says. */
function in_order(parameters) {
  const first = (parameters.some(({ name }) => name === "shots") ? ["seconds", "shots"] : []).flatMap((name) => parameters.filter((one) => one.name === name));
  const order = [...first, ...parameters.filter((one) => !first.includes(one))];
  const mode_at = order.findIndex(({ name }) => name === "mode");
  const pictures_at = order.findIndex(({ name }) => name === "pictures");
  if (mode_at > pictures_at && pictures_at >= 0) order.splice(pictures_at, 0, ...order.splice(mode_at, 1));
  return order;
}

/** The mode that the pictures mean if none is chosen: none, the first and last frame, references. */
function mode_of(model, input) {
  const pictures = input.pictures?.length ?? 0;
  const fits = (mode) => pictures >= (mode.pictures_min ?? 0) && pictures <= (mode.pictures_max ?? 99);
  return model.modes.find(({ name }) => name === input.mode) ?? (input.mode === undefined ? model.modes.find(fits) : undefined) ?? null;
}

/** How many pictures there may be, and what each of them is. */
export function picture_roles(model, input) {
  const all = model.parameters.find(({ name }) => name === "pictures")?.items_max ?? 1;
  const mode = mode_of(model, input);
  const max = input.mode !== undefined && mode ? Math.min(all, mode.pictures_max ?? all) : all;
  const is_reference = mode?.name.startsWith("REFERENCE");
  const names = is_reference ? Array.from({ length: max }, (_, at) => t("reference_n", { n: at + 1 })) : [t("first_frame"), t("last_frame")].slice(0, Math.max(max, 1));
  return { max, names };
}

/**
 * @param {object} model @param {Record<string, any>} start what is filled in already
 * @param {(input: Record<string, any>, name: string) => void} on_change
 */
export function make_form(model, start, on_change) {
  const input = {};
  for (const { name } of model.parameters) if (start[name] !== undefined) input[name] = start[name];
  const touched = new Set(Object.keys(input).filter((name) => !is_empty(input[name])));
  const fields = {};
  const known = Object.fromEntries(model.parameters.map((parameter) => [parameter.name, parameter]));
  const film_seconds = () => Number(input.seconds ?? known.seconds?.default ?? known.seconds?.values?.[0] ?? 10);

  function changed(name, value) {
    const before = film_seconds();
    if (value === undefined) delete input[name];
    else input[name] = value;
    touched.add(name);
    if (name === "seconds" && fields.shots) follow(before);
    if (["mode", "pictures"].includes(name)) adapt();
    on_change(input, name);
  }
  /** A storyboard that filled the film fills the new length, too. */
  function follow(before) {
    const shots = fields.shots.value();
    const sum = shots.reduce((all, { seconds }) => all + seconds, 0);
    if (Math.abs(sum - before) < 0.05) {
      const lengths = shared_out(film_seconds(), shots.length);
      fields.shots.set(shots.map((shot, at) => ({ ...shot, seconds: lengths[at] })));
      input.shots = fields.shots.value().map(({ scene, seconds }) => ({ scene, seconds }));
    } else fields.shots.weigh();
  }
  /** Pictures, length and tier follow the mode. */
  function adapt() {
    const mode = mode_of(model, input);
    if (fields.pictures) {
      const roles = picture_roles(model, input);
      fields.pictures.set_roles(roles);
      fields.pictures.element.hidden = roles.max === 0 && !input.pictures?.length;
    }
    fields.seconds?.allow?.(mode?.seconds ?? null);
    fields.tier?.allow?.(mode?.tiers ?? null);
  }

  const makers = {
    text: text_field, choice: choice_field, integer: choice_field, range: range_field, flag: flag_field,
    list: (parameter, value, change) => (parameter.name === "pictures" ? picture_field : list_field)(parameter, value, change),
    shots: (parameter, value, change) => storyboard_field(parameter, value, change, film_seconds),
  };
  const order = in_order(model.parameters);
  for (const parameter of order) {
    const kind = parameter.type === "integer" && !parameter.values ? "range" : parameter.type;
    const make = makers[kind];
    if (make) fields[parameter.name] = make(parameter, input[parameter.name], (value) => changed(parameter.name, value));
  }
  if (fields.shots && !input.shots) input.shots = fields.shots.value().map(({ scene, seconds }) => ({ scene, seconds }));
  adapt();
  if (fields.origin_task) offer_tasks(fields.origin_task.input);

  const elements = (is_folded) => order.filter(({ name }) => fields[name] && FOLDED.has(name) === is_folded).map(({ name }) => fields[name].element);
  const folded = elements(true);
  const more = folded.length ? h("details", { class: "more" }, h("summary", null, t("advanced"), h("span", { class: "count" }, folded.length)), h("div", { class: "stack fields" }, folded)) : null;
  if (more && [...FOLDED].some((name) => input[name] !== undefined)) more.open = true;

  return {
    element: h("div", { class: "stack fields" }, elements(false), more),
    input: () => input,
    preview: () => fields.pictures?.preview() ?? null,
    has: (name) => name in fields,
    /** Puts something under a field. */
    attach: (name, element) => element && fields[name]?.element.after(element),
    /** Fills one field as if a person had. */
    fill(name, value) {
      fields[name].set(value);
      changed(name, value);
    },
    touch: () => Object.keys(fields).forEach((name) => touched.add(name)),
    /** Shows a refusal at its field. @returns {"shown" | "quiet" | "elsewhere"} quiet: about a field that nobody has come to yet */
    blame(error) {
      const name = error?.parameter;
      const text = name && fields[name] ? fault_of(known[name], input[name]) ?? error.message : null;
      const is_quiet = name && fields[name] && is_empty(input[name]) && !touched.has(name);
      for (const [key, field] of Object.entries(fields)) field.blame(key === name && !is_quiet ? text : null);
      if (more && name && FOLDED.has(name)) more.open = true;
      if (text && !is_quiet) say(text);
      return is_quiet ? "quiet" : name && fields[name] ? "shown" : "elsewhere";
    },
    focus: (name) => fields[name]?.focus(),
  };
}

/** The account's latest films, offered where a finished task is asked for. */
async function offer_tasks(control) {
  const list = h("datalist", { id: id("tasks") });
  control.after(list);
  control.setAttribute("list", list.id);
  try {
    const { tasks } = await get("/filmgate/v1/tasks?phase=succeeded&limit=12");
    list.append(...tasks.map((task) => h("option", { value: task.id, label: `${task.title}: ${(task.prompt ?? "").slice(0, 60)}` })));
  } catch {
    // Without the list an id can still be typed.
  }
}
