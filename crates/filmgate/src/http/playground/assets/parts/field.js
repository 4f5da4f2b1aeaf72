// One place of the form: label, control, help and fault, tied together for readers of the screen; and the plain controls.
import { h, icon, mount } from "../dom.js";
import { has, language, number, t } from "../words.js";

/** What the page calls a parameter. */
export const title = (name) => (has(`p.${name}`) ? t(`p.${name}`) : name.replaceAll("_", " "));
/** What the page calls one of its values, such as `9:16`. */
export const value_title = (name, value) => {
  const key = `v.${name}.${value}`;
  return has(key) ? t(key) : name === "seconds" ? t("s", { n: value }) : String(value);
};
/** What a row of prices is for, such as "8 s, 1080p". */
export const price_words = ({ values }) =>
  Object.entries(values)
    .map(([name, all]) => all.map((value) => value_title(name, value)).join(" / "))
    .join(language === "zh" ? "，" : ", ");
/** The server's own words, where the page has none. */
const help = ({ name, help: text }) => (has(`h.${name}`) ? t(`h.${name}`) : (text ?? ""));

/**
 * The place of a parameter. `controls` are what the help and the fault describe; the first one takes the focus.
 * @param {{name: string, required?: boolean, help?: string, is_ours?: boolean}} parameter
 * @param {{body: any, controls: HTMLElement[], is_group?: boolean, aside?: Node}} made
 */
export function place(parameter, { body, controls, is_group = false, aside = null }) {
  const name = `f-${parameter.name}`;
  const fault = h("p", { class: "fault", id: `${name}-fault`, hidden: true });
  const hint = help(parameter);
  const label = [
    title(parameter.name),
    parameter.required && h("span", { class: "star", "aria-hidden": "true" }, "*"),
    aside,
  ];
  const box = is_group
    ? h("fieldset", { class: "field", id: name }, h("legend", { class: "label" }, label), body)
    : h("div", { class: "field" }, h("label", { for: name, class: "label" }, label), body);
  box.append(fault);
  if (hint) box.append(h("p", { class: "hint", id: `${name}-hint` }, hint));
  const described = is_group ? [box] : controls;
  for (const control of described)
    control.setAttribute("aria-describedby", `${hint ? `${name}-hint ` : ""}${name}-fault`);
  if (parameter.required && !is_group) controls[0].setAttribute("aria-required", "true");
  return {
    element: box,
    /** Shows a fault, or none. @param {string | null} text */
    blame(text) {
      fault.textContent = text ?? "";
      fault.hidden = !text;
      for (const control of controls)
        text ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
    },
    focus: () => (controls.find((control) => control.checked) ?? controls[0])?.focus(),
  };
}

const LONG = new Set(["prompt", "character_prompt", "safety_instruction"]);

/** A text: large for what a film shows, with a count. */
export function text_field(parameter, value, change) {
  const is_prompt = parameter.name === "prompt";
  const count = parameter.length_max ? h("span", { class: "count" }) : null;
  const input = LONG.has(parameter.name)
    ? h("textarea", {
        class: `input ${is_prompt ? "prompt" : ""}`,
        rows: is_prompt ? 5 : 3,
        placeholder: is_prompt ? t("prompt_example") : null,
      })
    : h("input", {
        class: "input",
        type: "text",
        autocomplete: "off",
        spellcheck: "false",
        inputmode: parameter.name === "video" ? "url" : null,
      });
  input.id = `f-${parameter.name}`;
  const tally = () => {
    if (!count) return;
    const length = Array.from(input.value).length;
    const is_near = LONG.has(parameter.name) || length > 0.8 * parameter.length_max;
    count.textContent = is_near ? t("count", { n: length, max: parameter.length_max }) : "";
    count.classList.toggle("over", length > parameter.length_max);
  };
  const set = (next) => {
    input.value = next ?? "";
    tally();
  };
  input.addEventListener("input", () => {
    tally();
    change(input.value === "" ? undefined : input.value);
  });
  set(value);
  return { ...place(parameter, { body: input, controls: [input], aside: count }), set, input };
}

/** The shape of a frame such as `9:16` or `1280x720` as a small outline, or nothing. */
export function shape(value) {
  const [wide, tall] = { landscape: [16, 9], portrait: [9, 16] }[value] ?? String(value).split(/[:x]/).map(Number);
  if (!(wide > 0 && tall > 0)) return null;
  const scale = 16 / Math.max(wide, tall);
  return h("i", {
    class: "shape",
    "aria-hidden": "true",
    style: { width: `${wide * scale}px`, height: `${tall * scale}px` },
  });
}

