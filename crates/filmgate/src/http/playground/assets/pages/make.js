// The model page: a form made from the model's card, its price, its request as code; and the first visit.
import { get, site, unpacked } from "../api.js";
import { h, mount } from "../dom.js";
import { can_make, card_examples, chooser, price_list, standing } from "../parts/chooser.js";
import { code_block } from "../parts/code.js";
import { is_empty, make_form } from "../parts/form.js";
import { hero, latest } from "../parts/hero.js";
import { scenarios, starters } from "../parts/ideas.js";
import { first_scene, screen, spoken } from "../parts/screen.js";
import { creates, quotes, till } from "../parts/till.js";
import { failure, main, say, sentence, show_balance, style } from "../shell.js";
import { t } from "../words.js";

const DEFAULT = "sora-2-text-to-video";

/** The form's content outlives a reload, a change of language and the way back from the task. */
const kept = {
  key: (model) => `filmgate-form:${model.id}`,
  read: (model) => JSON.parse(sessionStorage.getItem(kept.key(model)) ?? "null"),
  write: (model, input) => sessionStorage.setItem(kept.key(model), JSON.stringify(input)),
};

/** What can be taken along to another model: what that model knows, too. */
function carried(model) {
  const carry = JSON.parse(sessionStorage.getItem("filmgate-carry") ?? "null");
  sessionStorage.removeItem("filmgate-carry");
  if (!carry) return {};
  const fits = (parameter) => {
    const value = carry[parameter.name];
    if (value === undefined) return false;
    return parameter.values ? parameter.values.includes(value) : ["prompt", "pictures", "shots", "seed"].includes(parameter.name);
  };
  return Object.fromEntries(model.parameters.filter(fits).map(({ name }) => [name, carry[name]]));
}

/** What the form begins with: a link's input, else what was filled in before. */
function beginning(model) {
  const linked = /^#input=(.+)$/.exec(location.hash);
  const input = linked && unpacked(linked[1]);
  if (!input) return { ...kept.read(model), ...carried(model) };
  history.replaceState(null, "", location.pathname + location.search);
  return input;
}

const STAND_INS = {
  prompt: () => t("prompt_example"),
  shots: (shots) => shots.map((shot) => ({ ...shot, scene: t("scene_example") })),
  pictures: () => ["https://example.com/cat.jpg"],
  character_video: () => ["https://example.com/cat.mp4"],
};

/** The request with stand-ins for what is not filled in yet, so that price and code are there from the start. */
function standing_in(model, input) {
  const missing = model.parameters.filter(({ name, required }) => required && is_empty(input[name])).map(({ name }) => name);
  const stand_ins = missing.filter((name) => STAND_INS[name]).map((name) => [name, STAND_INS[name](input[name])]);
  return { asked: { ...input, ...Object.fromEntries(stand_ins) }, missing };
}

function page(models, model, tasks) {
  const create = creates();
  const view = screen();
  const code = code_block();
  const foot = till(model, make);
  const form = make_form(model, beginning(model), (input) => { kept.write(model, input); refresh(); });
  let last_film = null;

  const ask = quotes((asked, { quote, error }) => {
    const refused = error && form.blame(error);
    if (!error) form.blame(null);
    foot.blame(refused === "elsewhere" ? sentence(error) : null);
    foot.show(quote ?? null);
    code.show(quote?.calls ?? null, error ? (refused === "quiet" ? "waiting" : "refused") : asked.missing.length ? "waiting" : "fresh");
    if (quote) {
      last_film = quote.film;
      show_balance(quote.available);
    }
    look();
  });
  function look() {
    const { asked, missing } = standing_in(model, form.input());
    const is_example = missing.includes("prompt") || missing.includes("shots");
    view.show({ text: spoken(asked.prompt) || first_scene(asked.shots), picture: form.preview(), film: model.makes === "character" ? null : last_film, is_example });
  }
  function refresh() {
    const { asked, missing } = standing_in(model, form.input());
    look();
    ask({ model: model.id, input: asked, missing });
  }
  async function make() {
    form.touch();
    const { missing: [name] } = standing_in(model, form.input());
    if (name) {
      form.blame({ parameter: name });
      return form.focus(name);
    }
    return submit(form.input(), (error) => {
      const where = form.blame(error);
      if (where === "shown") form.focus(error.parameter);
      foot.blame(where === "shown" ? null : sentence(error), error.status === 402 ? h("p", null, h("a", { href: "/credits" }, t("see_credits"))) : null);
      say(sentence(error));
    });
  }
  async function submit(input, on_error) {
    foot.busy(true);
    foot.blame(null);
    try {
      const task = await create({ model: model.id, input });
      say(t("created"));
      location.assign(`/tasks/${encodeURIComponent(task.id)}`);
    } catch (error) {
      foot.busy(false);
      on_error(error);
    }
  }
  // Back from the task page the browser shows this page as it was left.
  addEventListener("pageshow", () => foot.busy(false));
  addEventListener("hashchange", () => { if (location.hash.startsWith("#input=")) location.reload(); });
  addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); make(); } });

  const is_first = site.is_dev && location.pathname === "/" && tasks?.length === 0;
  const example = t("hero_prompt");
  const carry = () => sessionStorage.setItem("filmgate-carry", JSON.stringify(form.input()));
  form.attach("prompt", starters(model, form));
  const is_own = location.pathname === "/";
  const title = is_own ? t("make_title") : model.title;
  document.title = `${title} · filmgate`;
  const choice = chooser(models, model, carry, !is_own || !can_make(model));
  if (!can_make(model)) return mount(main, h("div", { class: "stack fields narrow" }, choice, standing(model), form.element, price_list(model)));
  mount(main,
    is_first ? hero(example, (button) => { button.setAttribute("aria-busy", "true"); submit({ prompt: example }, (error) => { button.removeAttribute("aria-busy"); foot.blame(sentence(error)); }); }) : null,
    is_own && h("div", { class: "page-head make-head" }, h(is_first ? "h2" : "h1", null, t(is_first ? "make_own" : "make_title"))),
    h("div", { class: `two make ${is_first ? "calm" : ""}` },
      h("form", { class: "stack fields", novalidate: true, autocomplete: "off", onsubmit: (event) => { event.preventDefault(); make(); } },
        choice, standing(model), form.element, site.is_dev && scenarios(form), price_list(model), card_examples(model), foot.element),
      h("aside", { class: "stack side", "aria-label": t("preview") }, view.element, code.element)),
    tasks ? latest(tasks) : null);
  foot.show(null);
  refresh();
  return main;
}

async function start() {
  const wanted = decodeURIComponent(location.pathname.replace(/^\/(models\/)?/, ""));
  try {
    const [{ models }, recent] = await Promise.all([
      get("/filmgate/v1/models"),
      get("/filmgate/v1/tasks?limit=4").catch(() => null),
      style("make"),
    ]);
    const usual = models.find(({ id }) => id === DEFAULT) ?? models[0];
    const model = wanted ? models.find(({ id }) => id === wanted) : can_make(usual) ? usual : models.find((one) => one.makes === "film" && can_make(one)) ?? usual;
    if (!model) return mount(main, h("div", { class: "empty" }, h("h1", null, t("no_model", { id: wanted })), h("a", { class: "button primary", href: "/models" }, t("see_models"))));
    page(models, model, recent?.tasks ?? null);
  } catch (error) {
    mount(main, failure(error, start));
  }
  return undefined;
}

mount(main, h("div", { class: "stack" }, h("div", { class: "skeleton tall" }), h("div", { class: "skeleton" })));
start();
