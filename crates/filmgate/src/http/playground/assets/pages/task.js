// One task: its film, or how far it is; what happened, what it cost, and what can be done with it.
import { get, readable } from "../api.js";
import { debounced, h, icon, mount } from "../dom.js";
import { scenario_marks, words_of } from "../parts/card.js";
import { Actions } from "../parts/task/again.js";
import { deliveries, facts, request } from "../parts/task/dealings.js";
import { follow, is_over } from "../parts/follow.js";
import { frame, late } from "../parts/task/frame.js";
import { money } from "../parts/task/money.js";
import { behind, part } from "../parts/task/section.js";
import { timeline } from "../parts/task/timeline.js";
import { refresh_times, since } from "../parts/times.js";
import { badge, failure, main, say, show_balance, style } from "../shell.js";
import { named, t } from "../words.js";

const id = readable(location.pathname.split("/").filter(Boolean).slice(1).join("/"));
const address = `/filmgate/v1/tasks/${encodeURIComponent(id)}`;
const SILENCE_MS = 10_000;
const moments = new Map();
let task = null;
let models = [];
let page = null;

/** Draws what may take the focused element away, and gives the focus to what stands in its place. */
function keeping_focus(node, draw) {
  const was = document.activeElement;
  const [is_inside, words] = [node.contains(was), was?.textContent];
  draw();
  if (!is_inside || was.isConnected) return;
  const all = [...node.querySelectorAll("a, button")];
  (all.find(({ textContent }) => textContent === words) ?? all[0])?.focus({ preventScroll: true });
}

function head() {
  const node = h("div", { class: "task-head" });
  let drawn = "";
  function draw(task) {
    const state = JSON.stringify([task.phase, task.percent]);
    if (state === drawn) return;
    drawn = state;
    const text = words_of(task);
    document.title = `${is_over(task) ? "" : `${task.percent}% · `}${text.slice(0, 60)} · filmgate`;
    const price = !(is_over(task) && !task.film) && h("span", { class: "number" }, t("credits", { n: task.credits }));
    const length = text.length > 90 ? "long" : text.length > 50 ? "middling" : null;
    mount(
      node,
      h(
        "p",
        { class: "row small soft" },
        h("a", { class: "eyebrow", href: `/models/${encodeURIComponent(task.model)}` }, named(task)),
        badge(task.phase),
        scenario_marks(task),
        since(task.created_ms),
        price,
      ),
      h("h1", { class: length, onclick: ({ currentTarget }) => currentTarget.classList.toggle("whole") }, text),
    );
  }
  return { node, draw };
}

function wished() {
  const node = h("p", { class: "notice warm", hidden: true }, t("cancel.wished"));
  const draw = (task) => {
    node.hidden = !task.cancel_wished || is_over(task);
  };
  return { node, draw };
}

/** An attempt's end is left out where the task's end, which follows it, says the same. */
const told_once = (all) =>
  all.filter(({ kind }, place) => !(kind === "attempt_ended" && all[place + 1]?.kind === "failed"));

function build() {
  const top = head();
  const hero = frame();
  const line = timeline();
  const acts = new Actions(take, hero.saves);
  const [latecomer, wish] = [late(), wished()];
  const cut = h("p", { class: "notice warm", role: "status", hidden: true }, t("task.cut"));
  const parts = {
    money: part(t("money.title"), money, (now) => now.ledger),
    request: part(t("request.title"), request, (now) => now.input),
    facts: part(t("facts.title"), facts, (now) => [now.film, now.upstream, now.finished_ms]),
    deliveries: part(
      t("deliveries.title"),
      (now) => deliveries(now.deliveries, look_again),
      (now) => now.deliveries,
    ),
  };
  parts.money.node.classList.add("first");
  parts.behind = behind();
  mount(
    main,
    h(
      "div",
      { class: "task stack" },
      top.node,
      hero.node,
      acts.node,
      wish.node,
      latecomer.node,
      cut,
      h(
        "div",
        { class: "two task-parts" },
        h(
          "div",
          null,
          h("section", { class: "second" }, h("h2", null, t("timeline.title")), line.node),
          parts.deliveries.node,
          parts.behind.node,
        ),
        h("div", null, parts.money.node, parts.request.node, parts.facts.node),
      ),
    ),
  );
  function draw() {
    for (const each of [top, hero, wish, latecomer, ...Object.values(parts)]) each.draw(task);
    line.draw(task, told_once([...moments.values()].sort((a, b) => a.number - b.number)));
    keeping_focus(acts.node, () => acts.draw(task, models));
  }
  return {
    draw,
    tick: hero.tick,
    cut: (is_cut) => {
      cut.hidden = !is_cut;
    },
  };
}

