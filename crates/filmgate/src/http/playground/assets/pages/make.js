// The model page: a form made from the model's card, its price, its request as code; and the first visit.
import { get, readable, site, unpacked } from "../api.js";
import { h, mount } from "../dom.js";
import { can_make, card_examples, chooser, price_list, standing } from "../parts/chooser.js";
import { code_block } from "../parts/make/code.js";
import { Form, is_empty } from "../parts/make/form.js";
import { hero, latest } from "../parts/make/hero.js";
import { scenarios, starters } from "../parts/make/ideas.js";
import { first_scene, screen, spoken } from "../parts/make/screen.js";
import { creates, quotes, till } from "../parts/make/till.js";
import { failure, main, say, sentence, show_balance, style } from "../shell.js";
import { t } from "../words.js";

const DEFAULT = "sora-2-text-to-video";

/** What this tab remembers, as JSON. */
const kept = {
  read: (key) => JSON.parse(sessionStorage.getItem(key) ?? "null"),
  write: (key, value) => sessionStorage.setItem(key, JSON.stringify(value)),
};
const form_key = (model) => `filmgate-form:${model.id}`;

/** What was filled in for another model and this one knows, too. */
function carried(model) {
  const carry = kept.read("filmgate-carry") ?? {};
  sessionStorage.removeItem("filmgate-carry");
  const fits = ({ name, values }) => name in carry && (values ? values.includes(carry[name]) : ["prompt", "pictures", "shots", "seed"].includes(name));
  return Object.fromEntries(model.parameters.filter(fits).map(({ name }) => [name, carry[name]]));
}

/** What the form begins with: a link's input, else what was filled in before; it outlives a reload and a change of language. */
function beginning(model) {
  const linked = /^#input=(.+)$/.exec(location.hash);
  const input = linked && unpacked(linked[1]);
  if (!input) return { ...kept.read(form_key(model)), ...carried(model) };
  history.replaceState(null, "", location.pathname + location.search);
  return typed(model, input);
}

const texts = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");
const shots = (value) => Array.isArray(value) && value.every((one) => typeof one?.scene === "string" && typeof one.seconds === "number");
const TYPES = {
  text: (value) => typeof value === "string", choice: (value) => typeof value === "string", flag: (value) => typeof value === "boolean",
  integer: Number.isInteger, range: Number.isInteger, list: texts, shots,
};

/** What of a link's input is of the types that this model's form can show. */
function typed(model, input) {
  const fits = ({ name, type }) => Object.hasOwn(input, name) && (TYPES[type] ?? (() => true))(input[name]);
  return Object.fromEntries(model.parameters.filter(fits).map(({ name }) => [name, input[name]]));
}

const STAND_INS = {
  prompt: () => t("prompt_example"),
  shots: (shots) => shots.map(({ scene, seconds }) => ({ scene: scene || t("scene_example"), seconds })),
  pictures: () => ["https://example.com/cat.jpg"],
  character_video: () => ["https://example.com/cat.mp4"],
};

/** The request with stand-ins for what is not filled in yet, so that price and code are there from the start. */
function standing_in(model, input) {
  const missing = model.parameters.filter(({ name, required }) => required && is_empty(input[name])).map(({ name }) => name);
  const stand_ins = missing.filter((name) => STAND_INS[name]).map((name) => [name, STAND_INS[name](input[name])]);
  return { asked: { ...input, ...Object.fromEntries(stand_ins) }, missing };
}

class ModelPage {
  film = null;
  /** Whether the create of just this form was refused: a quote that comes later must not wipe the reason away. */
  is_refused = false;
  create = creates();
  screen = screen();
  code = code_block();

  constructor(models, model, tasks) {
    Object.assign(this, { models, model, tasks });
    this.till = till(model, () => this.make());
    this.form = new Form(model, beginning(model), () => this.changed());
    this.ask = quotes((asked, answer) => this.answered(asked, answer));
    this.draw();
    if (!can_make(model)) return;
    this.listen();
    this.till.show(null);
    this.refresh();
  }

  changed() {
    this.is_refused = false;
    kept.write(form_key(this.model), this.form.input);
    if (can_make(this.model)) this.refresh();
  }

  refresh() {
    const { asked, missing } = standing_in(this.model, this.form.input);
    this.look();
    this.ask({ model: this.model.id, input: asked, missing });
  }

