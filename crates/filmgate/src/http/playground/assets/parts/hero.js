// The first visit: one example, one click, one film. And the account's latest films for everybody who comes back.
import { h, icon } from "../dom.js";
import { badge } from "../shell.js";
import { ago, t } from "../words.js";
import { spoken, title_card } from "./screen.js";

/** @param {string} prompt @param {(button: HTMLButtonElement) => void} on_run */
export function hero(prompt, on_run) {
  const button = h("button", { type: "button", class: "button primary big", id: "first", onclick: () => on_run(button) }, icon("play"), h("span", null, t("hero_run")));
  return h("section", { class: "first-visit", "aria-labelledby": "first-title" },
    h("div", { class: "first-words" },
      h("h1", { id: "first-title" }, t("hero_title")),
      h("p", null, t("hero_text")),
      h("div", { class: "row" }, button, h("span", { class: "first-price", id: "first-price" }))),
    h("div", { class: "first-film", "aria-hidden": "true" }, h("div", { class: "sprockets" }), h("div", { class: "aperture" }, title_card(prompt)), h("div", { class: "sprockets" })));
}

/** The latest films, if there are any. @param {object[]} tasks */
export function latest(tasks) {
  if (!tasks.length) return null;
  return h("section", { class: "latest", "aria-labelledby": "latest-title" },
    h("div", { class: "page-head" }, h("h2", { id: "latest-title" }, t("latest")), h("a", { href: "/tasks" }, t("latest_all"))),
    h("div", { class: "grid four" }, tasks.map((task) => h("a", { class: "film", href: `/tasks/${encodeURIComponent(task.id)}` },
      h("div", { class: "frame" }, still(task)),
      h("div", { class: "words" }, h("strong", null, spoken(task.prompt) || task.title), h("span", { class: "row between" }, badge(task.phase), ago(task.created_ms)))))));
}

function still(task) {
  if (task.thumbnail) return h("img", { src: task.thumbnail, alt: "", loading: "lazy" });
  if (task.film) return h("video", { src: new URL(task.film.url, location.href).pathname, muted: true, preload: "metadata", tabindex: "-1", "aria-hidden": "true" });
  return icon("film");
}
