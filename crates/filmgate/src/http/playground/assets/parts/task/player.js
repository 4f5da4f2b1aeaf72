// A film's player: the film, its controls, and what the keys do.
import { h, id, mount } from "../../dom.js";
import { toast } from "../../shell.js";
import { number, t } from "../../words.js";
import { deck, drawing, knob, local } from "../deck.js";

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

/**
 * @param {{url: string, width: number, height: number, seconds: number, frames_per_second: number}} film
 * @param {{poster: string | null, label: string}} options
 */
export function player(film, { poster, label }) {
  const video = h("video", {
    src: local(film.url),
    poster,
    preload: poster ? "metadata" : "auto",
    playsinline: true,
    tabindex: "0",
    "aria-label": label,
    width: film.width,
    height: film.height,
  });
  const hush = () => {
    video.muted = !video.muted;
  };
  const sound = knob("sound", t("player.mute"), hush);
  const full = knob("full", t("player.full"), grow).button;
  const help = key_help();
  const keys = h(
    "button",
    {
      type: "button",
      class: "knob keyed",
      popovertarget: help.id,
      "aria-label": t("player.keys"),
      title: t("player.keys"),
    },
    "?",
  );
  const words = [t("player.play"), t("player.pause")];
  const controls = deck({
    label: t("player.group"),
    words,
    more: [sound.button, full, keys, help],
    keys: { m: hush, f: grow },
  });
  const press = () => {
    controls.toggle();
    video.focus({ preventScroll: true });
  };
  const start = h(
    "button",
    { type: "button", class: "start", "aria-hidden": "true", tabindex: "-1", onclick: press },
    drawing("play"),
  );
  const node = h(
    "div",
    { class: "player", onkeydown: controls.pressed },
    h("div", { class: "screen" }, video, start),
    controls.node,
  );
  function grow() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (node.requestFullscreen) node.requestFullscreen().catch(() => {});
    else toast(t("player.no_full"));
  }
  video.addEventListener("click", press);
  for (const name of ["play", "pause"])
    video.addEventListener(name, () => node.classList.toggle("playing", name === "play"));
  video.addEventListener("volumechange", () =>
    sound.show(video.muted ? "mute" : "sound", t(video.muted ? "player.unmute" : "player.mute")),
  );
  video.addEventListener("error", () =>
    mount(node, h("div", { class: "ending", role: "alert" }, h("p", null, t("player.gone")))),
  );
  controls.take([{ video, film }]);
  controls.node.prepend(still(film, controls.node.querySelector(".scrub")));
  return { node, video };
}

/** What the keys do, for those who like keys. */
function key_help() {
  const rows = [
    ["Space", "player.key_play"],
    [", .", "player.key_step"],
    ["[ ]", "player.key_speed"],
    ["L", "player.loop"],
    ["M", "player.key_sound"],
    ["F", "player.full"],
  ];
  const row = ([keys, words]) => [
    h(
      "dt",
      null,
      keys.split(" ").map((key) => h("kbd", null, key)),
    ),
    h("dd", null, t(words)),
  ];
  return h(
    "div",
    { class: "card keys", id: id("keys"), popover: "auto" },
    h("strong", null, t("player.keys")),
    h("dl", { class: "facts" }, rows.map(row)),
  );
}
