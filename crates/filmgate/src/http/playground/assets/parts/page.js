// What the lists of the playground share: the head of a page, a block that loads, a secret that is shown once.
import { h, icon, id, mount } from "../dom.js";
import { copier, failure, style } from "../shell.js";
import { ago, exactly, t } from "../words.js";

await style("pages");

/** The head of a page: its name, a sentence about it, and what can be done. */
export const head = (title, lead, ...actions) =>
  h(
    "div",
    { class: "page-head" },
    h("div", null, h("h1", null, title), h("p", { class: "lead" }, lead)),
    actions.length > 0 && h("div", { class: "row" }, actions),
  );

/** A part of a page under a heading, with a sentence beside it. */
export function section(title, hint, ...children) {
  const name = id("part");
  return h(
    "section",
    { class: "part", "aria-labelledby": name },
    h("div", { class: "part-head" }, h("h2", { id: name }, title), hint && h("p", { class: "soft" }, hint)),
    children,
  );
}

/**
 * A block that waits for `read()` and then holds what `draw(value)` makes; a refusal may be drawn by `refused(error)`. `room`: the height that is kept for it,
 * so that what stands below stays where it is.
 * @returns {HTMLElement & {reload: () => Promise<void>}}
 */
export function loaded(read, draw, { refused = () => null, room = "12rem" } = {}) {
  const bars = [60, 100, 85].map((width) => h("div", { class: "skeleton tall", style: { width: `${width}%` } }));
  const block = h("div", { class: "stack", "aria-busy": "true", style: { minHeight: room } }, bars);
  block.reload = async () => {
    const made = await read().then(
      (value) => () => draw(value),
      (error) => () => refused(error) ?? failure(error, block.reload),
    );
    block.removeAttribute("aria-busy");
    block.style.minHeight = "";
    mount(block, made());
  };
  block.reload();
  return block;
}

/** An empty list: what would stand here, and how the first one comes. */
export const empty = (picture, title, text, ...actions) =>
  h("div", { class: "empty" }, icon(picture), h("h3", null, title), h("p", null, text), actions);

/** A moment: how long ago, and exactly for who points at it. */
export const moment = (ms) => h("time", { datetime: new Date(ms).toISOString(), title: exactly(ms) }, ago(ms));

/** A secret that no later page shows again. */
export function secret(title, text, hint) {
  const box = h(
    "div",
    { class: "notice good secret", role: "status", tabindex: "-1" },
    h("p", null, h("strong", null, title)),
    h(
      "div",
      { class: "row between" },
      h("code", null, text),
      copier(() => text),
    ),
    h("p", { class: "small" }, hint),
  );
  requestAnimationFrame(() => box.focus());
  return box;
}

/** A command or a program with a button that copies it. */
export const code = (label, text) =>
  h(
    "div",
    { class: "code" },
    h(
      "div",
      { class: "head between" },
      h("span", { class: "code-name" }, label),
      copier(() => text),
    ),
    h("pre", { tabindex: "0", role: "region", "aria-label": label }, h("code", null, text)),
  );

/** Runs `run` with its button busy; a press while it is busy is none. */
async function busy(button, run) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await run();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** A button that is busy until `run` has ended; `run` gets the button. */
export function doing(properties, label, run) {
  return h(
    "button",
    { type: "button", ...properties, onclick: ({ currentTarget: button }) => busy(button, () => run(button)) },
    label,
  );
}

/** A form of one card, whose button is busy until `run` has ended; `run` gets the form. */
export function asking(button, run, ...children) {
  const send = (event) => {
    event.preventDefault();
    busy(button, () => run(event.target));
  };
  return h("form", { class: "card stack", novalidate: true, onsubmit: send }, children);
}

/** A label over what is typed or chosen, with help and room for an error that is tied to it. */
export function field(label, input, hint) {
  const name = input.id || id("field");
  const fault = h("p", { class: "fault", id: `${name}-fault`, hidden: true });
  input.id = name;
  const described = hint ? `${name}-hint ` : "";
  input.setAttribute("aria-describedby", `${described}${fault.id}`);
  const box = h(
    "div",
    { class: "field" },
    h("label", { for: name }, label),
    input,
    hint && h("p", { class: "hint", id: `${name}-hint` }, hint),
    fault,
  );
  /** @param {string} [text] none takes it away */
  box.refuse = (text) => {
    fault.hidden = !text;
    fault.textContent = text ?? "";
    if (text) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
    } else input.removeAttribute("aria-invalid");
  };
  return box;
}

/** Boxes to tick under one label, with room for an error. @param {{value: string, label: string, is_on?: boolean}[]} items */
export function ticks(label, items, hint) {
  const boxes = items.map(({ value, is_on }) => h("input", { type: "checkbox", value, checked: Boolean(is_on) }));
  const choices = h(
    "div",
    { class: "choices" },
    items.map((item, place) => h("label", null, boxes[place], h("span", { class: "mono" }, item.label))),
  );
  const fault = h("p", { class: "fault", id: id("fault"), hidden: true });
  const set = h(
    "fieldset",
    { class: "field", "aria-describedby": fault.id },
    h("legend", { class: "label" }, label),
    hint && h("p", { class: "hint" }, hint),
    choices,
    fault,
  );
  set.chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  /** @param {string} [text] none takes it away */
  set.refuse = (text) => {
    fault.hidden = !text;
    fault.textContent = text ?? "";
    if (text) boxes[0].focus();
  };
  return set;
}

/** The table of some rows; on a phone each row of a wide one becomes a small list. @param {[string, string?][]} columns name and class */
export function table(label, columns, rows) {
  const cells = (row) =>
    row.map((cell, place) =>
      h("td", { class: columns[place][1], "data-name": columns[place][0] }, h("div", null, cell)),
    );
  const names = h(
    "tr",
    null,
    columns.map(([name, kind]) => h("th", { scope: "col", class: kind }, name)),
  );
  return h(
    "div",
    { class: `scroll${columns.length > 3 ? " stacks" : ""}`, tabindex: "0", role: "region", "aria-label": label },
    h(
      "table",
      null,
      h("thead", null, names),
      h(
        "tbody",
        null,
        rows.map((row) => h("tr", null, cells(row))),
      ),
    ),
  );
}
