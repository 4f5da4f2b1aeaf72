// One prompt for several models: the prices first, then all films in one request.
import { ApiError } from "../../api.js";
import { h, id, mount } from "../../dom.js";
import { failure, sentence, show_balance } from "../../shell.js";
import { named, number, t } from "../../words.js";
import { kept } from "../kept.js";
import { create, is_unanswered, press } from "../press.js";
import { quotes } from "../quotes.js";
import { refusal } from "./again.js";
import { shape } from "../times.js";

const FILMS_MAX = 24;
const KEPT = "filmgate-compare";
const BATCHES = "/filmgate/v1/batches";
const SHAPES = { landscape: ["landscape", "16:9", "1280x720"], portrait: ["portrait", "9:16", "720x1280"] };

/** Models that a prompt alone is enough for. */
export const takes_prompt = ({ id, state, makes, parameters }) =>
  state === "served" &&
  makes === "film" &&
  !/image-to-video/.test(id) &&
  parameters.some(({ name }) => name === "prompt") &&
  parameters.every(({ name, required }) => !required || name === "prompt");

/** What a model is asked: the prompt, and of shape and length what it knows. */
export function input_for(model, { prompt, aspect, seconds }) {
  const input = { prompt };
  const values = (name) => model.parameters.find((parameter) => parameter.name === name)?.values ?? [];
  for (const name of ["aspect", "size"]) {
    const value = SHAPES[aspect].find((shape) => values(name).includes(shape));
    if (value) input[name] = value;
  }
  if (seconds && values("seconds").map(Number).includes(seconds)) input.seconds = seconds;
  return input;
}

const cheapest = (model) => Math.min(...model.prices.map(({ credits }) => credits));

/** The cheapest of each family: a comparison that nobody regrets. */
function first_choice(models) {
  const best = new Map();
  for (const model of models)
    if (!best.has(model.family) || cheapest(model) < cheapest(best.get(model.family))) best.set(model.family, model);
  return [...best.values()].map((model) => model.id);
}

/**
 * @param {object[]} all models @param {{prompt?: string, aspect?: string}} given
 * @param {(tasks: object[]) => void} made
 */
