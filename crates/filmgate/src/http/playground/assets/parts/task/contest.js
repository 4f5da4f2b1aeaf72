// One prompt for several models: the prices first, then all films in one request.
import { ApiError } from "../../api.js";
import { h, id, mount } from "../../dom.js";
import { failure, sentence, show_balance } from "../../shell.js";
import { named, number, t } from "../../words.js";
import { kept } from "../kept.js";
import { create, is_unanswered, press } from "../press.js";
import { quotes } from "../quotes.js";
import { shape } from "../times.js";
import { refusal } from "./again.js";
import { SHAPES, cheapest, first_choice, input_for, lengths, takes_prompt } from "./entrants.js";

const FILMS_MAX = 24;
const KEPT = "filmgate-compare";
const BATCHES = "/filmgate/v1/batches";

/** The form: what is wished, the models with their prices, and the press that pays for them. */
export class Contest {
  /** What the models cost, while it is true. @type {{quotes: Map<string, object>, available: number} | null} */
  offer = null;
  asking_failed = false;
  /** The films of this prompt that exist already, because others were refused. */
  there = [];

  /**
   * @param {object[]} models @param {{prompt?: string, aspect?: string}} given
   * @param {(tasks: object[]) => void} made
   */
  constructor(models, given, made) {
    const before = { ...kept.read(KEPT), ...given };
    this.models = models.filter(takes_prompt);
    this.made = made;
    const known = (model_id) => this.models.some((model) => model.id === model_id);
    this.ticked = new Set((before.models ?? first_choice(this.models)).filter(known));
    this.prices = quotes((answer, list) => this.priced(answer, list));
    this.prompt = this.prompt_box(before);
    this.shapes = this.shape_choice(before);
    this.seconds = this.length_choice(before);
    this.rows = this.models.map((model) => this.row(model));
    this.sum = h("p", { class: "sum", role: "status" });
    this.trouble = h("div");
    this.go = h("button", { type: "submit", class: "button primary big" });
    this.element = this.form();
    this.quote();
    this.draw();
  }

  prompt_box({ prompt }) {
    const changed = () => this.changed();
    return h("textarea", {
      class: "input",
      id: id("prompt"),
      required: true,
      value: prompt ?? "",
      placeholder: t("contest.prompt_hint"),
      oninput: changed,
    });
  }

  shape_choice({ aspect = "landscape" }) {
    const onchange = () => this.changed();
    const box = (value) => h("input", { type: "radio", name: "aspect", value, checked: value === aspect, onchange });
    const choice = (value) => h("label", null, box(value), h("span", null, t(`contest.${value}`)));
    return h("div", { class: "choices" }, Object.keys(SHAPES).map(choice));
  }

  length_choice({ seconds }) {
    const own = h("option", { value: "" }, t("contest.own_length"));
    const option = (length) =>
      h("option", { value: String(length), selected: length === seconds }, t("s", { n: length }));
    const props = { class: "input", id: id("seconds"), onchange: () => this.changed() };
    return h("select", props, own, lengths(this.models).map(option));
  }

  row(model) {
    const price = h("span", { class: "number price" });
    const note = h("span", { class: "block small soft" });
    const tick = () => {
      if (box.checked) this.ticked.add(model.id);
      else this.ticked.delete(model.id);
      this.keep();
    };
    const box = h("input", { type: "checkbox", class: "check", checked: this.ticked.has(model.id), onchange: tick });
    const name = h("strong", null, named(model));
    return { model, price, note, box, node: h("label", { class: "pick" }, box, h("span", null, name, note), price) };
  }

  form() {
    const { prompt, shapes, seconds, sum, go, trouble } = this;
    const hint = h("p", { class: "hint" }, t("contest.seconds_hint"));
    const wish = h(
      "div",
      { class: "stack" },
      h("div", { class: "field" }, h("label", { for: prompt.id }, t("contest.prompt")), prompt),
      h("fieldset", { class: "field" }, h("legend", { class: "label" }, t("contest.aspect")), shapes),
      h("div", { class: "field" }, h("label", { for: seconds.id }, t("contest.seconds")), seconds, hint),
      h("div", { class: "card total" }, sum, go, trouble),
    );
    const price = h("span", { class: "count" }, t("contest.price"));
    const legend = h("legend", { class: "label" }, t("contest.models"), price);
    const nodes = this.rows.map(({ node }) => node);
    const picks = h("fieldset", { class: "field" }, legend, h("div", { class: "picks" }, nodes));
    return h("form", { class: "two contest", onsubmit: (event) => this.submit(event) }, wish, picks);
  }

