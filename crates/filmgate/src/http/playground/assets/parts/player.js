// A film's player: frame by frame, in a loop, slowly, by mouse and by keys.
import { h, svg } from "../dom.js";
import { toast } from "../shell.js";
import { number, t } from "../words.js";

const PATHS = {
  play: "M7 4.5v15l12-7.5z", pause: "M8 5v14M16 5v14", back: "M17 6l-8 6 8 6zM6 6v12", on: "M7 6l8 6-8 6zM18 6v12",
  loop: "M17 3l3 3-3 3M20 6H8a4 4 0 0 0-4 4v1M7 21l-3-3 3-3M4 18h12a4 4 0 0 0 4-4v-1",
  sound: "M4 10v4h3l5 4V6l-5 4zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11", mute: "M4 10v4h3l5 4V6l-5 4zM16 10l5 5M21 10l-5 5",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", download: "M12 4v11M7 11l5 5 5-5M5 20h14",
};
const SPEEDS = [0.1, 0.25, 0.5, 1, 1.5, 2];

/** A drawing whose name can change. */
function drawing(name) {
  const path = svg("path", { d: PATHS[name] });
  return { node: svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, path), show: (next) => path.setAttribute("d", PATHS[next]) };
}

/** A button of a player with a drawing on it. */
export function knob(name, label, onclick, props = {}) {
  const picture = drawing(name);
  const button = h("button", { type: "button", class: "knob", "aria-label": label, title: label, onclick, ...props }, picture.node);
  return { button, show: (next, words) => { picture.show(next); button.setAttribute("aria-label", words); button.title = words; } };
}

/** A link on this origin to what the server calls by its full address, so that the page plays it under any of the server's names. */
export function local(url) {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}

/** The list of speeds. @param {(rate: number) => void} change */
export function speeds(change) {
  return h("select", { class: "knob speed", "aria-label": t("player.speed"), title: t("player.speed"), onchange: (event) => change(Number(event.target.value)) },
    SPEEDS.map((rate) => h("option", { value: String(rate), selected: rate === 1 }, `${number(rate)}×`)));
}

/**
 * The frame that a video shows, and the way to another one. A jump goes to a frame's middle, because its edges belong to two frames.
 * @param {HTMLVideoElement} video @param {{seconds: number, frames_per_second: number}} film
 */
export function reel(video, film) {
  const rate = film.frames_per_second || 24;
  const count = Math.max(1, Math.round(film.seconds * rate));
  const inside = (frame) => Math.min(Math.max(frame, 0), count - 1);
  let wanted = null;
  video.addEventListener("seeked", () => { wanted = null; });
  const frame = () => wanted ?? inside(Math.floor(video.currentTime * rate + 0.01));
  function go(to) {
    wanted = inside(to);
    video.currentTime = (wanted + 0.5) / rate;
  }
  return { rate, count, frame, go };
}

/**
 * @param {{url: string, width: number, height: number, seconds: number, frames_per_second: number}} film
 * @param {{poster: string | null, label: string, name: string}} options `name`: what a download is called
 */
