// Prompts to begin with, and the emulator's scenarios as buttons.
import { h } from "../../dom.js";
import { language, t } from "../../words.js";

/** A name for the button, and what it writes. */
const IDEAS = {
  en: [
    ["Fox in the snow", "A red fox running through a snowy forest at dawn, camera follows"],
    ["Steam train", "A steam train crossing a river valley in autumn, crane shot rising"],
    ["Whale", "A humpback whale gliding through the deep ocean, sunbeams from above"],
    ["Storm at sea", "A sailing ship in a storm at sea, heavy rain, handheld camera"],
  ],
  zh: [
    ["雪中狐狸", "雪后清晨，一只红狐狸穿过森林，镜头跟随"],
    ["蒸汽火车", "秋天的河谷，一列蒸汽火车驶过大桥，镜头缓缓升起"],
    ["座头鲸", "深海里一头座头鲸缓缓游过，阳光从水面洒下"],
    ["熊猫打太极", "竹林里，一只大熊猫在打太极，镜头推近"],
  ],
};

/** Names of scenarios that are shown, those that refuse at once first. */
const SCENARIOS = [
  "no-credits",
  "maintenance",
  "rate-limited",
  "fail",
  "moderation",
  "slow",
  "stuck",
  "lost-reply",
  "no-url",
  "expired-url",
];

/** Buttons that fill in a prompt; for films that are made from words. */
export function starters(model, form) {
  if (model.makes !== "film" || !form.has("prompt")) return null;
  const write = (prompt) => {
    form.fill("prompt", prompt);
    form.focus("prompt");
  };
  const chip = ([name, prompt]) =>
    h("button", { type: "button", class: "chip", title: prompt, onclick: () => write(prompt) }, name);
  return h("div", { class: "ideas" }, h("span", { class: "hint" }, t("ideas")), IDEAS[language].map(chip));
}

/** Buttons that write `[[NAME]]` into the prompt, or take it out. */
export function scenarios(form) {
  if (!form.has("prompt")) return null;
  const chip = (name) =>
    h(
      "button",
      { type: "button", class: "chip", "aria-pressed": "false", onclick: () => press(name) },
      h("code", null, name),
      h("span", null, t(`scenario.${name}`)),
    );
  const chips = SCENARIOS.map(chip);
  function press(name) {
    const prompt = form.input.prompt ?? "";
    const bare = prompt.replaceAll(/\s*\[\[[\w-]+\]\]/g, "");
    const is_on = prompt.includes(`[[${name}]]`);
    form.fill("prompt", is_on ? bare : `${bare || t("prompt_example")} [[${name}]]`);
    SCENARIOS.forEach((one, at) => chips[at].setAttribute("aria-pressed", String(one === name && !is_on)));
  }
  return h(
    "details",
    { class: "more" },
    h("summary", null, t("scenarios")),
    h("p", { class: "hint" }, t("scenarios_help")),
    h("div", { class: "chips" }, chips),
  );
}
