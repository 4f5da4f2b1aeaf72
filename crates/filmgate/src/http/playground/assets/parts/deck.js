// The controls of one film or of several that move together: frame by frame, in a loop, slowly, by mouse and by keys.
import { site } from "../api.js";
import { h, svg } from "../dom.js";
import { number, t } from "../words.js";

const PATHS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  back: "M17 6l-8 6 8 6zM6 6v12",
  on: "M7 6l8 6-8 6zM18 6v12",
  loop: "M17 3l3 3-3 3M20 6H8a4 4 0 0 0-4 4v1M7 21l-3-3 3-3M4 18h12a4 4 0 0 0 4-4v-1",
  sound: "M4 10v4h3l5 4V6l-5 4zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  mute: "M4 10v4h3l5 4V6l-5 4zM16 10l5 5M21 10l-5 5",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
};
const SPEEDS = [0.1, 0.25, 0.5, 1, 1.5, 2];
const DRIFT_S = 0.12;

/** A drawing of the above. */
export const drawing = (name) =>
  svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );

/** A button with a drawing on it; `show` changes both. */
export function knob(name, label, onclick, props = {}) {
  const button = h(
    "button",
    { type: "button", class: "knob", "aria-label": label, title: label, onclick, ...props },
    drawing(name),
  );
  function show(next, words) {
    button.querySelector("path").setAttribute("d", PATHS[next]);
    button.setAttribute("aria-label", words);
    button.title = words;
  }
  return { button, show };
}

/** Whether an address is that of an upload to this server, under any of the names that the page knows. */
export function is_file_of_ours(url) {
  const { origin, pathname } = new URL(url, location.href);
  return [location.origin, new URL(site.base).origin].includes(origin) && pathname.startsWith("/files/");
}

/** A link on this origin to what the server may call by its full address, so that a page plays it under any of the server's names. */
export function local(url) {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}

/** The bar of controls; `take` puts films under it, `pressed` is for the keys of whatever holds it. */
export class Deck {
  reels = [];
  rate = 24;
  count = 1;
  /** The frame that was asked for and is not shown yet. @type {number | null} */
  wanted = null;
  is_looping = false;
  is_running = false;

  /**
   * @param {{label: string, words: [string, string], more?: Node[], keys?: Record<string, () => void>}} options `words`: what playing and
   * pausing are called; `more` and `keys`: further controls
   */
  constructor({ label, words, more = [], keys = {} }) {
    this.words = words;
    this.keys = { ...this.own_keys(), ...keys };
    this.scrub = this.slider();
    this.clock = h("output", { class: "clock", "aria-live": "off" });
    this.play = knob("play", words[0], () => this.toggle());
    this.loop = knob("loop", t("player.loop"), () => this.turn_loop(), { "aria-pressed": "false" });
    this.speed = this.speeds();
    const back = knob("back", t("player.back"), () => this.step(-1));
    const on = knob("on", t("player.on"), () => this.step(1));
    const space = h("span", { class: "space" });
    const knobs = [back.button, this.play.button, on.button, this.clock, space, this.loop.button, this.speed, more];
    const props = { class: "deck", role: "group", "aria-label": label };
    this.node = h("div", props, this.scrub, h("div", { class: "knobs" }, knobs));
  }

  own_keys = () => ({
    " ": () => this.toggle(),
    k: () => this.toggle(),
    ",": () => this.step(-1),
    ".": () => this.step(1),
    ArrowLeft: () => this.step(-1),
    ArrowRight: () => this.step(1),
    l: () => this.turn_loop(),
    Home: () => this.go(0),
    End: () => this.go(this.count - 1),
    "[": () => this.hurry_by(-1),
    "]": () => this.hurry_by(1),
  });

  slider() {
    const oninput = () => this.go(Number(this.scrub.value));
    const props = { type: "range", class: "scrub", min: "0", step: "1", value: "0", oninput };
    return h("input", { ...props, "aria-label": t("player.position") });
  }

  speeds() {
    const option = (each) => h("option", { value: String(each), selected: each === 1 }, `${number(each)}×`);
    const label = t("player.speed");
    const onchange = () => this.hurry(Number(this.speed.value));
    return h("select", { class: "knob speed", "aria-label": label, title: label, onchange }, SPEEDS.map(option));
  }

  videos = () => this.reels.map(({ video }) => video);
  /** The longest film is the clock of the others. */
  first = () => this.reels[0]?.video;
  is_playing = () => this.videos().some((video) => !video.paused && !video.ended);

  /** The frame that is shown, or will be. */
  frame() {
    const now = Math.floor((this.first()?.currentTime ?? 0) * this.rate + 0.01);
    return this.wanted ?? Math.min(Math.max(now, 0), this.count - 1);
  }