  wanted = () => ({
    prompt: this.prompt.value.trim(),
    aspect: this.shapes.querySelector(":checked").value,
    seconds: Number(this.seconds.value) || null,
  });
  request = (model) => ({ model: model.id, input: input_for(model, this.wanted()) });
  picked = () => this.models.filter((model) => this.ticked.has(model.id));
  price_of = (model) => this.offer?.quotes.get(model.id)?.price;
  /** The ticked models that the server would take. */
  offered = () => this.picked().filter((model) => this.price_of(model) !== undefined);
  sum_of = (list) => list.reduce((all, model) => all + this.price_of(model), 0);
  /** Whether just these films were asked for, and nobody knows whether they were accepted: then only they can be asked for. */
  is_open = () => is_unanswered(BATCHES, (this.offer ? this.offered() : this.picked()).map(this.request));

  keep() {
    kept.write(KEPT, { ...this.wanted(), models: [...this.ticked] });
    this.draw();
  }

  changed() {
    this.there = [];
    this.quote();
    this.keep();
  }

  /** Asks what the films would cost. */
  quote() {
    this.offer = null;
    this.asking_failed = false;
    mount(this.trouble);
    // The ticked ones first, where there are more models than one question may name.
    const others = this.models.filter((model) => !this.ticked.has(model.id));
    const list = [...this.picked(), ...others].slice(0, FILMS_MAX).map(this.request);
    this.prices.ask(this.wanted().prompt ? { requests: list } : null, list);
  }

  priced({ quote, error }, list) {
    this.asking_failed = Boolean(error);
    if (error)
      mount(
        this.trouble,
        failure(error, () => this.quote()),
      );
    else {
      const told = new Map(list.map(({ model }, at) => [model, quote.quotes[at]]));
      this.offer = { quotes: told, available: quote.available };
    }
    this.draw();
  }

  draw() {
    this.rows.forEach((row) => this.draw_row(row));
    const good = this.offered();
    const [count, total, is_open] = [good.length, this.sum_of(good), this.is_open()];
    const boxes = [...this.shapes.querySelectorAll("input"), ...this.rows.map(({ box }) => box)];
    for (const control of [this.prompt, this.seconds, ...boxes]) control.disabled = is_open;
    this.go.disabled = count === 0 || this.ticked.size > FILMS_MAX || (!is_open && total > this.offer.available);
    this.go.textContent = count > 0 ? t("contest.go", { n: count }) : t("contest.go_none");
    this.sum.textContent = is_open ? t("not_known") : this.standing(total);
  }

  draw_row({ model, price, note, box }) {
    const told = this.offer?.quotes.get(model.id);
    const is_priced = told?.price !== undefined;
    box.checked = this.ticked.has(model.id);
    price.classList.toggle("soft", !is_priced);
    price.textContent = is_priced ? number(told.price) : told ? "" : t("contest.from", { n: cheapest(model) });
    note.classList.toggle("fault", Boolean(told?.error));
    if (told?.error) mount(note, sentence(new ApiError(422, told.error)));
    else mount(note, told?.film ? shape(told.film) : h("code", null, model.id));
  }

  /** What the films cost, or why that is not said. */
  standing(total) {
    if (!this.wanted().prompt) return t("contest.needs_prompt");
    if (this.ticked.size === 0) return t("contest.needs_model");
    if (this.ticked.size > FILMS_MAX) return t("contest.too_many");
    if (!this.offer) return this.asking_failed ? "" : t("contest.asking");
    const { available } = this.offer;
    if (total > available) return t("contest.lacks", { total, available });
    return t("contest.sum", { total, rest: available - total });
  }

  submit(event) {
    event.preventDefault();
    const busy = (is_busy) => this.go.setAttribute("aria-busy", String(is_busy));
    if (this.offer && !this.go.disabled) press(busy, () => this.send());
  }

  /** @returns {Promise<boolean>} whether the page is being left */
  async send() {
    const good = this.offered();
    mount(this.trouble);
    try {
      const wish = good.map(this.request);
      const { tasks } = await create(BATCHES, { requests: wish, total_max: this.sum_of(good) }, wish);
      show_balance();
      const is_whole = tasks.every((task) => task.id);
      if (is_whole) this.made([...this.there, ...tasks]);
      else this.in_part(good, tasks);
      return is_whole;
    } catch (error) {
      if (error.code === "total_exceeded") this.quote();
      mount(this.trouble, refusal(error));
      this.draw();
      return false;
    }
  }

  /** Some were refused: those that exist are not asked for again, and the rest is priced anew. */
  in_part(good, tasks) {
    good.forEach((model, at) => tasks[at].id && this.ticked.delete(model.id));
    this.there.push(...tasks.filter((task) => task.id));
    this.keep();
    this.quote();
    this.draw();
    const n = this.there.length;
    const show = () => this.made(this.there);
    const go_on = h("button", { type: "button", class: "button small", onclick: show }, t("contest.others", { n }));
    const refused = tasks.filter((task) => !task.id).map(({ error }) => sentence(error));
    const faults = [...new Set(refused)].map((text) => h("p", null, text));
    const others = n > 0 && [h("p", null, t("contest.there", { n })), h("p", null, go_on)];
    mount(this.trouble, h("div", { class: "notice bad", role: "alert" }, faults, others));
  }
}
