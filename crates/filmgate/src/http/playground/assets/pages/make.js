// The model page: a form made from the model's card, its price, its request as code; and the first visit.
import { get, readable, site, unpacked } from "../api.js";
import { h, mount } from "../dom.js";
import { can_make, card_examples, chooser, price_list, standing } from "../parts/chooser.js";
import { fitting } from "../parts/fitting.js";
import { kept } from "../parts/kept.js";
import { code_block } from "../parts/make/code.js";
import { Form, is_empty } from "../parts/make/form.js";
import { hero, latest } from "../parts/make/hero.js";
import { scenarios, starters } from "../parts/make/ideas.js";
import { first_scene, screen, spoken } from "../parts/make/screen.js";
import { till } from "../parts/make/till.js";
import { create, press } from "../parts/press.js";
import { quotes } from "../parts/quotes.js";
import { failure, main, say, sentence, show_balance, style } from "../shell.js";
import { named, t } from "../words.js";

const DEFAULT = "veo3_fast";

const CARRIED = "filmgate-carry";
const form_key = (model) => `filmgate-form:${model.id}`;

/** What the form begins with: a link's input, else what was filled in before or for another model; it outlives a reload and a change of language. */
function beginning(model) {
  const carried = kept.read(CARRIED);
  kept.write(CARRIED, null);
  const linked = /^#input=(.+)$/.exec(location.hash);
  const input = linked && unpacked(linked[1]);
  if (!input) return { ...fitting(model, kept.read(form_key(model))), ...fitting(model, carried) };
  history.replaceState(null, "", location.pathname + location.search);
  return fitting(model, input);
}

const STAND_INS = {
  prompt: () => t("prompt_example"),
  shots: (shots) => shots.map(({ scene, seconds }) => ({ scene: scene || t("scene_example"), seconds })),
  pictures: () => ["https://example.com/cat.jpg"],
  character_video: () => ["https://example.com/cat.mp4"],
};

/** The request with stand-ins for what is not filled in yet, so that price and code are there from the start. */
function standing_in(model, input) {
  const missing = model.parameters
    .filter(({ name, required }) => required && is_empty(input[name]))
    .map(({ name }) => name);
  const stand_ins = missing.filter((name) => STAND_INS[name]).map((name) => [name, STAND_INS[name](input[name])]);
  return { asked: { ...input, ...Object.fromEntries(stand_ins) }, missing };
}

class ModelPage {
  film = null;
  /** The account's last film of this model. */
  last = null;
  /** Whether just this form was refused: a quote that comes later must not wipe the reason away. */
  is_refused = false;
  screen = screen();
  code = code_block();

  constructor(models, model, tasks) {
    Object.assign(this, { models, model, tasks });
    this.till = till(model);
    this.form = new Form(models, model, beginning(model), () => this.changed());
    this.quotes = quotes((answer, missing) => this.answered(answer, missing));
    this.draw();
    if (!can_make(model)) return;
    this.listen();
    this.till.show(null);
    this.refresh();
    this.look_back().catch(() => {});
  }

  /** Finds the account's last film of this model. */
  async look_back() {
    const { tasks } = await get(
      `/filmgate/v1/tasks?phase=succeeded&limit=1&model=${encodeURIComponent(this.model.id)}`,
    );
    this.last = tasks.find(({ film }) => film) ?? null;
    this.look();
  }

  changed() {
    this.is_refused = false;
    kept.write(form_key(this.model), this.form.input);
    if (can_make(this.model)) this.refresh();
  }

  refresh() {
    const { asked, missing } = standing_in(this.model, this.form.input);
    this.look();
    this.till.wait();
    this.quotes.ask({ model: this.model.id, input: asked }, missing);
  }

  /** A quote is the price, the code and the check of the form at once. */
  answered({ quote, error }, missing) {
    const fault = error ?? this.form.emptied(missing);
    const where = fault || !this.is_refused ? this.form.blame(fault) : "quiet";
    if (error || !this.is_refused) this.till.blame(error && where === "elsewhere" ? sentence(error) : null);
    this.till.show(quote ?? null, error && where === "shown" ? error.parameter : null);
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
    this.screen.show({
      text: spoken(asked.prompt) || scene || first_scene(asked.shots),
      picture: this.form.preview(),
      film: this.film,
      last: this.last,
      is_example,
    });
  }

