// A film's player: the film, its controls, and what the keys do.
import { h, icon, mount } from "../../dom.js";
import { toast } from "../../shell.js";
import { t } from "../../words.js";
import { deck, drawing, knob, local } from "../deck.js";

/**
 * @param {{url: string, width: number, height: number, seconds: number, frames_per_second: number}} film
 * @param {{poster: string | null, label: string, name: string}} options `name`: what a download is called
 */
export function player(film, { poster, label, name }) {
  const video = h("video", { src: local(film.url), poster, preload: poster ? "metadata" : "auto", playsinline: true, tabindex: "0", "aria-label": label, width: film.width, height: film.height });
  const hush = () => { video.muted = !video.muted; };
  const sound = knob("sound", t("player.mute"), hush);
  const full = knob("full", t("player.full"), grow).button;
  const save = h("a", { class: "knob", href: local(film.url), download: name, "aria-label": t("player.download"), title: t("player.download") }, icon("download"));
  const controls = deck({ label: t("player.group"), words: [t("player.play"), t("player.pause")], more: [sound.button, full, save], keys: { m: hush, f: grow } });
  const press = () => {
    controls.toggle();
    video.focus({ preventScroll: true });
  };
  const start = h("button", { type: "button", class: "start", "aria-hidden": "true", tabindex: "-1", onclick: press }, drawing("play"));
  const node = h("div", { class: "player", onkeydown: controls.pressed }, h("div", { class: "screen" }, video, start), controls.node);
  function grow() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (node.requestFullscreen) node.requestFullscreen().catch(() => {});
    else toast(t("player.no_full"));
  }
  video.addEventListener("click", press);
  for (const name of ["play", "pause"]) video.addEventListener(name, () => node.classList.toggle("playing", name === "play"));
  video.addEventListener("volumechange", () => sound.show(video.muted ? "mute" : "sound", t(video.muted ? "player.unmute" : "player.mute")));
  video.addEventListener("error", () => mount(node, h("div", { class: "ending", role: "alert" }, h("p", null, t("player.gone")))));
  controls.take([{ video, film }]);
  return { node, video };
}

/** What the keys do, for those who like keys. */
export function key_help() {
  const rows = [["Space", "player.key_play"], [", .", "player.key_step"], ["[ ]", "player.key_speed"], ["L", "player.loop"], ["M", "player.key_sound"], ["F", "player.full"]];
  return h("p", { class: "keys small soft" }, rows.map(([keys, words]) => h("span", null, keys.split(" ").map((key) => h("kbd", null, key)), " ", t(words))));
}
