// All films: found as one types, up to date while they are made, and chosen for a comparison.
import { get } from "../api.js";
import { debounced, h, icon, mount } from "../dom.js";
import { card } from "../parts/card.js";
import { keep_fresh } from "../parts/follow.js";
import { refresh_times } from "../parts/times.js";
import { failure, main, say, style } from "../shell.js";
import { named, t } from "../words.js";

const PHASES = ["open", "succeeded", "failed", "cancelled"];
const COMPARED_MAX = 24;
/** The cards as they stand, the newest film first. */
let cards = [];
const chosen = new Set();
let older_than = null;
let asking = null;

const grid = h("div", { class: "grid" });
const state = h("div");
const older = h("div", { class: "row center" });
const search = h("input", {
  class: "input",
  type: "search",
  id: "search",
  autocomplete: "off",
  spellcheck: "false",
  placeholder: t("history.search_hint"),
  oninput: debounced(() => start(), 220),
});
const phase = h(
  "div",
  { class: "choices" },
  ["", ...PHASES].map((value) =>
    h(
      "label",
      null,
      h("input", { type: "radio", name: "phase", value, onchange: () => start() }),
      h("span", null, t(value ? `phase.${value}` : "history.all")),
    ),
  ),
);
const model = h(
  "select",
  { class: "input", id: "model", onchange: () => start() },
  h("option", { value: "" }, t("history.any_model")),
);
const tray = h("div", { class: "tray", role: "region", "aria-label": t("history.tray"), hidden: true });

const filters = () => ({
  search: search.value.trim(),
  phase: phase.querySelector(":checked")?.value ?? "",
  model: model.value,
});

/** Sets the fields to what the address says. */
function from_address() {
  const query = new URLSearchParams(location.search);
  search.value = query.get("search") ?? "";
  const wanted = query.get("phase") ?? "";
  for (const input of phase.querySelectorAll("input")) input.checked = input.value === wanted;
  const id = query.get("model") ?? "";
  if (id && ![...model.options].some(({ value }) => value === id)) model.append(h("option", { value: id }, id));
  model.value = id;
}

function query(more = {}) {
  const given = Object.entries({ ...filters(), ...more }).filter(([, value]) => value);
  return new URLSearchParams(given).toString();
}

function draw_tray() {
  tray.hidden = chosen.size === 0;
  if (tray.hidden) return;
  const is_ready = chosen.size >= 2 && chosen.size <= COMPARED_MAX;
  const href = `/compare?tasks=${[...chosen].map(encodeURIComponent).join(",")}`;
  mount(
    tray,
    h("b", null, t("history.chosen", { n: chosen.size })),
    is_ready
      ? h("a", { class: "button primary", href }, t("history.compare"))
      : h("span", { class: "soft small" }, t(chosen.size > COMPARED_MAX ? "history.too_many" : "history.one_more")),
    h("button", { type: "button", class: "button plain small", onclick: clear }, t("history.clear")),
  );
}

function choose(id, is_chosen) {
  if (is_chosen) chosen.add(id);
  else chosen.delete(id);
  draw_tray();
  say(t("history.chosen", { n: chosen.size }));
}

function clear() {
  chosen.clear();
  for (const each of cards) each.mark(false);
  draw_tray();
  search.focus();
}

const find = (id) => cards.find((each) => each.task().id === id);

/** Puts films where they belong, and says so if there are none; those that are there already only change. */
function put(tasks) {
  for (const task of tasks) {
    const known = find(task.id);
    if (known) {
      known.draw(task);
      continue;
    }
    const each = card(task, choose);
    if (chosen.has(task.id)) each.mark(true);
    const place = cards.findLastIndex((other) => other.task().created_ms >= task.created_ms) + 1;
    grid.insertBefore(each.node, cards[place]?.node ?? null);
    cards.splice(place, 0, each);
  }
  mount(state, cards.length === 0 && nothing());
  main.classList.toggle("bare", is_bare());
}

/** Puts those that are newer than the last that is shown: what is older comes with the next page. */
function put_newer(tasks) {
  const end_ms = older_than ? cards.at(-1).task().created_ms : 0;
  put(tasks.filter(({ created_ms }) => created_ms > end_ms));
}

/** Without films there is nothing to find or to choose. */
const is_bare = () => cards.length === 0 && !Object.values(filters()).some(Boolean);