export function player(film, { poster, label, name }) {
  const video = h("video", { src: local(film.url), poster, preload: poster ? "metadata" : "auto", playsinline: true, tabindex: "0", "aria-label": label, width: film.width, height: film.height });
  const { rate, count, frame, go } = reel(video, film);
  const scrub = h("input", { type: "range", class: "scrub", min: "0", max: String(count - 1), step: "1", value: "0", "aria-label": t("player.position"), oninput: () => { go(Number(scrub.value)); draw(); } });
  const clock = h("output", { class: "clock", "aria-live": "off" });
  const play = knob("play", t("player.play"), toggle);
  const loop = knob("loop", t("player.loop"), turn_loop, { "aria-pressed": "false" });
  const sound = knob("sound", t("player.mute"), () => { video.muted = !video.muted; });
  const speed = speeds((chosen) => { video.playbackRate = chosen; });

  function draw() {
    const now = frame();
    scrub.value = String(now);
    scrub.style.setProperty("--done", `${(now / Math.max(1, count - 1)) * 100}%`);
    const time = (now / rate).toFixed(2);
    clock.textContent = t("player.clock", { time, seconds: film.seconds, frame: now + 1, frames: count });
    scrub.setAttribute("aria-valuetext", t("player.frame", { n: now + 1, frames: count }));
  }
  function toggle() {
    if (video.paused) video.play().catch(() => {});
    else video.pause();
  }
  function step(by) {
    video.pause();
    go(frame() + by);
    draw();
  }
  function turn_loop() {
    video.loop = !video.loop;
    loop.button.setAttribute("aria-pressed", String(video.loop));
  }
  function grow() {
    if (document.fullscreenElement) document.exitFullscreen();
    else node.requestFullscreen?.().catch(() => toast(t("player.no_full")));
  }
  function slower(by) {
    const at = SPEEDS.indexOf(video.playbackRate) + by;
    if (!(at in SPEEDS)) return;
    video.playbackRate = SPEEDS[at];
    speed.value = String(SPEEDS[at]);
  }
  const KEYS = {
    " ": toggle, k: toggle, ",": () => step(-1), ".": () => step(1), ArrowLeft: () => step(-1), ArrowRight: () => step(1), j: () => step(-rate), l: turn_loop,
    Home: () => { go(0); draw(); }, End: () => { go(count - 1); draw(); }, m: () => { video.muted = !video.muted; }, f: grow, "[": () => slower(-1), "]": () => slower(1),
  };
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
    if (event.target === scrub && /^(Arrow|Home|End)/.test(event.key)) return;
    if (event.key === " " && event.target.matches("button, a")) return;
    const act = event.shiftKey && event.key.startsWith("Arrow") ? () => step(event.key === "ArrowLeft" ? -rate : rate) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  function run() {
    draw();
    if (!video.paused && !video.ended) requestAnimationFrame(run);
  }
  video.addEventListener("click", () => { toggle(); video.focus({ preventScroll: true }); });
  video.addEventListener("play", () => { play.show("pause", t("player.pause")); node.classList.add("playing"); run(); });
  for (const name of ["pause", "ended"]) video.addEventListener(name, () => { play.show("play", t("player.play")); node.classList.remove("playing"); draw(); });
  for (const name of ["seeked", "loadedmetadata"]) video.addEventListener(name, draw);
  video.addEventListener("volumechange", () => sound.show(video.muted ? "mute" : "sound", t(video.muted ? "player.unmute" : "player.mute")));
  video.addEventListener("error", () => node.append(h("p", { class: "gone", role: "alert" }, t("player.gone"))));

  const big = h("button", { type: "button", class: "start", "aria-hidden": "true", tabindex: "-1", onclick: () => { toggle(); video.focus({ preventScroll: true }); } }, drawing("play").node);
  const node = h("div", { class: "player", role: "group", "aria-label": t("player.group"), onkeydown: keys },
    h("div", { class: "screen" }, video, big),
    h("div", { class: "deck" },
      scrub,
      h("div", { class: "knobs" },
        knob("back", t("player.back"), () => step(-1)).button, play.button, knob("on", t("player.on"), () => step(1)).button, clock,
        h("span", { class: "space" }), loop.button, speed, sound.button, knob("full", t("player.full"), grow).button,
        h("a", { class: "knob", href: local(film.url), download: name, "aria-label": t("player.download"), title: t("player.download") }, drawing("download").node))));
  draw();
  return { node, video, toggle, step };
}

/** What the keys do, for those who like keys. */
export function key_help() {
  const rows = [["Space", "player.key_play"], [", .", "player.key_step"], ["[ ]", "player.key_speed"], ["L", "player.loop"], ["M", "player.key_sound"], ["F", "player.full"]];
  return h("p", { class: "keys small soft" }, rows.map(([keys, words]) => h("span", null, keys.split(" ").map((key) => h("kbd", null, key)), " ", t(words))));
}
