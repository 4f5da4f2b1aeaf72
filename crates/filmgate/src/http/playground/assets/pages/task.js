// One task: its film, or how far it is; what happened, what it cost, and what can be done with it.
import { get, readable } from "../api.js";
import { debounced, h, icon, mount } from "../dom.js";
import { scenario_marks, words_of } from "../parts/card.js";
import { actions } from "../parts/task/again.js";
import { attempts, deliveries, exchanges, facts, request } from "../parts/task/dealings.js";
import { local } from "../parts/deck.js";
import { follow, is_over } from "../parts/follow.js";
import { money } from "../parts/task/money.js";
import { player } from "../parts/task/player.js";
import { timeline } from "../parts/task/timeline.js";
import { refresh_times, since } from "../parts/times.js";
import { ending, leader } from "../parts/task/waiting.js";
import { badge, copier, failure, main, say, show_balance, style } from "../shell.js";
import { named, t } from "../words.js";

const id = readable(location.pathname.split("/").filter(Boolean).slice(1).join("/"));
const address = `/filmgate/v1/tasks/${encodeURIComponent(id)}`;
const SILENCE_MS = 10_000;
const moments = new Map();
let task = null;
let models = [];
let page = null;

/** A name for the downloaded file, from the prompt's first words. */
function file_name() {
  const words = words_of(task).normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.slice(0, 8).join("-").toLowerCase() || "film"}.mp4`;
}

/** A part of the page that is made anew only when what it shows has changed, so that nobody's place in it is lost. */
function part(title, make, of) {
  const body = h("div", { class: "stack" });
  const node = h("section", { hidden: true }, h("h2", null, title), body);
  let drawn = "";
  function draw() {
    const state = JSON.stringify(of(task) ?? null);
    if (state === drawn) return;
    drawn = state;
    const made = [make(task)].flat().filter(Boolean);
    node.hidden = made.length === 0;
    mount(body, made);
  }
  return { node, draw };
}

/** What is of use to few: it is closed until somebody, or a doubt, opens it. */
function behind() {
  const count = h("span", { class: "soft small" });
  const tries = h("div", { class: "stack" });
  const answers = h("div", { class: "stack" });
  const box = h("details", null, h("summary", null, t("behind.title"), " ", count), h("div", { class: "stack" }, tries, answers));
  const node = h("section", { class: "behind", hidden: true }, box);
  let drawn = "";
  function draw() {
    // The studio is filmgate itself: what it says stands in the timeline already.
    const heard = task.exchanges?.filter(({ attempt }) => task.attempts.find(({ number }) => number === attempt)?.upstream !== "studio") ?? [];
    const state = JSON.stringify([task.attempts, heard]);
    if (state === drawn) return;
    drawn = state;
    node.hidden = !task.attempts?.length;
    if (task.phase === "in_doubt" || (task.phase === "failed" && heard.length > 0)) box.open = true;
    const numbers = [t("behind.attempts", { n: task.attempts?.length ?? 0 }), heard.length > 0 && t("behind.exchanges", { n: heard.length })];
    count.textContent = numbers.filter(Boolean).join(" · ");
    mount(tries, attempts(task.attempts ?? []));
    mount(answers, exchanges(heard));
  }
  return { node, draw };
}

/** Draws what may take the focused element away, and gives the focus to what stands in its place. */
function keeping_focus(node, draw) {
  const was = document.activeElement;
  const [is_inside, words] = [node.contains(was), was?.textContent];
  draw();
  if (!is_inside || was.isConnected) return;
  const all = [...node.querySelectorAll("a, button")];
  (all.find(({ textContent }) => textContent === words) ?? all[0])?.focus({ preventScroll: true });
}

/** The frame: the film, the leader's count, or why there is none. It changes only when the kind of what it shows does. */
function hero() {
  const frame = h("div", { class: "gate-frame" });
  const views = h("div");
  const save = h("a", { class: "button primary" }, icon("download"), t("player.download"));
  const link = copier(() => save.href, t("player.link"));
  const count = leader();
  const node = h("div", null, h("div", { class: "film hero" }, h("div", { class: "sprockets" }), frame, h("div", { class: "sprockets" })), views);
  let kind = null;
  function draw() {
    const next = task.film ? "film" : is_over(task) ? "ending" : "count";
    if (next === "count") count.draw(task);
    if (next === "film") choose();
    if (next === kind) return;
    const was = kind;
    kind = next;
    if (next === "count") mount(frame, count.node);
    if (next === "ending") mount(frame, ending(task));
    if (next === "film") show(was === "count");
  }
  /** The film, or what is kept beside it: the whole that an extension belongs to, or a copy with a mark. */
  function play(copy) {
    const shown = copy ? { ...task.film, url: copy.url, seconds: null } : task.film;
    const { node: made, video } = player(shown, { poster: copy ? null : task.thumbnail, label: words_of(task) });
    mount(frame, made);
    save.href = local(shown.url);
    save.download = file_name();
    return video;
  }
  function show(has_waited) {
    const video = play(null);
    // Whoever waited for the film sees it at once; without sound, as browsers ask of what starts by itself.
    if (!has_waited || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    video.muted = true;
    video.play().catch(() => {});
  }
  function choose() {
    if (views.childNodes.length > 0 || !task.copies?.length) return;
    const names = [[null, t(task.origin?.what === "extension" ? "copy.part" : "copy.film")], ...task.copies.map((copy) => [copy, t(`copy.${copy.kind}`)])];
    mount(views, h("fieldset", { class: "field views" }, h("legend", { class: "unseen" }, t("copy.title")), h("div", { class: "choices" },
      names.map(([copy, name]) => h("label", null, h("input", { type: "radio", name: "view", checked: !copy, onchange: () => play(copy) }), h("span", null, name))))));
  }
  return { node, draw, saves: (now) => now.film && [save, link], tick: () => kind === "count" && count.tick(task) };
}

function head() {
  const node = h("div", { class: "task-head" });
  let drawn = "";
  function draw() {
    const state = JSON.stringify([task.phase, task.percent]);
    if (state === drawn) return;
    drawn = state;
    const text = words_of(task);
    document.title = `${is_over(task) ? "" : `${task.percent}% · `}${text.slice(0, 60)} · filmgate`;
    const price = !(is_over(task) && !task.film) && h("span", { class: "number" }, t("credits", { n: task.credits }));
    const length = text.length > 90 ? "long" : text.length > 50 ? "middling" : null;
    mount(node,
      h("p", { class: "row small soft" }, h("a", { class: "eyebrow", href: `/models/${encodeURIComponent(task.model)}` }, named(task)),
        badge(task.phase), scenario_marks(task), since(task.created_ms), price),
      h("h1", { class: length, onclick: ({ currentTarget }) => currentTarget.classList.toggle("whole") }, text));
  }
  return { node, draw };
}

function wished() {
  const node = h("p", { class: "notice warm", hidden: true }, t("cancel.wished"));
  return { node, draw: () => { node.hidden = !task.cancel_wished || is_over(task); } };
}

function late() {
  const node = h("div", null);
  function draw() {
    if (!task.late_film || node.childNodes.length > 0) return;
    mount(node, h("div", { class: "notice warm" }, h("p", null, t("task.late")), h("p", null, h("a", { class: "button small", href: local(task.late_film.url), download: file_name() }, icon("download"), t("task.late_get")))));
  }
  return { node, draw };
}

/** An attempt's end is left out where the task's end, which follows it, says the same. */
const told_once = (all) => all.filter(({ kind }, place) => !(kind === "attempt_ended" && all[place + 1]?.kind === "failed"));

function build() {
  const top = head();
  const frame = hero();
  const line = timeline();
  const acts = actions(take, frame.saves);
  const [latecomer, wish] = [late(), wished()];
  const cut = h("p", { class: "notice warm", role: "status", hidden: true }, t("task.cut"));
  const parts = {
    money: part(t("money.title"), money, (now) => now.ledger),
    request: part(t("request.title"), request, (now) => now.input),
    facts: part(t("facts.title"), facts, (now) => [now.film, now.upstream, now.finished_ms]),
    deliveries: part(t("deliveries.title"), (now) => deliveries(now.deliveries, () => { refresh(); listen_on(); }), (now) => now.deliveries),
  };
  parts.money.node.classList.add("first");
  parts.behind = behind();
  mount(main, h("div", { class: "task stack" }, top.node, frame.node, acts.node, wish.node, latecomer.node, cut,
    h("div", { class: "two task-parts" },
      h("div", null, h("section", { class: "second" }, h("h2", null, t("timeline.title")), line.node), parts.deliveries.node, parts.behind.node),
      h("div", null, parts.money.node, parts.request.node, parts.facts.node))));
  function draw() {
    for (const each of [top, frame, wish, latecomer, ...Object.values(parts)]) each.draw();
    line.draw(task, told_once([...moments.values()].sort((a, b) => a.number - b.number)));
    keeping_focus(acts.node, () => acts.draw(task, models));
  }
  return { draw, tick: frame.tick, cut: (is_cut) => { cut.hidden = !is_cut; } };
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
const refresh = debounced(async () => {
  told = null;
  let now = null;
  try {
    now = await get(address);
  } catch (error) {
    // A session that is over: the server shows where to enter. Otherwise what is shown stands.
    if (error.status === 401) location.reload();
    return page.cut(error.status === 0 && !is_over(task));
  }
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
    end: () => { page.cut(false); refresh(); },
  });
}

function missing(error) {
  if (error.status !== 404) return mount(main, failure(error, () => location.reload()));
  return mount(main, h("div", { class: "empty" }, icon("film"), h("h1", null, t("task.missing")), h("p", null, t("task.missing.why")), h("a", { class: "button primary", href: "/tasks" }, t("task.to_history"))));
}

mount(main, h("div", { class: "stack", "aria-busy": "true" }, h("div", { class: "skeleton wide" }), h("div", { class: "film hero" }, h("div", { class: "frame" }))));
const [, found] = await Promise.allSettled([style("films"), get(address)]);
if (found.status === "fulfilled") {
  take(found.value);
  listen();
  setInterval(() => { page.tick(); refresh_times(); watch(); }, 1000);
  // The models only decide which actions there are, so nothing waits for them.
  get("/filmgate/v1/models").then((all) => { models = all.models; page.draw(); }).catch(() => {});
} else missing(found.reason);
