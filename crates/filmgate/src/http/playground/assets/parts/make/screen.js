// The film to be, before there is one: its frame in its true shape, its words as a title card, its first picture.
import { h, mount } from "../../dom.js";
import { t } from "../../words.js";

/** Scenarios of the emulator are not drawn. */
export const spoken = (prompt) => (prompt ?? "").replaceAll(/\[\[[\w-]+\]\]/g, "").trim();

/** A title card as silent films had them. */
export const title_card = (text) => h("p", { class: `title-card ${text.length > 160 ? "long" : text.length > 60 ? "middle" : ""}` }, text);

/** @returns {{element: HTMLElement, show: (facts: {text: string, picture: string | null, film: object | null, is_example: boolean}) => void}} */
export function screen() {
  const frame = h("div", { class: "aperture" });
  const facts = h("p", { class: "screen-facts" });
  const element = h("div", { class: "preview", "aria-hidden": "true" }, h("div", { class: "room" }, frame), facts);
  return {
    element,
    show({ text, picture, film, is_example }) {
      const { width = 1280, height = 720 } = film ?? {};
      frame.style.aspectRatio = `${width} / ${height}`;
      frame.style.width = `min(100%, ${(22 * width) / height}rem)`;
      frame.classList.toggle("example", is_example);
      frame.classList.toggle("tall", height > width);
      mount(frame, picture && h("img", { src: picture, alt: "" }), (!picture || text) && title_card(text || t("untitled")));
      const known = film ? [`${film.width} × ${film.height}`, t("s", { n: film.seconds }), t("fps", { n: film.frames_per_second })] : [" "];
      mount(facts, known.map((fact) => h("span", null, fact)));
    },
  };
}

/** A storyboard's words for the card: those of its first scene. */
export const first_scene = (shots) => shots?.find(({ scene }) => scene)?.scene ?? "";
