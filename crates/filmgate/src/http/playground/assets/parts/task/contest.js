// One prompt for several models: the prices first, then all films in one request.
import { fresh_key, post } from "../../api.js";
import { debounced, h, id, mount } from "../../dom.js";
import { failure, sentence, show_balance } from "../../shell.js";
import { named, number, t } from "../../words.js";
import { refusal } from "./again.js";
import { shape } from "../times.js";

const FILMS_MAX = 24;
const KEPT = "filmgate-compare";
const SHAPES = { landscape: ["landscape", "16:9", "1280x720"], portrait: ["portrait", "9:16", "720x1280"] };

/** Models that a prompt alone is enough for. */
export const takes_prompt = (model) => model.state === "served" && model.makes === "film" && model.parameters.some(({ name }) => name === "prompt") && model.parameters.every(({ name, required }) => !required || name === "prompt") && !/image-to-video/.test(model.id);

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
  for (const model of models) if (!best.has(model.family) || cheapest(model) < cheapest(best.get(model.family))) best.set(model.family, model);
  return [...best.values()].map((model) => model.id);
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}

/**
 * @param {object[]} all models @param {{prompt?: string, aspect?: string}} given
 * @param {(tasks: object[]) => void} made
 */
export function contest(all, given, made) {
  const models = all.filter(takes_prompt);
  const before = { ...kept(), ...given };
  const ticked = new Set((before.models ?? first_choice(models)).filter((known) => models.some((model) => model.id === known)));
  let key = fresh_key();
  let offer = null;
  let asking = null;

  const prompt_id = id("prompt");
  const prompt = h("textarea", { class: "input", id: prompt_id, required: true, value: before.prompt ?? "", placeholder: t("contest.prompt_hint"), oninput: changed });
  const shapes = h("div", { class: "choices" }, Object.keys(SHAPES).map((value) => h("label", null, h("input", { type: "radio", name: "aspect", value, checked: value === (before.aspect ?? "landscape"), onchange: changed }), h("span", null, t(`contest.${value}`)))));
  const lengths = [...new Set(models.flatMap((model) => model.parameters.find(({ name }) => name === "seconds")?.values ?? []).map(Number))].sort((a, b) => a - b);
  const seconds_id = id("seconds");
  const seconds = h("select", { class: "input", id: seconds_id, onchange: changed }, h("option", { value: "" }, t("contest.own_length")), lengths.map((value) => h("option", { value: String(value), selected: value === before.seconds }, t("s", { n: value }))));
  const sum = h("p", { class: "sum", role: "status" });
  const trouble = h("div");
  const go = h("button", { type: "submit", class: "button primary big" });

  const rows = models.map((model) => {
    const price = h("span", { class: "number price" });
    const note = h("span", { class: "block small soft" });
    const box = h("input", { type: "checkbox", class: "check", checked: ticked.has(model.id), onchange: (event) => { event.target.checked ? ticked.add(model.id) : ticked.delete(model.id); keep(); } });
    return { model, price, note, node: h("label", { class: "pick" }, box, h("span", null, h("strong", null, named(model)), note), price) };
  });
  const wanted = () => ({ prompt: prompt.value.trim(), aspect: shapes.querySelector(":checked").value, seconds: Number(seconds.value) || null });
  const picked = () => models.filter((model) => ticked.has(model.id));
  const request = (model) => ({ model: model.id, input: input_for(model, wanted()) });

  /** The ticked models that the server would take, and what they cost together. */
  const offered = () => picked().filter((model) => offer && !offer.quotes.get(model.id)?.error);
  const sum_of = (list) => list.reduce((all, model) => all + offer.quotes.get(model.id).price, 0);

  function keep() {
    key = fresh_key();
    try { sessionStorage.setItem(KEPT, JSON.stringify({ ...wanted(), models: [...ticked] })); } catch { /* A reload begins anew. */ }
    draw();
  }
  function changed() {
    offer = null;
    keep();
    quote();
  }
  function draw() {
    for (const { model, price, note } of rows) {
      const told = offer?.quotes.get(model.id);
      price.textContent = told?.price !== undefined ? number(told.price) : told ? "" : t("contest.from", { n: cheapest(model) });
      price.classList.toggle("soft", told?.price === undefined);
      note.textContent = told?.error ? told.error.message : told?.film ? shape(told.film) : model.id;
      note.classList.toggle("fault", Boolean(told?.error));
    }
    const good = offered();
    const [count, total] = [good.length, sum_of(good)];
    const lacks = offer && total > offer.available;
    go.disabled = count === 0 || lacks;
    go.textContent = count > 0 ? t("contest.go", { n: count }) : t("contest.go_none");
    sum.textContent = !wanted().prompt ? t("contest.needs_prompt") : ticked.size === 0 ? t("contest.needs_model") : ticked.size > FILMS_MAX ? t("contest.too_many") : !offer ? t("contest.asking")
      : lacks ? t("contest.lacks", { total, available: offer.available }) : t("contest.sum", { total, rest: offer.available - total });
  }
  const quote = debounced(async () => {
    asking?.abort();
    if (!wanted().prompt) return;
    const list = models.slice(0, FILMS_MAX).map(request);
    const mine = (asking = new AbortController());
    mount(trouble);
    try {
      const answer = await post("/filmgate/v1/quote", { requests: list }, { signal: mine.signal });
      offer = { quotes: new Map(list.map(({ model }, index) => [model, answer.quotes[index]])), available: answer.available };
    } catch (error) {
      if (error.name === "AbortError") return;
      mount(trouble, failure(error, quote));
    }
    draw();
  }, 300);

  async function submit(event) {
    event.preventDefault();
    if (!offer || go.disabled || go.getAttribute("aria-busy") === "true") return;
    go.setAttribute("aria-busy", "true");
    mount(trouble);
    try {
      const good = offered();
      const { tasks } = await post("/filmgate/v1/batches", { requests: good.map(request), total_max: sum_of(good) }, { key });
      show_balance();
      const here = tasks.filter((task) => task.id);
      const bad = tasks.filter((task) => !task.id);
      if (bad.length === 0) return made(here);
      key = fresh_key();
      mount(trouble, h("div", { class: "notice bad", role: "alert" }, bad.map(({ error }) => h("p", null, sentence(error))), here.length > 0 && h("p", null, h("button", { type: "button", class: "button small", onclick: () => made(here) }, t("contest.others", { n: here.length })))));
    } catch (error) {
      mount(trouble, refusal(error));
      if (error.code === "total_exceeded") quote();
    }
    go.removeAttribute("aria-busy");
  }

  const node = h("form", { class: "two contest", onsubmit: submit },
    h("div", { class: "stack" },
      h("div", { class: "field" }, h("label", { for: prompt_id }, t("contest.prompt")), prompt),
      h("fieldset", { class: "field" }, h("legend", { class: "label" }, t("contest.aspect")), shapes),
      h("div", { class: "field" }, h("label", { for: seconds_id }, t("contest.seconds")), seconds, h("p", { class: "hint" }, t("contest.seconds_hint"))),
      h("div", { class: "card total" }, sum, go, trouble)),
    h("fieldset", { class: "field" }, h("legend", { class: "label" }, t("contest.models"), h("span", { class: "count" }, t("contest.price"))), h("div", { class: "picks" }, rows.map((row) => row.node))));
  draw();
  quote();
  return node;
}
