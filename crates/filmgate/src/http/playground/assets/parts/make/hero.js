// The first visit: one example, one click, one film. And the account's latest films for everybody who comes back.
import { h, icon, mount } from "../../dom.js";
import { style } from "../../shell.js";
import { t } from "../../words.js";
import { STILL } from "../still.js";
import { title_card } from "./screen.js";

/** @param {string} prompt @param {(button: HTMLButtonElement) => void} on_run */
export function hero(prompt, on_run) {
  const button = h(
    "button",
    { type: "button", class: "button primary big", id: "first", onclick: () => on_run(button) },
    icon("play"),
    h("span", null, t("hero_run")),
  );
  return h(
    "section",
    { class: "first-visit", "aria-labelledby": "first-title" },
    h(
      "div",
      { class: "first-words" },
      h("h1", { id: "first-title" }, t("hero_title")),
      h("p", null, t("hero_text")),
      h("div", { class: "row" }, button),
    ),
    h(
      "div",
      { class: "first-film", "aria-hidden": "true" },
      h("div", { class: "sprockets" }),
      h("div", { class: "aperture" }, h("img", { src: STILL, alt: "", width: 640, height: 360 }), title_card(prompt)),
      h("div", { class: "sprockets" }),
    ),
  );
}

/** The latest films, if there are any; their cards are fetched after the page stands. @param {object[]} tasks */
export function latest(tasks) {
  if (!tasks.length) return null;
  const films = h(
    "div",
    { class: "grid four" },
    tasks.map(() => h("div", { class: "film" }, h("div", { class: "frame" }))),
  );
  const show = ([{ card }]) =>
    mount(
      films,
      tasks.map((task) => card(task).node),
    );
  Promise.all([import("../card.js"), style("films")]).then(show, () => mount(films));
  return h(
    "section",
    { class: "latest", "aria-labelledby": "latest-title" },
    h(
      "div",
      { class: "page-head" },
      h("h2", { id: "latest-title" }, t("latest")),
      h("a", { href: "/tasks" }, t("latest_all")),
    ),
    films,
  );
}