  make() {
    return press(this.till.busy, async () => {
      const agreed = this.till.agreed();
      this.form.touch();
      if (this.is_unready()) return false;
      const { quote, error } = await this.quotes.settled();
      if (error) return this.refuse(error);
      // Never more than the price that stood there when the button was pressed.
      if (agreed === null || quote.price > agreed) return this.refuse(new Error(t("price_rose", { n: quote.price })));
      return !this.is_unready() && this.submit(this.form.input);
    });
  }

  /** Says what is missing yet, if anything is. */
  is_unready() {
    const [name] = standing_in(this.model, this.form.input).missing;
    if (name) this.refuse({ parameter: name });
    else if (this.form.is_uploading()) this.refuse(new Error(t("picture_wait")));
    else return false;
    return true;
  }

  /** Shows why nothing was made. @returns {false} */
  refuse(error) {
    this.is_refused = true;
    if (this.form.blame(error) === "shown") this.form.focus(error.parameter);
    else
      this.till.blame(
        sentence(error),
        error.status === 402 ? h("p", null, h("a", { href: "/credits" }, t("see_credits"))) : null,
      );
    return false;
  }

  /** Makes a task and goes to its page. @returns {Promise<boolean>} whether it does */
  async submit(input) {
    this.till.blame(null);
    try {
      const task = await create("/filmgate/v1/tasks", { model: this.model.id, input });
      say(t("created"));
      location.assign(`/tasks/${encodeURIComponent(task.id)}`);
      return true;
    } catch (error) {
      return this.refuse(error);
    }
  }

  /** The example of the first visit. */
  first(button) {
    const busy = (is_busy) => button.setAttribute("aria-busy", String(is_busy));
    return press(busy, () => this.submit({ prompt: t("hero_prompt") }));
  }

  listen() {
    addEventListener("hashchange", () => location.hash.startsWith("#input=") && location.reload());
    addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.make();
    });
  }

  /** What is known of a model that nobody makes. */
  async read(choice) {
    const { model_tables } = await import("../parts/model_tables.js");
    mount(main, h("div", { class: "stack fields narrow" }, choice, standing(this.model), model_tables(this.model)));
  }

  draw() {
    const { model, form } = this;
    const is_own = location.pathname === "/";
    const is_first = is_own && site.is_dev && this.tasks?.length === 0;
    document.title = `${is_own ? t("make_title") : named(model)} · filmgate`;
    // Not into a new tab: this one stays, and what it holds goes on.
    const carry = (event) => event.ctrlKey || event.metaKey || event.shiftKey || kept.write(CARRIED, form.input);
    const choice = chooser(this.models, model, carry, !is_own || !can_make(model));
    if (!can_make(model)) return this.read(choice);
    form.attach("prompt", starters(model, form));
    const make = (event) => {
      event.preventDefault();
      this.make();
    };
    return mount(
      main,
      is_first && hero(t("hero_prompt"), (button) => this.first(button)),
      is_own &&
        h(
          "div",
          { class: "page-head make-head" },
          h(is_first ? "h2" : "h1", null, t(is_first ? "make_own" : "make_title")),
        ),
      h(
        "div",
        { class: `two make ${is_first ? "calm" : ""}` },
        h(
          "form",
          { class: "stack fields", novalidate: true, autocomplete: "off", onsubmit: make },
          choice,
          standing(model),
          form.element,
          site.is_dev && scenarios(form),
          this.till.element,
        ),
        h(
          "aside",
          { class: "stack side", "aria-label": t("preview") },
          model.makes !== "character" && this.screen.element,
          this.code.element,
          h("div", null, price_list(model), card_examples(model)),
        ),
      ),
      this.tasks && latest(this.tasks),
    );
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
    else
      mount(
        main,
        h(
          "div",
          { class: "empty" },
          h("h1", null, t("no_model", { id: wanted })),
          h("a", { class: "button primary", href: "/models" }, t("see_models")),
        ),
      );
  } catch (error) {
    mount(main, failure(error, start));
  }
}

mount(main, h("div", { class: "stack" }, h("div", { class: "skeleton tall" }), h("div", { class: "skeleton" })));
start();
