// A storyboard: scenes with lengths, a strip that shows them, and tools that make them add up to the film.
import { h, icon, mount } from "../dom.js";
import { say } from "../shell.js";
import { number, t } from "../words.js";
import { place } from "./field.js";

const rounded = (seconds) => Math.round(seconds * 10) / 10;

/** Lengths in tenths that add up to `seconds` exactly. @returns {number[]} */
export function shared_out(seconds, count) {
  const tenths = Math.round(seconds * 10);
  return Array.from({ length: count }, (_, at) => (Math.floor((tenths * (at + 1)) / count) - Math.floor((tenths * at) / count)) / 10);
}

/** The field; `film_seconds()` is the length that the scenes share. */
export function storyboard_field(parameter, value, change, film_seconds) {
  /** @type {{scene: string, seconds: number}[]} */
  let shots = [];
  const rows = h("ol", { class: "shots" });
  const strip = h("div", { class: "strip" });
  const sum = h("p", { class: "hint sum" });
  const add = h("button", { type: "button", class: "button small", onclick: () => { const rest = rounded(film_seconds() - total()); put([...shots, { scene: "", seconds: Math.max(parameter.seconds_min ?? 0.1, Math.min(rest > 0 ? rest : 1, parameter.seconds_max ?? 99)) }], shots.length); } }, icon("plus"), t("scene_add"));
  const share = h("button", { type: "button", class: "button small", onclick: () => { const lengths = shared_out(film_seconds(), shots.length); put(shots.map((shot, at) => ({ ...shot, seconds: lengths[at] }))); say(t("scenes_shared")); } }, icon("film"), t("scene_share"));
  const controls = [];
  const made = place(parameter, { body: [strip, rows, h("div", { class: "row" }, add, share), sum], controls, is_group: true, aside: h("span", { class: "count" }) });
  const count = made.element.querySelector(".count");

  const total = () => rounded(shots.reduce((all, shot) => all + (Number(shot.seconds) || 0), 0));
  const tell = () => change(shots.length ? shots.map(({ scene, seconds }) => ({ scene, seconds })) : undefined);

  /** Takes a new list, draws it, and gives the focus to the scene at `focus`. */
  function put(next, focus = -1) {
    shots = next;
    draw();
    tell();
    if (focus >= 0) rows.children[focus]?.querySelector("textarea").focus();
  }
  function move(at, by) {
    if (at + by < 0 || at + by >= shots.length) return;
    const next = [...shots];
    next.splice(at + by, 0, ...next.splice(at, 1));
    put(next, at + by);
    say(t("scene_moved", { n: at + by + 1, max: shots.length }));
  }
  function weigh() {
    const film = film_seconds();
    const rest = rounded(film - total());
    const whole = Math.max(film, total());
    mount(strip, h("div", { class: "sprockets" }), h("div", { class: "cells" },
      shots.map((shot, at) => h("span", { class: "cell", style: { flexGrow: String((Number(shot.seconds) || 0) / whole) } }, h("b", null, at + 1), h("small", null, number(shot.seconds)))),
      rest > 0 && h("span", { class: "cell rest", style: { flexGrow: String(rest / whole) } })), h("div", { class: "sprockets" }));
    strip.setAttribute("role", "img");
    strip.setAttribute("aria-label", t("strip", { list: shots.map((shot) => number(shot.seconds)).join(" + "), sum: total(), film }));
    sum.textContent = rest === 0 ? t("sum_right", { film }) : rest > 0 ? t("sum_short", { sum: total(), film, rest }) : t("sum_long", { sum: total(), film, rest: -rest });
    sum.className = `hint sum ${rest < 0 ? "wrong" : rest === 0 ? "right" : ""}`;
  }
  function row(shot, at) {
    const scene = h("textarea", { class: "input", rows: 2, value: shot.scene, placeholder: t("scene_example"), "aria-label": t("scene_n", { n: at + 1 }), oninput: () => { shot.scene = scene.value; tell(); } });
    const seconds = h("input", { class: "input", type: "number", min: parameter.seconds_min ?? 0.1, max: parameter.seconds_max, step: 0.1, value: String(shot.seconds), "aria-label": t("scene_seconds", { n: at + 1 }), oninput: () => { shot.seconds = rounded(Number(seconds.value)); weigh(); tell(); } });
    controls.push(scene, seconds);
    const tool = (kind, label, run, off) => h("button", { type: "button", class: "button icon small plain", "aria-label": `${label}: ${t("scene_n", { n: at + 1 })}`, title: label, disabled: off, onclick: run }, icon(kind));
    const keys = (event) => {
      const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by) { event.preventDefault(); move(at, by); }
    };
    const item = h("li", { class: "shot", onkeydown: keys }, h("span", { class: "ordinal", draggable: "true", title: t("drag") }, at + 1), scene,
      h("label", { class: "length" }, seconds, h("span", { "aria-hidden": "true" }, t("seconds_unit"))),
      h("div", { class: "shot-tools" }, tool("up", t("earlier"), () => move(at, -1), at === 0), tool("down", t("later"), () => move(at, 1), at === shots.length - 1),
        tool("close", t("remove"), () => { put(shots.filter((_, index) => index !== at), Math.max(0, at - 1)); }, shots.length === 1)));
    const handle = item.firstChild;
    handle.addEventListener("dragstart", (event) => { event.dataTransfer.setData("application/x-scene", String(at)); event.dataTransfer.setDragImage(item, 20, 20); });
    item.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("application/x-scene")) { event.preventDefault(); item.classList.add("target"); } });
    item.addEventListener("dragleave", () => item.classList.remove("target"));
    item.addEventListener("drop", (event) => {
      const from = event.dataTransfer.getData("application/x-scene");
      item.classList.remove("target");
      if (from !== "") { event.preventDefault(); move(Number(from), at - Number(from)); }
    });
    return item;
  }
  function draw() {
    controls.length = 0;
    mount(rows, shots.map(row));
    count.textContent = t("of", { n: shots.length, max: parameter.items_max ?? 10 });
    add.hidden = shots.length >= (parameter.items_max ?? 10);
    weigh();
  }
  const set = (next) => {
    const lengths = shared_out(film_seconds(), 2);
    shots = (next ?? lengths.map((seconds) => ({ scene: "", seconds }))).map((shot) => ({ ...shot }));
    draw();
  };
  set(value);
  return { ...made, set, weigh, value: () => shots, focus: () => (controls.find((control) => control.value === "") ?? controls[0])?.focus() };
}
