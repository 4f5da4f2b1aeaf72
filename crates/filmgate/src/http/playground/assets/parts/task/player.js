// A film's player: the film, its controls, and what the keys do.
import { h, id, mount } from "../../dom.js";
import { toast } from "../../shell.js";
import { number, t } from "../../words.js";
import { Deck, drawing, knob, local } from "../deck.js";

const KEYS = [
  ["Space", "player.key_play"],
  [", .", "player.key_step"],
  ["[ ]", "player.key_speed"],
  ["L", "player.loop"],
  ["M", "player.key_sound"],
  ["F", "player.full"],
];

/** The frame that the pointer is at, above the scrubber; it comes from the film itself. */
function still(film, scrub) {
  const video = h("video", { muted: true, playsinline: true, preload: "auto" });
  const time = h("span", { class: "number" });
  const box = h("div", { class: "still", "aria-hidden": "true", hidden: true }, time);
  let wanted_s = 0;
  const seek = () => {
    if (Math.abs(video.currentTime - wanted_s) > 0.001) video.currentTime = wanted_s;
  };
  video.addEventListener("loadedmetadata", seek);
  video.addEventListener("seeked", seek);
  function point({ clientX, pointerType }) {
    if (pointerType !== "mouse") return;
    if (!video.src) {
      video.src = local(film.url);
      box.prepend(video);
    }
    const { left, width } = scrub.getBoundingClientRect();
    const frame = Math.round(Math.min(Math.max((clientX - left) / width, 0), 1) * Number(scrub.max));
    wanted_s = (frame + 0.5) / (film.frames_per_second || 24);
    if (video.readyState > 0 && !video.seeking) seek();
    time.textContent = t("s", { n: number(Math.round(wanted_s * 10) / 10) });
    box.style.left = `${Math.min(Math.max(clientX - left, 80), width - 80)}px`;
    box.hidden = false;
  }
  scrub.addEventListener("pointermove", point);
  scrub.addEventListener("pointerleave", () => {
    box.hidden = true;
  });
  return box;
}

/** The film as browsers show it. */
function screening(film, poster, label) {
  const shape = { width: film.width, height: film.height };
  const preload = poster ? "metadata" : "auto";
  return h("video", {
    src: local(film.url),
    poster,
    preload,
    playsinline: true,
    tabindex: "0",
    "aria-label": label,
    ...shape,
  });
}

/** The button that turns the sound off and on. */
function sound_knob(video) {
  const hush = () => {
    video.muted = !video.muted;
  };
  const sound = knob("sound", t("player.mute"), hush);
  const show = () => sound.show(video.muted ? "mute" : "sound", t(video.muted ? "player.unmute" : "player.mute"));
  video.addEventListener("volumechange", show);
  return { button: sound.button, hush };
}

/** The film alone on the whole screen, or back in its page. */
function grow(node) {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (node.requestFullscreen) node.requestFullscreen().catch(() => {});
  else toast(t("player.no_full"));
}

/**
 * @param {{url: string, width: number, height: number, seconds: number, frames_per_second: number}} film
 * @param {{poster: string | null, label: string}} options
 */
export function player(film, { poster, label }) {
  const video = screening(film, poster, label);
  const node = h("div", { class: "player", onkeydown: (event) => controls.pressed(event) });
  const { button: sound, hush } = sound_knob(video);
  const full = knob("full", t("player.full"), () => grow(node)).button;
  const controls = new Deck({
    label: t("player.group"),
    words: [t("player.play"), t("player.pause")],
    more: [sound, full, key_help()],
    keys: { m: hush, f: () => grow(node) },
  });
  const press = () => {
    controls.toggle();
    video.focus({ preventScroll: true });
  };
  const unseen = { "aria-hidden": "true", tabindex: "-1" };
  const start = h("button", { type: "button", class: "start", onclick: press, ...unseen }, drawing("play"));
  const look = () => node.classList.toggle("playing", !video.paused);
  const gone = () => mount(node, h("div", { class: "ending", role: "alert" }, h("p", null, t("player.gone"))));
  for (const [name, hear] of Object.entries({ click: press, play: look, pause: look, error: gone }))
    video.addEventListener(name, hear);
  mount(node, h("div", { class: "screen" }, video, start), controls.node);
  controls.take([{ video, film }]);
  controls.node.prepend(still(film, controls.scrub));
  return { node, video };
}

/** What the keys do, for those who like keys: a button, and what it opens. */
function key_help() {
  const row = ([keys, words]) => {
    const names = keys.split(" ").map((key) => h("kbd", null, key));
    return [h("dt", null, names), h("dd", null, t(words))];
  };
  const title = t("player.keys");
  const list = h("dl", { class: "facts" }, KEYS.map(row));
  const box = h("div", { class: "card keys", id: id("keys"), popover: "auto" }, h("strong", null, title), list);
  const props = { type: "button", class: "knob keyed", popovertarget: box.id, "aria-label": title, title };
  return [h("button", props, "?"), box];
}