/** One of several values. Without a default, and for Veo's mode, it may be left to the maker. */
export function choice_field(parameter, value, change) {
  const is_open = parameter.name === "mode" || (!parameter.required && parameter.default === undefined);
  const start = is_open ? undefined : parameter.default;
  const options = [...(is_open ? [undefined] : []), ...parameter.values];
  const is_mode = parameter.name === "mode";
  const radios = options.map((option) =>
    h("input", {
      type: "radio",
      name: `f-${parameter.name}`,
      value: option ?? "",
      onchange: () => change(option === start ? undefined : option),
    }),
  );
  const has_shape = ["aspect", "size"].includes(parameter.name);
  const words = (option) =>
    option === undefined ? t(is_mode ? "v.mode.auto" : "auto") : value_title(parameter.name, option);
  const about = (option) => is_mode && h("small", null, t(`v.mode.${option ?? "auto"}.help`));
  const body = h(
    "div",
    { class: `choices ${is_mode ? "tall" : ""}` },
    options.map((option, index) =>
      h(
        "label",
        null,
        radios[index],
        h(
          "span",
          null,
          has_shape && shape(option),
          is_mode ? h("b", null, words(option)) : words(option),
          about(option),
        ),
      ),
    ),
  );
  const set = (next) => {
    const at = options.findIndex((option) => option === (next ?? start));
    radios.forEach((radio, index) => {
      radio.checked = index === at;
    });
  };
  /** Which values can be had now. @param {unknown[] | null} allowed `null`: all */
  const allow = (allowed) =>
    radios.forEach((radio, index) => {
      radio.disabled = Boolean(allowed && options[index] !== undefined && !allowed.includes(options[index]));
    });
  set(value);
  return { ...place(parameter, { body, controls: radios, is_group: true }), set, allow };
}

/** A whole number between two others; a seed has a dice. */
export function range_field(parameter, value, change) {
  const input = h("input", {
    class: "input",
    id: `f-${parameter.name}`,
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    placeholder: t("any"),
    oninput: read,
  });
  function read() {
    const text = input.value.trim();
    change(text === "" ? undefined : /^-?\d+$/.test(text) ? Number(text) : text);
  }
  const roll = () => {
    const span = parameter.max - parameter.min + 1;
    input.value = String(parameter.min + Math.floor(Math.random() * span));
    read();
  };
  const dice = h(
    "button",
    { type: "button", class: "button icon", "aria-label": t("dice"), title: t("dice"), onclick: roll },
    icon("dice"),
  );
  const aside = h("span", { class: "count" }, t("between", { min: parameter.min, max: parameter.max }));
  const set = (next) => {
    input.value = next ?? "";
  };
  set(value);
  return { ...place(parameter, { body: h("div", { class: "beside" }, input, dice), controls: [input], aside }), set };
}

/** Yes or no. */
export function flag_field(parameter, value, change) {
  const start = parameter.default ?? false;
  const input = h("input", {
    type: "checkbox",
    role: "switch",
    id: `f-${parameter.name}`,
    onchange: () => change(input.checked === start ? undefined : input.checked),
  });
  const fault = h("p", { class: "fault", id: `f-${parameter.name}-fault`, hidden: true });
  const hint = help(parameter);
  input.setAttribute("aria-describedby", `f-${parameter.name}-hint f-${parameter.name}-fault`);
  const element = h(
    "div",
    { class: "field" },
    h("label", { class: "switch" }, input, h("span", null, h("b", null, title(parameter.name)))),
    fault,
    h("p", { class: "hint inset", id: `f-${parameter.name}-hint` }, hint),
  );
  const set = (next) => {
    input.checked = next ?? start;
  };
  set(value);
  return {
    element,
    set,
    focus: () => input.focus(),
    blame(text) {
      fault.textContent = text ?? "";
      fault.hidden = !text;
    },
  };
}

/** Several texts, such as ids of characters. */
export function list_field(parameter, value, change) {
  const rows = h("div", { class: "stack tight" });
  const controls = [];
  const read = () => {
    const items = controls.map((input) => input.value.trim()).filter(Boolean);
    change(items.length ? items : undefined);
  };
  function row(text, at) {
    const input = h("input", {
      class: "input",
      type: "text",
      value: text,
      "aria-label": t("item", { name: title(parameter.name), n: at + 1 }),
      oninput: read,
    });
    controls.push(input);
    const away = () => {
      draw(controls.map((one) => one.value).filter((_, index) => index !== at));
      read();
      add.focus();
    };
    const remove = h(
      "button",
      { type: "button", class: "button icon", "aria-label": t("remove_item", { n: at + 1 }), onclick: away },
      icon("close"),
    );
    return h("div", { class: "beside" }, input, remove);
  }
  const one_more = () => {
    draw([...controls.map((one) => one.value), ""]);
    controls.at(-1).focus();
  };
  const add = h("button", { type: "button", class: "button small", onclick: one_more }, icon("plus"), t("add"));
  function draw(items) {
    controls.length = 0;
    mount(rows, items.map(row));
    add.hidden = parameter.items_max !== undefined && items.length >= parameter.items_max;
  }
  const set = (next) => draw(next ?? []);
  set(value);
  const aside = parameter.items_max && h("span", { class: "count" }, t("at_most", { n: number(parameter.items_max) }));
  const made = place(parameter, { body: [rows, h("div", null, add)], controls, is_group: true, aside });
  return { ...made, set, focus: () => (controls[0] ?? add).focus() };
}