  /** A quote is the price, the code and the check of the form at once. */
  answered({ missing }, { quote, error }) {
    const where = error || !this.is_refused ? this.form.blame(error ?? null) : "quiet";
    if (error || !this.is_refused) this.till.blame(error && where === "elsewhere" ? sentence(error) : null);
    this.till.show(quote ?? null);
    const is_refused = error && where !== "quiet";
    this.code.show(quote?.calls ?? null, is_refused ? "refused" : error || missing.length ? "waiting" : "fresh");
    if (quote) {
      this.film = this.model.makes === "character" ? null : quote.film;
      show_balance(quote.available);
    }
    this.look();
  }

  look() {
    const { asked, missing } = standing_in(this.model, this.form.input);
    const scene = first_scene(this.form.input.shots);
    const is_example = missing.includes("prompt") || (missing.includes("shots") && !scene);
    this.screen.show({ text: spoken(asked.prompt) || scene || first_scene(asked.shots), picture: this.form.preview(), film: this.film, is_example });
  }

  async make() {
    this.form.touch();
    const [name] = standing_in(this.model, this.form.input).missing;
    if (name) {
      this.form.blame({ parameter: name });
      return this.form.focus(name);
    }
    if (this.form.is_uploading()) return this.till.blame(t("picture_wait"));
    const error = await this.submit(this.form.input);
    if (!error) return undefined;
    this.is_refused = true;
    if (this.form.blame(error) === "shown") return this.form.focus(error.parameter);
    const credits = error.status === 402 ? h("p", null, h("a", { href: "/credits" }, t("see_credits"))) : null;
    return this.till.blame(sentence(error), credits);
  }

  /** Makes a task and goes to its page. @returns {Promise<Error | null>} why not */
  async submit(input) {
    this.till.busy(true);
    this.till.blame(null);
    try {
      const task = await this.create({ model: this.model.id, input });
      say(t("created"));
      location.assign(`/tasks/${encodeURIComponent(task.id)}`);
      return null;
    } catch (error) {
      this.till.busy(false);
      return error;
    }
  }

  /** The example of the first visit. */
  async first(button) {
    button.setAttribute("aria-busy", "true");
    const error = await this.submit({ prompt: t("hero_prompt") });
    if (!error) return;
    button.removeAttribute("aria-busy");
    this.till.blame(sentence(error));
  }

  listen() {
    // Back from the task page the browser shows this page as it was left.
    addEventListener("pageshow", () => this.till.busy(false));
    addEventListener("hashchange", () => location.hash.startsWith("#input=") && location.reload());
    addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.make();
    });
  }

  draw() {
    const { model, form } = this;
    const is_own = location.pathname === "/";
    const is_first = is_own && site.is_dev && this.tasks?.length === 0;
    document.title = `${is_own ? t("make_title") : model.title} · filmgate`;
    const carry = () => kept.write("filmgate-carry", form.input);
    const choice = chooser(this.models, model, carry, !is_own || !can_make(model));
    if (!can_make(model)) return mount(main, h("div", { class: "stack fields narrow" }, choice, standing(model), form.element, price_list(model)));
    form.attach("prompt", starters(model, form));
    const make = (event) => {
      event.preventDefault();
      this.make();
    };
    return mount(main,
      is_first && hero(t("hero_prompt"), (button) => this.first(button)),
      is_own && h("div", { class: "page-head make-head" }, h(is_first ? "h2" : "h1", null, t(is_first ? "make_own" : "make_title"))),
      h("div", { class: `two make ${is_first ? "calm" : ""}` },
        h("form", { class: "stack fields", novalidate: true, autocomplete: "off", onsubmit: make },
          choice, standing(model), form.element, site.is_dev && scenarios(form), price_list(model), card_examples(model), this.till.element),
        h("aside", { class: "stack side", "aria-label": t("preview") }, this.screen.element, this.code.element)),
      this.tasks && latest(this.tasks));
  }
}

async function start() {
  const wanted = readable(location.pathname.replace(/^\/(models\/)?/, ""));
  try {
    const [{ models }, recent] = await Promise.all([
      get("/filmgate/v1/models"),
      get("/filmgate/v1/tasks?limit=4").catch(() => null),
      style("make/make"),
    ]);
    const usual = models.find(({ id }) => id === DEFAULT) ?? models[0];
    const other = () => models.find((one) => one.makes === "film" && can_make(one)) ?? usual;
    const model = wanted ? models.find(({ id }) => id === wanted) : can_make(usual) ? usual : other();
    if (model) new ModelPage(models, model, recent?.tasks ?? null);
    else mount(main, h("div", { class: "empty" }, h("h1", null, t("no_model", { id: wanted })), h("a", { class: "button primary", href: "/models" }, t("see_models"))));
  } catch (error) {
    mount(main, failure(error, start));
  }
}

mount(main, h("div", { class: "stack" }, h("div", { class: "skeleton tall" }), h("div", { class: "skeleton" })));
start();
