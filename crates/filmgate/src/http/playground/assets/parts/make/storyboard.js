// A storyboard: scenes with lengths, a strip that shows them, and tools that make them add up to the film.
import { h, icon, mount } from "../../dom.js";
import { say } from "../../shell.js";
import { number, t } from "../../words.js";
import { place } from "../field.js";

const DRAGGED = "application/x-scene";
const rounded = (seconds) => Math.round(seconds * 10) / 10;

/** Lengths in tenths that add up to `seconds` exactly. @returns {number[]} */
export function shared_out(seconds, count) {
  const until = (at) => Math.floor((Math.round(seconds * 10) * at) / count);
  return Array.from({ length: count }, (_, at) => (until(at + 1) - until(at)) / 10);
}

/** The field; `film_seconds()` is the length that the scenes share. */
export class Storyboard {
  /** @type {{scene: string, seconds: number}[]} */
  shots = [];
  controls = [];

  constructor(parameter, value, change, film_seconds) {
    Object.assign(this, {
      limits: { items_max: 10, seconds_min: 0.1, seconds_max: 99, ...parameter },
      change,
      film_seconds,
    });
    this.strip = h("div", { class: "strip", role: "img" });
    this.rows = h("ol", { class: "shots" });
    this.sum = h("p", { class: "hint sum" });
    this.count = h("span", { class: "count" });
    this.add = h(
      "button",
      { type: "button", class: "button small", onclick: () => this.append() },
      icon("plus"),
      t("scene_add"),
    );
    const share = h("button", { type: "button", class: "button small", onclick: () => this.share() }, t("scene_share"));
    const body = [this.strip, this.rows, h("div", { class: "row" }, this.add, share), this.sum];
    const { element, blame } = place(parameter, { body, controls: this.controls, is_group: true, aside: this.count });
    Object.assign(this, { element, blame });
    this.set(value);
  }

  total = () => rounded(this.shots.reduce((all, shot) => all + (Number(shot.seconds) || 0), 0));
  value = () => this.shots.map(({ scene, seconds }) => ({ scene, seconds }));
  focus = () => (this.controls.find((control) => control.value === "") ?? this.controls[0])?.focus();

  set(shots) {
    const empty = () => shared_out(this.film_seconds(), 2).map((seconds) => ({ scene: "", seconds }));
    this.shots = (shots ?? empty()).map((shot) => ({ ...shot }));
    this.draw();
  }

  /** Takes a new list, and gives the focus to the scene at `focus`. */
  put(shots, focus) {
    this.set(shots);
    this.change(this.value());
    this.rows.children[focus]?.querySelector("textarea").focus();
  }

  append() {
    const rest = rounded(this.film_seconds() - this.total());
    const seconds = Math.max(this.limits.seconds_min, Math.min(rest > 0 ? rest : 1, this.limits.seconds_max));
    this.put([...this.shots, { scene: "", seconds }], this.shots.length);
  }

  share() {
    this.put(this.spread(), -1);
    say(t("scenes_shared"));
  }

  /** The scenes, equally long. */
  spread() {
    const lengths = shared_out(this.film_seconds(), this.shots.length);
    return this.shots.map((shot, at) => ({ ...shot, seconds: lengths[at] }));
  }

  move(at, by) {
    const to = at + by;
    if (to < 0 || to >= this.shots.length) return;
    const shots = [...this.shots];
    shots.splice(to, 0, ...shots.splice(at, 1));
    this.put(shots, to);
    say(t("scene_moved", { n: to + 1, max: shots.length }));
  }

  draw() {
    this.controls.length = 0;
    mount(
      this.rows,
      this.shots.map((shot, at) => this.row(shot, at)),
    );
    this.count.textContent = t("of", { n: this.shots.length, max: this.limits.items_max });
    this.add.hidden = this.shots.length >= this.limits.items_max;
    this.weigh();
  }

  /** Draws the strip and says whether the lengths add up. */
  weigh() {
    const [film, sum] = [this.film_seconds(), this.total()];
    const rest = rounded(film - sum);
    const grow = (seconds) => ({ flexGrow: String((Number(seconds) || 0) / Math.max(film, sum)) });
    const cells = this.shots.map((shot, at) =>
      h(
        "span",
        { class: "cell", style: grow(shot.seconds), onclick: () => this.controls[2 * at].focus() },
        h("b", null, at + 1),
        h("small", null, number(shot.seconds)),
      ),
    );
    mount(
      this.strip,
      h("div", { class: "sprockets" }),
      h("div", { class: "cells" }, cells, rest > 0 && h("span", { class: "cell rest", style: grow(rest) })),
      h("div", { class: "sprockets" }),
    );
    this.strip.setAttribute(
      "aria-label",
      t("strip", { list: this.shots.map(({ seconds }) => number(seconds)).join(" + "), sum, film }),
    );
    const [key, kind] = rest === 0 ? ["sum_right", "right"] : rest > 0 ? ["sum_short", ""] : ["sum_long", "wrong"];
    this.sum.textContent = t(key, { sum, film, rest: Math.abs(rest) });
    this.sum.className = `hint sum ${kind}`;
  }

  row(shot, at) {
    const n = at + 1;
    const scene = h("textarea", {
      class: "input",
      rows: 2,
      value: shot.scene,
      placeholder: t("scene_example"),
      "aria-label": t("scene_n", { n }),
      oninput: () => {
        shot.scene = scene.value;
        this.change(this.value());
      },
    });
    const { seconds_min: min, seconds_max: max } = this.limits;
    const seconds = h("input", {
      class: "input",
      type: "number",
      min,
      max,
      step: 0.1,
      value: String(shot.seconds),
      "aria-label": t("scene_seconds", { n }),
      oninput: () => {
        shot.seconds = rounded(Number(seconds.value));
        this.weigh();
        this.change(this.value());
      },
    });
    this.controls.push(scene, seconds);
    const item = h(
      "li",
      { class: "shot" },
      h("span", { class: "ordinal", draggable: "true", title: t("drag") }, n),
      scene,
      h("label", { class: "length" }, seconds, h("span", { "aria-hidden": "true" }, t("seconds_unit"))),
      this.tools(at),
    );
    this.movable(item, at);
    return item;
  }

  tools(at) {
    const tool = (kind, label, run, is_off) =>
      h(
        "button",
        {
          type: "button",
          class: "button icon small plain",
          "aria-label": `${label}: ${t("scene_n", { n: at + 1 })}`,
          title: label,
          disabled: is_off,
          onclick: run,
        },
        icon(kind),
      );
    const without = () =>
      this.put(
        this.shots.filter((_, index) => index !== at),
        Math.max(0, at - 1),
      );
    return h(
      "div",
      { class: "shot-tools" },
      tool("up", t("earlier"), () => this.move(at, -1), at === 0),
      tool("down", t("later"), () => this.move(at, 1), at === this.shots.length - 1),
      tool("close", t("remove"), without, this.shots.length === 1),
    );
  }

  /** By Alt and an arrow key, or by dragging its number. */
  movable(item, at) {
    item.addEventListener("keydown", (event) => {
      const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.move(at, by);
    });
    item.firstChild.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData(DRAGGED, String(at));
      event.dataTransfer.setDragImage(item, 20, 20);
    });
    item.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      item.classList.add("target");
    });
    item.addEventListener("dragleave", () => item.classList.remove("target"));
    item.addEventListener("drop", (event) => {
      item.classList.remove("target");
      const from = event.dataTransfer.getData(DRAGGED);
      if (from === "") return;
      event.preventDefault();
      this.move(Number(from), at - Number(from));
    });
  }
}
