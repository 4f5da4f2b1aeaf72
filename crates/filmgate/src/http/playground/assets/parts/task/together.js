// Several films side by side under one set of controls: they play, stop and step together.
import { h, icon, mount } from "../../dom.js";
import { badge } from "../../shell.js";
import { named, t } from "../../words.js";
import { progress, scenario_marks, words_of } from "../card.js";
import { Deck, knob, local } from "../deck.js";
import { is_over } from "../follow.js";
import { shape, span } from "../times.js";

/** One film of the comparison. */
function cell(task, { drop, solo, toggle, preload }) {
  const screen = h("div", { class: "frame" });
  const words = h("div", { class: "words" });
  const sound = knob("mute", t("together.listen", { title: named(task) }), () => solo(task.id), {
    "aria-pressed": "false",
  });
  const node = h("article", { class: "film side", "aria-label": named(task) }, screen, words);
  const leave = {
    "aria-label": t("together.drop", { title: named(task) }),
    title: t("remove"),
    onclick: () => drop(task.id),
  };
  const out = h("button", { type: "button", class: "knob", ...leave }, icon("close"));
  const keep = { download: "", "aria-label": `${t("player.download")}: ${named(task)}`, title: t("player.download") };
  const save = () => h("a", { class: "knob", href: local(task.film.url), ...keep }, icon("download"));
  let video = null;
  let drawn = "";
  function draw(now) {
    task = now;
    const state = JSON.stringify([task.phase, task.percent, Boolean(task.film)]);
    if (state === drawn) return;
    drawn = state;
    if (task.film && !video) {
      const source = { src: `${local(task.film.url)}#t=0.001`, poster: task.thumbnail, preload };
      video = h("video", {
        ...source,
        playsinline: true,
        muted: true,
        tabindex: "0",
        onclick: toggle,
        "aria-label": named(task),
      });
      video.muted = true;
      mount(screen, video);
    } else if (!task.film)
      mount(
        screen,
        is_over(task)
          ? h(
              "p",
              { class: "why", lang: "en" },
              (task.phase === "failed" && task.error?.message) || t(`phase.${task.phase}`),
            )
          : h("span", { class: "count number" }, `${task.percent}%`),
      );
    const took = task.finished_ms && task.film ? span(task.finished_ms - task.created_ms) : null;
    mount(
      words,
      h(
        "div",
        { class: "row between" },
        h("a", { href: `/tasks/${encodeURIComponent(task.id)}` }, h("strong", null, named(task))),
        h("span", { class: "row tight" }, video && [sound.button, save()], out),
      ),
      !is_over(task) && progress(task.percent),
      h(
        "div",
        { class: "row between" },
        h("span", { class: "row tight" }, badge(task.phase), scenario_marks(task)),
        !(is_over(task) && !task.film) && h("span", { class: "number" }, t("credits", { n: task.credits })),
      ),
      task.film && h("span", { class: "number" }, shape(task.film), took && ` · ${t("together.took", { time: took })}`),
      h("span", { class: "own-prompt" }, words_of(task)),
    );
  }
  function hear(is_heard) {
    if (!video) return;
    video.muted = !is_heard;
    sound.button.setAttribute("aria-pressed", String(is_heard));
    sound.show(is_heard ? "sound" : "mute", t(is_heard ? "player.mute" : "together.listen", { title: named(task) }));
  }
  draw(task);
  return { node, draw, hear, task: () => task, video: () => video };
}

/** The comparison. @param {object[]} tasks @param {(id: string) => void} dropped */
export function together(tasks, dropped) {
  const shared = new Deck({ label: t("together.group"), words: [t("together.play"), t("together.pause")] });
  shared.node.classList.add("shared");
  const grid = h("div", { class: "sides" });
  // Links and buttons of the films keep their keys.
  const pressed = (event) => event.target.closest(".deck, video") && shared.pressed(event);
  const node = h("div", { class: "stack", onkeydown: pressed }, grid, shared.node);
  const cells = new Map();
  let heard = null;
  const on = {
    preload: tasks.length > 4 ? "metadata" : "auto",
    toggle: () => shared.toggle(),
    solo(id) {
      heard = heard === id ? null : id;
      for (const [key, each] of cells) each.hear(key === heard);
    },
    drop(id) {
      cells.get(id).video()?.pause();
      cells.get(id).node.remove();
      cells.delete(id);
      arrange();
      dropped(id);
    },
  };
  let playing = "";
  function arrange() {
    const list = [...cells.values()];
    const films = list.filter((each) => each.video());
    const state = films.map((each) => each.task().id).join();
    const shape = films[0]?.task().film;
    grid.classList.toggle("many", list.length > 4);
    grid.classList.toggle("tall", Boolean(shape && shape.height > shape.width));
    grid.classList.toggle("one-prompt", new Set(list.map((each) => each.task().prompt)).size === 1);
    if (state === playing && shared.node.isConnected) return;
    playing = state;
    shared.take(films.map((each) => ({ video: each.video(), film: each.task().film })));
  }
  for (const task of tasks) {
    const each = cell(task, on);
    cells.set(task.id, each);
    grid.append(each.node);
  }
  arrange();
  return {
    node,
    tasks: () => [...cells.values()].map((each) => each.task()),
    draw: (task) => {
      cells.get(task.id)?.draw(task);
      arrange();
    },
  };
}
