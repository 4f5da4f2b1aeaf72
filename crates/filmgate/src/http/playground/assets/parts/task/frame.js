// What a film's page is about: the film itself, the count of one that is being made, or why there is none.
import { h, icon, mount } from "../../dom.js";
import { copier } from "../../shell.js";
import { t } from "../../words.js";
import { words_of } from "../card.js";
import { local } from "../deck.js";
import { is_over } from "../follow.js";
import { player } from "./player.js";
import { ending, leader } from "./waiting.js";

/** A name for the downloaded file, from the prompt's first words. */
function file_name(task) {
  const words =
    words_of(task)
      .normalize("NFC")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.slice(0, 8).join("-").toLowerCase() || "film"}.mp4`;
}

/** The frame: the film, the leader's count, or why there is none. It changes only when the kind of what it shows does. */
export function frame() {
  const screen = h("div", { class: "gate-frame" });
  const views = h("div");
  const save = h("a", { class: "button primary" }, icon("download"), t("player.download"));
  const link = copier(() => save.href, t("player.link"));
  const count = leader();
  const node = h(
    "div",
    null,
    h("div", { class: "film hero" }, h("div", { class: "sprockets" }), screen, h("div", { class: "sprockets" })),
    views,
  );
  let task = null;
  let kind = null;
  function draw(now) {
    task = now;
    const next = task.film ? "film" : is_over(task) ? "ending" : "count";
    if (next === "count") count.draw(task);
    if (next === "film") choose();
    if (next === kind) return;
    const was = kind;
    kind = next;
    if (next === "count") mount(screen, count.node);
    if (next === "ending") mount(screen, ending(task));
    if (next === "film") show(was === "count");
  }
  /** The film, or what is kept beside it: the whole that an extension belongs to, or a copy with a mark. */
  function play(copy) {
    const shown = copy ? { ...task.film, url: copy.url, seconds: null } : task.film;
    const { node: made, video } = player(shown, { poster: copy ? null : task.thumbnail, label: words_of(task) });
    mount(screen, made);
    save.href = local(shown.url);
    save.download = file_name(task);
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
    const names = [
      [null, t(task.origin?.what === "extension" ? "copy.part" : "copy.film")],
      ...task.copies.map((copy) => [copy, t(`copy.${copy.kind}`)]),
    ];
    mount(
      views,
      h(
        "fieldset",
        { class: "field views" },
        h("legend", { class: "unseen" }, t("copy.title")),
        h(
          "div",
          { class: "choices" },
          names.map(([copy, name]) =>
            h(
              "label",
              null,
              h("input", { type: "radio", name: "view", checked: !copy, onchange: () => play(copy) }),
              h("span", null, name),
            ),
          ),
        ),
      ),
    );
  }
  return { node, draw, saves: (now) => now.film && [save, link], tick: () => kind === "count" && count.tick(task) };
}

/** A film that came after its task was given up. */
export function late() {
  const node = h("div", null);
  function draw(task) {
    if (!task.late_film || node.childNodes.length > 0) return;
    mount(
      node,
      h(
        "div",
        { class: "notice warm" },
        h("p", null, t("task.late")),
        h(
          "p",
          null,
          h(
            "a",
            { class: "button small", href: local(task.late_film.url), download: file_name(task) },
            icon("download"),
            t("task.late_get"),
          ),
        ),
      ),
    );
  }
  return { node, draw };
}
