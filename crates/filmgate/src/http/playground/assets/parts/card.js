// A film in a list: its picture first, moving when pointed at, then its words.
import { h, icon, mount } from "../dom.js";
import { site } from "../api.js";
import { badge } from "../shell.js";
import { named, t } from "../words.js";
import { is_over } from "./follow.js";
import { local } from "./deck.js";
import { picture } from "./picture.js";
import { since } from "./times.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** What a film shows, in the words of its prompt without those for the emulator. */
export const words_of = ({ prompt, title }) =>
  (site.is_dev ? prompt.replace(/\s*\[\[.*?\]\]/g, "").trim() : prompt) || title;
/** The scenarios that a prompt asks the emulator to play. */
export const scenarios_of = ({ prompt }) =>
  site.is_dev ? [...prompt.matchAll(/\[\[(.*?)\]\]/g)].map(([, name]) => name) : [];
/** A mark for each of them. */
export const scenario_marks = (task) =>
  scenarios_of(task).map((name) => h("span", { class: "badge", lang: "en" }, name));

/** How far an open task is. */
export function progress(percent) {
  return h(
    "div",
    {
      class: "bar",
      role: "progressbar",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-valuenow": String(percent),
      "aria-label": t("task.progress"),
    },
    h("i", { style: { width: `${Math.max(2, percent)}%` } }),
  );
}

function frame(task) {
  if (task.film) return picture(task);
  const has_failed = task.phase === "failed";
  const why = has_failed && task.error && h("span", { class: "why small", lang: "en" }, task.error.message);
  if (is_over(task)) return [icon(has_failed ? "close" : "minus"), why];
  return h("span", { class: "count number" }, `${task.percent}%`);
}

/**
 * @param {object} task a summary
 * @param {(id: string, is_chosen: boolean) => void} [choose] with it, the card has a box to tick
 */
export function card(task, choose) {
  const gate = h("div", { class: "frame" });
  const words = h("div", { class: "words" });
  const link = h("a", { class: "cover", href: `/tasks/${encodeURIComponent(task.id)}` }, gate, words);
  const name = t("history.choose_this", { prompt: words_of(task) });
  const ticked = () => {
    mark(box.checked);
    choose(task.id, box.checked);
  };
  const box = choose && h("input", { type: "checkbox", class: "check", "aria-label": name, onchange: ticked });
  const node = h(
    "article",
    { class: "film task-card" },
    link,
    box && h("label", { class: "tick", title: t("history.choose") }, box),
  );
  function mark(is_chosen) {
    box.checked = is_chosen;
    node.classList.toggle("chosen", is_chosen);
  }
  let drawn = "";
  function draw(now) {
    task = now;
    const state = JSON.stringify([task.phase, task.percent, Boolean(task.film), task.thumbnail]);
    if (state === drawn) return;
    drawn = state;
    gate.classList.toggle("filling", Boolean(task.film));
    mount(gate, frame(task), task.film && h("span", { class: "length number" }, t("s", { n: task.film.seconds })));
    mount(
      words,
      h("strong", null, words_of(task)),
      !is_over(task) && progress(task.percent),
      h("span", null, named(task)),
      h(
        "span",
        { class: "row between" },
        h("span", { class: "row tight" }, badge(task.phase), scenario_marks(task)),
        since(task.created_ms),
      ),
    );
  }

  /** The film itself, while the pointer is on its card. */
  let moving = null;
  node.addEventListener("pointerenter", (event) => {
    if (!task.film || calm.matches || event.pointerType !== "mouse") return;
    moving = h("video", {
      class: "moving",
      src: local(task.film.url),
      muted: true,
      loop: true,
      playsinline: true,
      tabindex: "-1",
      "aria-hidden": "true",
    });
    gate.append(moving);
    moving.play().catch(() => {});
  });
  node.addEventListener("pointerleave", () => {
    moving?.remove();
    moving = null;
  });
  draw(task);
  return { node, draw, mark, task: () => task };
}