export function contest(all, given, made) {
  const models = all.filter(takes_prompt);
  const before = { ...kept.read(KEPT), ...given };
  const ticked = new Set(
    (before.models ?? first_choice(models)).filter((known) => models.some((model) => model.id === known)),
  );
  /** What the models cost, while it is true. */
  let offer = null;
  let asking_failed = false;
  /** The films of this prompt that exist already, because others were refused. */
  let there = [];

  const prompt_id = id("prompt");
  const hint = t("contest.prompt_hint");
  const prompt = h("textarea", {
    class: "input",
    id: prompt_id,
    required: true,
    value: before.prompt ?? "",
    placeholder: hint,
    oninput: changed,
  });
  const shape_box = (value) =>
    h("input", {
      type: "radio",
      name: "aspect",
      value,
      checked: value === (before.aspect ?? "landscape"),
      onchange: changed,
    });
  const shapes = h(
    "div",
    { class: "choices" },
    Object.keys(SHAPES).map((value) => h("label", null, shape_box(value), h("span", null, t(`contest.${value}`)))),
  );
  const lengths_of = (model) => model.parameters.find(({ name }) => name === "seconds")?.values ?? [];
  const lengths = [...new Set(models.flatMap(lengths_of).map(Number))].sort((a, b) => a - b);
  const seconds_id = id("seconds");
  const length_option = (value) =>
    h("option", { value: String(value), selected: value === before.seconds }, t("s", { n: value }));
  const own_length = h("option", { value: "" }, t("contest.own_length"));
  const seconds = h(
    "select",
    { class: "input", id: seconds_id, onchange: changed },
    own_length,
    lengths.map(length_option),
  );
  const sum = h("p", { class: "sum", role: "status" });
  const trouble = h("div");
  const go = h("button", { type: "submit", class: "button primary big" });

  const rows = models.map((model) => {
    const price = h("span", { class: "number price" });
    const note = h("span", { class: "block small soft" });
    const tick = () => {
      if (box.checked) ticked.add(model.id);
      else ticked.delete(model.id);
      keep();
    };
    const box = h("input", { type: "checkbox", class: "check", checked: ticked.has(model.id), onchange: tick });
    return {
      model,
      price,
      note,
      box,
      node: h("label", { class: "pick" }, box, h("span", null, h("strong", null, named(model)), note), price),
    };
  });
  const wanted = () => ({
    prompt: prompt.value.trim(),
    aspect: shapes.querySelector(":checked").value,
    seconds: Number(seconds.value) || null,
  });
  const picked = () => models.filter((model) => ticked.has(model.id));
  const request = (model) => ({ model: model.id, input: input_for(model, wanted()) });

  const price_of = (model) => offer?.quotes.get(model.id)?.price;
  /** The ticked models that the server would take, and what they cost together. */
  const offered = () => picked().filter((model) => price_of(model) !== undefined);
  const sum_of = (list) => list.reduce((all, model) => all + price_of(model), 0);
  /** Whether just these films were asked for, and nobody knows whether they were accepted: then only they can be asked for. */
  const is_open = () => is_unanswered(BATCHES, (offer ? offered() : picked()).map(request));

  function keep() {
    kept.write(KEPT, { ...wanted(), models: [...ticked] });
    draw();
  }
  function changed() {
    there = [];
    quote();
    keep();
  }
  function draw_row({ model, price, note, box }) {
    const told = offer?.quotes.get(model.id);
    box.checked = ticked.has(model.id);
    price.textContent =
      told?.price !== undefined ? number(told.price) : told ? "" : t("contest.from", { n: cheapest(model) });
    price.classList.toggle("soft", told?.price === undefined);
    mount(
      note,
      told?.error ? sentence(new ApiError(422, told.error)) : told?.film ? shape(told.film) : h("code", null, model.id),
    );
    note.classList.toggle("fault", Boolean(told?.error));
  }
  /** What the films cost, or why that is not said. */
  function standing(total) {
    if (!wanted().prompt) return t("contest.needs_prompt");
    if (ticked.size === 0) return t("contest.needs_model");
    if (ticked.size > FILMS_MAX) return t("contest.too_many");
    if (!offer) return asking_failed ? "" : t("contest.asking");
    const { available } = offer;
    return total > available
      ? t("contest.lacks", { total, available })
      : t("contest.sum", { total, rest: available - total });
  }
  function draw() {
    rows.forEach(draw_row);
    const good = offered();
    const [count, total] = [good.length, sum_of(good)];
    const open = is_open();
    for (const control of [prompt, seconds, ...shapes.querySelectorAll("input"), ...rows.map(({ box }) => box)])
      control.disabled = open;
    go.disabled = count === 0 || ticked.size > FILMS_MAX || (!open && total > offer.available);
    go.textContent = count > 0 ? t("contest.go", { n: count }) : t("contest.go_none");
    sum.textContent = open ? t("not_known") : standing(total);
  }
  const prices = quotes(({ quote: answer, error }, list) => {
    asking_failed = Boolean(error);
    if (error) mount(trouble, failure(error, quote));
    else
      offer = {
        quotes: new Map(list.map(({ model }, index) => [model, answer.quotes[index]])),
        available: answer.available,
      };
    draw();
  });
  function quote() {
    offer = null;
    asking_failed = false;
    mount(trouble);
    // The ticked ones first, where there are more models than one question may name.
    const list = [...picked(), ...models.filter((model) => !ticked.has(model.id))].slice(0, FILMS_MAX).map(request);
    prices.ask(wanted().prompt ? { requests: list } : null, list);
  }

  /** Some were refused: those that exist are not asked for again, and the rest is priced anew. */
  function in_part(good, tasks) {
    const bad = tasks.filter((task) => !task.id);
    good.forEach((model, at) => tasks[at].id && ticked.delete(model.id));
    there.push(...tasks.filter((task) => task.id));
    keep();
    quote();
    draw();
    const go_on = h(
      "button",
      { type: "button", class: "button small", onclick: () => made(there) },
      t("contest.others", { n: there.length }),
    );
    const faults = [...new Set(bad.map(({ error }) => sentence(error)))].map((text) => h("p", null, text));
    const others = there.length > 0 && [h("p", null, t("contest.there", { n: there.length })), h("p", null, go_on)];
    mount(trouble, h("div", { class: "notice bad", role: "alert" }, faults, others));
  }

  async function send() {
    const good = offered();
    mount(trouble);
    try {
      const wish = good.map(request);
      const { tasks } = await create(BATCHES, { requests: wish, total_max: sum_of(good) }, wish);
      show_balance();
      if (tasks.some((task) => !task.id)) return in_part(good, tasks);
      made([...there, ...tasks]);
      return true;
    } catch (error) {
      if (error.code === "total_exceeded") quote();
      mount(trouble, refusal(error));
      draw();
    }
    return false;
  }
  function submit(event) {
    event.preventDefault();
    if (offer && !go.disabled) press((is_busy) => go.setAttribute("aria-busy", String(is_busy)), send);
  }

  const length_field = [
    h("label", { for: seconds_id }, t("contest.seconds")),
    seconds,
    h("p", { class: "hint" }, t("contest.seconds_hint")),
  ];
  const legend = h(
    "legend",
    { class: "label" },
    t("contest.models"),
    h("span", { class: "count" }, t("contest.price")),
  );
  const node = h(
    "form",
    { class: "two contest", onsubmit: submit },
    h(
      "div",
      { class: "stack" },
      h("div", { class: "field" }, h("label", { for: prompt_id }, t("contest.prompt")), prompt),
      h("fieldset", { class: "field" }, h("legend", { class: "label" }, t("contest.aspect")), shapes),
      h("div", { class: "field" }, length_field),
      h("div", { class: "card total" }, sum, go, trouble),
    ),
    h(
      "fieldset",
      { class: "field" },
      legend,
      h(
        "div",
        { class: "picks" },
        rows.map((row) => row.node),
      ),
    ),
  );
  quote();
  draw();
  return node;
}
