// Several films side by side under one set of controls: they play, stop and step together.
import { h, icon, mount } from "../dom.js";
import { badge } from "../shell.js";
import { t } from "../words.js";
import { progress } from "./card.js";
import { is_over } from "./follow.js";
import { knob, local, speeds } from "./player.js";
import { span } from "./times.js";

const DRIFT_S = 0.12;

/** The controls of all films: the longest one is the clock of the others. */
function deck() {
  let videos = [];
  let rate = 24;
  let is_looping = false;
  const longest = () => videos.reduce((best, video) => ((video.duration || 0) > (best?.duration || 0) ? video : best), videos[0]);
  const length = () => longest()?.duration || 0;
  const frames = () => Math.max(1, Math.round(length() * rate));
  let wanted = null;
  const frame = () => wanted ?? Math.min(Math.floor((longest()?.currentTime ?? 0) * rate + 0.01), frames() - 1);
  const is_playing = () => videos.some((video) => !video.paused && !video.ended);

  const scrub = h("input", { type: "range", class: "scrub", min: "0", max: "1", step: "1", value: "0", "aria-label": t("player.position"), oninput: () => go(Number(scrub.value)) });
  const clock = h("output", { class: "clock", "aria-live": "off" });
  const play = knob("play", t("together.play"), toggle);
  const loop = knob("loop", t("player.loop"), () => {
    is_looping = !is_looping;
    loop.button.setAttribute("aria-pressed", String(is_looping));
  }, { "aria-pressed": "false" });

  function draw() {
    const now = frame();
    scrub.max = String(frames() - 1);
    scrub.value = String(now);
    scrub.style.setProperty("--done", `${(now / Math.max(1, frames() - 1)) * 100}%`);
    scrub.setAttribute("aria-valuetext", t("player.frame", { n: now + 1, frames: frames() }));
    clock.textContent = t("player.clock", { time: (now / rate).toFixed(2), seconds: Math.round(length() * 100) / 100, frame: now + 1, frames: frames() });
    play.show(is_playing() ? "pause" : "play", t(is_playing() ? "together.pause" : "together.play"));
  }
  /** Brings all to a frame's middle; a film that is shorter stays at its last one. */
  function go(to) {
    wanted = Math.min(Math.max(to, 0), frames() - 1);
    for (const video of videos) video.currentTime = Math.min((wanted + 0.5) / rate, Math.max(0, (video.duration || 0) - 0.5 / rate));
    draw();
  }
  function stop() {
    for (const video of videos) video.pause();
    draw();
  }
  function start() {
    if (frame() >= frames() - 1) go(0);
    wanted = null;
    for (const video of videos) video.play().catch(() => {});
    requestAnimationFrame(run);
  }
  function toggle() {
    if (is_playing()) stop();
    else start();
  }
  function step(by) {
    stop();
    go(frame() + by);
  }
  function run() {
    const first = longest();
    if (!first || !first.isConnected) return;
    for (const video of videos) {
      if (video === first || video.ended || video.seeking || first.currentTime >= video.duration) continue;
      if (Math.abs(video.currentTime - first.currentTime) > DRIFT_S) video.currentTime = first.currentTime;
    }
    if (first.ended && is_looping) {
      go(0);
      start();
    } else if (is_playing()) {
      draw();
      requestAnimationFrame(run);
    } else draw();
  }
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, a") || (event.target === scrub && /^(Arrow|Home|End)/.test(event.key))) return;
    if (event.key === " " && event.target.matches("button, input")) return;
    const act = { " ": toggle, k: toggle, ",": () => step(-1), ".": () => step(1), ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => go(0), End: () => go(frames() - 1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  const node = h("div", { class: "deck shared", role: "group", "aria-label": t("together.group") },
    scrub, h("div", { class: "knobs" }, knob("back", t("player.back"), () => step(-1)).button, play.button, knob("on", t("player.on"), () => step(1)).button, clock,
      h("span", { class: "space" }), loop.button, speeds((chosen) => { for (const video of videos) video.playbackRate = chosen; })));
  function take(list, frames_per_second) {
    videos = list;
    rate = frames_per_second;
    for (const video of videos) {
      video.onloadedmetadata = draw;
      video.onseeked = () => { if (!videos.some(({ seeking }) => seeking)) { wanted = null; draw(); } };
    }
    node.hidden = videos.length === 0;
    draw();
  }
  return { node, take, keys, toggle };
}

/** One film of the comparison. */
function cell(task, { drop, solo, toggle }) {
  const screen = h("div", { class: "frame" });
  const words = h("div", { class: "words" });
  const sound = knob("mute", t("together.listen", { title: task.title }), () => solo(task.id), { "aria-pressed": "false" });
  const node = h("article", { class: "film side", "aria-label": task.title }, screen, words);
  let video = null;
  let drawn = "";
  function draw(now) {
    task = now;
    const state = JSON.stringify([task.phase, task.percent, Boolean(task.film)]);
    if (state === drawn) return;
    drawn = state;
    if (task.film && !video) {
      video = h("video", { src: local(task.film.url), poster: task.thumbnail, preload: "auto", playsinline: true, muted: true, onclick: toggle, "aria-label": task.title });
      video.muted = true;
      mount(screen, video);
    } else if (!task.film) mount(screen, is_over(task) ? h("p", { class: "why", lang: "en" }, task.error?.message ?? t(`phase.${task.phase}`)) : h("span", { class: "count number" }, `${task.percent}%`));
    const took = task.finished_ms && task.film ? span(task.finished_ms - task.created_ms) : null;
    mount(words,
      h("div", { class: "row between" }, h("a", { href: `/tasks/${encodeURIComponent(task.id)}` }, h("strong", null, task.title)),
        h("span", { class: "row tight" }, video && sound.button, h("button", { type: "button", class: "knob", "aria-label": t("together.drop", { title: task.title }), title: t("remove"), onclick: () => drop(task.id) }, icon("close")))),
      !is_over(task) && progress(task.percent),
      h("div", { class: "row between" }, badge(task.phase), !(is_over(task) && !task.film) && h("span", { class: "number" }, t("credits", { n: task.credits }))),
      task.film && h("span", { class: "number" }, t("fact.shape", { width: String(task.film.width), height: String(task.film.height), seconds: task.film.seconds, rate: task.film.frames_per_second }), took && ` · ${t("together.took", { time: took })}`),
      h("span", { class: "own-prompt" }, task.prompt));
  }
  function hear(is_heard) {
    if (!video) return;
    video.muted = !is_heard;
    sound.button.setAttribute("aria-pressed", String(is_heard));
    sound.show(is_heard ? "sound" : "mute", t(is_heard ? "player.mute" : "together.listen", { title: task.title }));
  }
  draw(task);
  return { node, draw, hear, task: () => task, video: () => video };
}

/** The comparison. @param {object[]} tasks @param {(id: string) => void} dropped */
export function together(tasks, dropped) {
  const shared = deck();
  const grid = h("div", { class: "sides" });
  const node = h("div", { class: "stack", onkeydown: (event) => shared.keys(event) }, grid, shared.node);
  const cells = new Map();
  let heard = null;
  const on = {
    toggle: () => shared.toggle(),
    solo(id) {
      heard = heard === id ? null : id;
      for (const [key, each] of cells) each.hear(key === heard);
    },
    drop(id) {
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
    grid.classList.toggle("tall", Boolean(shape && shape.height > shape.width));
    grid.classList.toggle("one-prompt", new Set(list.map((each) => each.task().prompt)).size === 1);
    if (state === playing && shared.node.isConnected) return;
    playing = state;
    shared.take(films.map((each) => each.video()), Math.max(...films.map((each) => each.task().film.frames_per_second), 1));
  }
  for (const task of tasks) {
    const each = cell(task, on);
    cells.set(task.id, each);
    grid.append(each.node);
  }
  arrange();
  return { node, tasks: () => [...cells.values()].map((each) => each.task()), draw: (task) => { cells.get(task.id)?.draw(task); arrange(); } };
}