  draw() {
    const { count, rate, node } = this;
    const now = this.frame();
    const is_on = this.is_playing();
    const time = (now / rate).toFixed(2);
    const seconds = Math.round((count / rate) * 100) / 100;
    this.scrub.value = String(now);
    this.scrub.style.setProperty("--done", `${(now / Math.max(1, count - 1)) * 100}%`);
    this.scrub.setAttribute("aria-valuetext", t("player.frame", { n: now + 1, frames: count }));
    this.clock.textContent = t("player.clock", { time, seconds, frame: now + 1, frames: count });
    if (node.classList.contains("playing") === is_on) return;
    node.classList.toggle("playing", is_on);
    this.play.show(is_on ? "pause" : "play", this.words[is_on ? 1 : 0]);
  }

  /** Goes to a frame's middle, because its edges belong to two frames; a film that is shorter stays at its last one. */
  go(to) {
    this.wanted = Math.min(Math.max(to, 0), this.count - 1);
    for (const { video, seconds } of this.reels)
      video.currentTime = Math.min(this.wanted + 0.5, seconds * this.rate - 0.5) / this.rate;
    this.draw();
  }

  toggle() {
    if (this.is_playing()) return this.stop();
    if (this.frame() >= this.count - 1) this.go(0);
    for (const video of this.videos()) video.play().catch(() => {});
  }

  stop() {
    for (const video of this.videos()) video.pause();
  }

  step(by) {
    this.stop();
    this.go(this.frame() + by);
  }

  turn_loop() {
    this.is_looping = !this.is_looping;
    this.loop.button.setAttribute("aria-pressed", String(this.is_looping));
    this.set_loops();
  }

  /** A film alone loops without a gap; several begin again together. */
  set_loops() {
    for (const video of this.videos()) video.loop = this.is_looping && this.reels.length === 1;
  }

  hurry(to) {
    if (!SPEEDS.includes(to)) return;
    for (const video of this.videos()) video.playbackRate = to;
    this.speed.value = String(to);
  }

  hurry_by(by) {
    this.hurry(SPEEDS[SPEEDS.indexOf(Number(this.speed.value)) + by]);
  }

  /** Follows the films frame by frame while they play, and keeps the others with the first. */
  run() {
    this.is_running = this.is_playing() && this.node.isConnected;
    const at = this.first()?.currentTime;
    for (const { video, seconds } of this.reels.slice(1)) {
      const is_free = !video.ended && !video.seeking && at < seconds;
      if (is_free && Math.abs(video.currentTime - at) > DRIFT_S) video.currentTime = at;
    }
    this.draw();
    if (this.is_running) requestAnimationFrame(() => this.run());
    else if (this.first()?.ended && this.is_looping) this.toggle();
  }

  /** Keys that were pressed anywhere in the player, except where they mean something else. */
  pressed(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("select")) return;
    if (target === this.scrub && /^(Arrow|Home|End)/.test(key)) return;
    if (key === " " && target.matches("button, a, input")) return;
    const is_second = event.shiftKey && key.startsWith("Arrow");
    const second = () => this.step(key === "ArrowLeft" ? -this.rate : this.rate);
    const act = is_second ? second : this.keys[key.length === 1 ? key.toLowerCase() : key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Puts films under these controls; one without `seconds` tells its length itself. @param {{video: HTMLVideoElement, film: {seconds?: number, frames_per_second: number}}[]} films */
  take(films) {
    const again = () => this.take(films);
    for (const { video, film } of films)
      if (!film.seconds && !video.duration) video.addEventListener("loadedmetadata", again, { once: true });
    this.reels = films
      .map(({ video, film }) => ({ video, seconds: film.seconds || video.duration || 0 }))
      .sort((a, b) => b.seconds - a.seconds);
    this.rate = Math.max(...films.map(({ film }) => film.frames_per_second || 24), 1);
    this.count = Math.max(1, Math.round((this.reels[0]?.seconds ?? 0) * this.rate));
    this.scrub.max = String(this.count - 1);
    for (const video of this.videos()) this.watch(video);
    this.set_loops();
    this.node.hidden = this.reels.length === 0;
    this.draw();
  }

  watch(video) {
    video.onplay = () => {
      this.wanted = null;
      if (!this.is_running) this.run();
    };
    video.onpause = () => this.draw();
    video.onseeked = () => {
      if (this.videos().some(({ seeking }) => seeking)) return;
      this.wanted = null;
      this.draw();
    };
    video.playbackRate = Number(this.speed.value);
  }
}