function empty() {
  cards = [];
  older_than = null;
  mount(grid);
}

function nothing() {
  const { search: words, phase: wanted, model: id } = filters();
  if (words || wanted || id)
    return h(
      "div",
      { class: "empty" },
      icon("search"),
      h("h2", null, t("history.none_found")),
      h("button", { type: "button", class: "button", onclick: reset }, t("history.show_all")),
    );
  return h(
    "div",
    { class: "empty" },
    icon("film"),
    h("h2", null, t("history.none")),
    h("p", null, t("history.none.why")),
    h("a", { class: "button primary", href: "/" }, t("history.make_one")),
  );
}

function reset() {
  history.pushState(null, "", "/tasks");
  from_address();
  start();
}

function draw_older() {
  const button = h(
    "button",
    { type: "button", class: "button", onclick: () => read(older_than, button) },
    icon("down"),
    t("older"),
  );
  mount(older, older_than && button);
}

/** A page of what the fields ask for; a later question ends an earlier one. */
async function ask(before) {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    return await get(`/filmgate/v1/tasks?${query({ limit: 24, before })}`, { signal: mine.signal });
  } finally {
    if (asking === mine) asking = null;
  }
}

/** Reads a page of tasks: the newest, or those before `before`. */
async function read(before, button) {
  button?.setAttribute("aria-busy", "true");
  let page = null;
  try {
    page = await ask(before);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!before) empty();
    mount(older);
    mount(
      before ? older : state,
      failure(error, () => read(before)),
    );
    return;
  }
  if (!before) empty();
  const count = cards.length;
  older_than = page.next;
  put(page.tasks);
  draw_older();
  if (before) cards[count]?.node.querySelector("a").focus();
  else say(t("history.found", { n: page.tasks.length, more: page.next ? "+" : "" }));
}

/** Begins anew with the fields as they are, and writes them into the address. */
function start() {
  const text = query();
  const address = text ? `/tasks?${text}` : "/tasks";
  if (location.pathname + location.search !== address) history.replaceState(null, "", address);
  return read(null);
}

async function models() {
  try {
    const { models: all } = await get("/filmgate/v1/models");
    const wanted = model.value;
    mount(
      model,
      h("option", { value: "" }, t("history.any_model")),
      all.map((one) => h("option", { value: one.id }, named(one))),
    );
    model.value = wanted;
  } catch {
    // Without them one can still search; the list of films says what is wrong.
  }
}

mount(
  grid,
  Array.from({ length: 8 }, () =>
    h(
      "div",
      { class: "film", "aria-hidden": "true" },
      h("div", { class: "frame" }),
      h("div", { class: "words" }, h("div", { class: "skeleton" }), h("div", { class: "skeleton" })),
    ),
  ),
);
from_address();
// The list is read while its look is.
start();
await style("films");
const show_boxes = () => select.setAttribute("aria-pressed", String(grid.classList.toggle("choosing")));
const select = h(
  "button",
  { type: "button", class: "button", "aria-pressed": "false", onclick: show_boxes },
  icon("check"),
  t("history.select"),
);
const make = h("a", { class: "button primary", href: "/" }, icon("plus"), t("history.make"));
mount(
  main,
  h(
    "div",
    { class: "page-head" },
    h("div", null, h("h1", null, t("history.title")), h("p", { class: "lead" }, t("history.lead"))),
    h("div", { class: "row" }, select, make),
  ),
  h(
    "form",
    {
      class: "filters",
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        start();
      },
    },
    h("div", { class: "field wide" }, h("label", { for: "search" }, t("history.search")), search),
    h("div", { class: "field" }, h("label", { for: "model" }, t("history.model")), model),
    h("fieldset", { class: "field" }, h("legend", { class: "label" }, t("history.phase")), phase),
  ),
  state,
  grid,
  older,
  tray,
);
addEventListener("popstate", () => {
  from_address();
  read(null);
});
models();
setInterval(refresh_times, 5000);
keep_fresh(
  () => cards.map((each) => each.task()),
  (task) => find(task.id)?.draw(task),
  (others) => {
    const { search: words, phase: wanted, model: id } = filters();
    if (!asking && !words && !id && ["", "open"].includes(wanted)) put_newer(others);
  },
);
addEventListener("focus", async () => {
  if (asking || filters().search) return;
  const found = await ask().catch(() => null);
  if (found) put_newer(found.tasks);
});