/** A webhook was sent again: its answer may come after the line of a finished task has ended. */
function look_again() {
  refresh();
  listen_on();
}

/** Takes what the server says of the task, in whole or in part. */
function take(now) {
  const was = task?.phase;
  // An answer that was on its way when the task ended is older than what is shown.
  if (was && is_over(task) && !is_over(now)) return;
  task = { ...task, ...now };
  for (const moment of now.timeline ?? []) moments.set(moment.number, moment);
  if (!page) page = build();
  page.draw();
  if (!was || was === task.phase) return;
  say(t(`phase.${task.phase}`));
  if (is_over(task)) show_balance();
}

/** What the line has told since the last reading began: an answer may be older than that. */
let told = null;

/** Reads the task in whole; several reasons within a moment are one request. */
let readings = 0;
const refresh = debounced(async () => {
  const mine = (readings += 1);
  told = null;
  let now = null;
  try {
    now = await get(address);
  } catch (error) {
    // A session that is over: the server shows where to enter. Otherwise what is shown stands.
    if (error.status === 401) location.reload();
    return page.cut(error.status === 0 && !is_over(task));
  }
  // A later reading began meanwhile: what it brings is newer.
  if (mine !== readings) return;
  page.cut(false);
  take({ ...now, ...told });
}, 250);

/** A line can be dead without saying so (a laptop that slept), and a hidden page has none: after some silence the task is read. */
let heard_ms = Date.now();
function watch() {
  if (is_over(task) || Date.now() - heard_ms < SILENCE_MS) return;
  heard_ms = Date.now();
  refresh();
}

let listen_on = () => {};
function listen() {
  listen_on = follow(id, {
    moment(moment) {
      heard_ms = Date.now();
      if (moments.has(moment.number)) return;
      moments.set(moment.number, moment);
      page.draw();
      refresh();
    },
    task(summary) {
      heard_ms = Date.now();
      const was = task.phase;
      told = summary;
      take(summary);
      if (was !== task.phase) refresh();
    },
    line: (is_open) => (is_open ? page.cut(false) : refresh()),
    end: () => {
      page.cut(false);
      refresh();
    },
  });
}

function missing(error) {
  const retry = () => location.reload();
  if (error.status !== 404) return mount(main, failure(error, retry));
  return mount(
    main,
    h(
      "div",
      { class: "empty" },
      icon("film"),
      h("h1", null, t("task.missing")),
      h("p", null, t("task.missing.why")),
      h("a", { class: "button primary", href: "/tasks" }, t("task.to_history")),
    ),
  );
}

mount(
  main,
  h(
    "div",
    { class: "stack", "aria-busy": "true" },
    h("div", { class: "skeleton wide" }),
    h("div", { class: "film hero" }, h("div", { class: "frame" })),
  ),
);
const [, found] = await Promise.allSettled([style("films"), get(address)]);
if (found.status === "fulfilled") {
  take(found.value);
  listen();
  setInterval(() => {
    page.tick();
    refresh_times();
    watch();
  }, 1000);
  // The models only decide which actions there are, so nothing waits for them.
  get("/filmgate/v1/models")
    .then((all) => {
      models = all.models;
      page.draw();
    })
    .catch(() => {});
} else missing(found.reason);
