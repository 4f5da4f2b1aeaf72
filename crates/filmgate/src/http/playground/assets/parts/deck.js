// The controls of one film or of several that move together: frame by frame, in a loop, slowly, by mouse and by keys.
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

/** A link on this origin to what the server may call by its full address, so that a page plays it under any of the server's names. */
export function local(url) {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}

/**
 * @param {{label: string, words: [string, string], more?: Node[], keys?: Record<string, () => void>}} options `words`: what playing and
 * pausing are called; `more` and `keys`: further controls
 */
export function deck({ label, words: [play_words, pause_words], more = [], keys = {} }) {
  let reels = [];
  let [rate, count] = [24, 1];
  let wanted = null;
  let is_looping = false;
  const scrub = h("input", {
    type: "range",
    class: "scrub",
    min: "0",
    step: "1",
    value: "0",
    "aria-label": t("player.position"),
    oninput: () => go(Number(scrub.value)),
  });
  const clock = h("output", { class: "clock", "aria-live": "off" });
  const play = knob("play", play_words, toggle);
  const loop = knob("loop", t("player.loop"), turn_loop, { "aria-pressed": "false" });
  const speed = h(
    "select",
    {
      class: "knob speed",
      "aria-label": t("player.speed"),
      title: t("player.speed"),
      onchange: () => hurry(Number(speed.value)),
    },
    SPEEDS.map((each) => h("option", { value: String(each), selected: each === 1 }, `${number(each)}×`)),
  );
  const node = h(
    "div",
    { class: "deck", role: "group", "aria-label": label },
    scrub,
    h(
      "div",
      { class: "knobs" },
      knob("back", t("player.back"), () => step(-1)).button,
      play.button,
      knob("on", t("player.on"), () => step(1)).button,
      clock,
      h("span", { class: "space" }),
      loop.button,
      speed,
      more,
    ),
  );

  const videos = () => reels.map(({ video }) => video);
  /** The longest film is the clock of the others. */
  const first = () => reels[0]?.video;
  const frame = () => wanted ?? Math.min(Math.max(Math.floor((first()?.currentTime ?? 0) * rate + 0.01), 0), count - 1);
  const is_playing = () => videos().some((video) => !video.paused && !video.ended);

  function draw() {
    const now = frame();
    const is_on = is_playing();
    scrub.value = String(now);
    scrub.style.setProperty("--done", `${(now / Math.max(1, count - 1)) * 100}%`);
    scrub.setAttribute("aria-valuetext", t("player.frame", { n: now + 1, frames: count }));
    clock.textContent = t("player.clock", {
      time: (now / rate).toFixed(2),
      seconds: Math.round((count / rate) * 100) / 100,
      frame: now + 1,
      frames: count,
    });
    if (node.classList.contains("playing") === is_on) return;
    node.classList.toggle("playing", is_on);
    play.show(is_on ? "pause" : "play", is_on ? pause_words : play_words);
  }
  /** Goes to a frame's middle, because its edges belong to two frames; a film that is shorter stays at its last one. */
  function go(to) {
    wanted = Math.min(Math.max(to, 0), count - 1);
    for (const { video, seconds } of reels) video.currentTime = Math.min(wanted + 0.5, seconds * rate - 0.5) / rate;
    draw();
  }
  function toggle() {
    if (is_playing()) return stop();
    if (frame() >= count - 1) go(0);
    for (const video of videos()) video.play().catch(() => {});
  }
  function stop() {
    for (const video of videos()) video.pause();
  }
  function step(by) {
    stop();
    go(frame() + by);
  }
  function turn_loop() {
    is_looping = !is_looping;
    loop.button.setAttribute("aria-pressed", String(is_looping));
    // A film alone loops without a gap.
    if (reels.length === 1) first().loop = is_looping;
  }
  function hurry(to) {
    if (!SPEEDS.includes(to)) return;
    for (const video of videos()) video.playbackRate = to;
    speed.value = String(to);
  }
  const slower = (by) => hurry(SPEEDS[SPEEDS.indexOf(Number(speed.value)) + by]);
  let is_running = false;
  function run() {
    is_running = is_playing() && node.isConnected;
    for (const { video, seconds } of reels.slice(1)) {
      const at = first().currentTime;
      if (!video.ended && !video.seeking && at < seconds && Math.abs(video.currentTime - at) > DRIFT_S)
        video.currentTime = at;
    }
    draw();
    if (is_running) return requestAnimationFrame(run);
    if (first()?.ended && is_looping) toggle();
  }
  const KEYS = {
    " ": toggle,
    k: toggle,
    ",": () => step(-1),
    ".": () => step(1),
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    l: turn_loop,
    Home: () => go(0),
    End: () => go(count - 1),
    "[": () => slower(-1),
    "]": () => slower(1),
    ...keys,
  };
  /** Keys that were pressed anywhere in the player, except where they mean something else. */
  function pressed(event) {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.target.matches("select") ||
      (event.target === scrub && /^(Arrow|Home|End)/.test(event.key))
    )
      return;
    if (event.key === " " && event.target.matches("button, a, input")) return;
    const act =
      event.shiftKey && event.key.startsWith("Arrow")
        ? () => step(event.key === "ArrowLeft" ? -rate : rate)
        : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  /** Puts films under these controls; one without `seconds` tells its length itself. @param {{video: HTMLVideoElement, film: {seconds?: number, frames_per_second: number}}[]} films */
  function take(films) {
    for (const { video, film } of films)
      if (!film.seconds && !video.duration) video.addEventListener("loadedmetadata", () => take(films), { once: true });
    reels = films
      .map(({ video, film }) => ({ video, seconds: film.seconds || video.duration || 0 }))
      .sort((a, b) => b.seconds - a.seconds);
    rate = Math.max(...films.map(({ film }) => film.frames_per_second || 24), 1);
    count = Math.max(1, Math.round((reels[0]?.seconds ?? 0) * rate));
    scrub.max = String(count - 1);
    for (const { video } of reels) {
      video.onplay = () => {
        wanted = null;
        if (!is_running) run();
      };
      video.onpause = draw;
      video.onseeked = () => {
        if (!videos().some(({ seeking }) => seeking)) {
          wanted = null;
          draw();
        }
      };
      video.playbackRate = Number(speed.value);
    }
    node.hidden = reels.length === 0;
    draw();
  }
  return { node, take, toggle, pressed };
}
