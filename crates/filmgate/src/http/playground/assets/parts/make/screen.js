// The film to be, before there is one: its frame in its true shape, its words as a title card, its first picture; before
// all that the last film of its model.
import { h, icon, mount } from "../../dom.js";
import { named, t } from "../../words.js";
import { picture } from "../picture.js";

/** Scenarios of the emulator are not drawn. */
export const spoken = (prompt) => (prompt ?? "").replaceAll(/\[\[[\w-]+\]\]/g, "").trim();

/** A title card as silent films had them. */
export const title_card = (text) =>
  h("p", { class: `title-card ${text.length > 160 ? "long" : text.length > 60 ? "middle" : ""}` }, text);

/** A film that is there, as a way to its page. */
const last_film = (task) =>
  h(
    "a",
    { class: "last", href: `/tasks/${encodeURIComponent(task.id)}` },
    picture(task),
    h("span", null, icon("play"), t("last_with", { model: named(task) })),
  );

/** @returns {{element: HTMLElement, show: (facts: {text: string, picture: string | null, film: object | null, last: object | null, is_example: boolean}) => void}} */
export function screen() {
  const frame = h("div", { class: "aperture" });
  const facts = h("p", { class: "screen-facts" });
  const element = h("div", { class: "preview" }, h("div", { class: "room" }, frame), facts);
  return {
    element,
    show({ text, picture: first, film, last, is_example }) {
      const is_last = Boolean(last) && is_example && !first;
      const { width = 1280, height = 720 } = (is_last ? last.film : film) ?? {};
      frame.style.aspectRatio = `${width} / ${height}`;
      frame.style.width = `min(100%, ${(22 * width) / height}rem)`;
      frame.classList.toggle("example", is_example);
      frame.classList.toggle("tall", height > width);
      element.setAttribute("aria-hidden", String(!is_last));
      if (is_last) mount(frame, last_film(last));
      else
        mount(frame, first && h("img", { src: first, alt: "" }), (!first || text) && title_card(text || t("untitled")));
      const known = film
        ? [`${film.width} × ${film.height}`, t("s", { n: film.seconds }), t("fps", { n: film.frames_per_second })]
        : [" "];
      mount(
        facts,
        known.map((fact) => h("span", null, fact)),
      );
    },
  };
}

/** A storyboard's words for the card: those of its first scene. */
export const first_scene = (shots) => shots?.find(({ scene }) => scene)?.scene ?? "";
