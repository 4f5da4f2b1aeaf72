// What every page has around it: theme, language, navigation on the phone, balance, a polite voice. Every page imports it.
import { ApiError, get, remove, site } from "./api.js";
import { h, icon, id, mount } from "./dom.js";
import { kept } from "./parts/kept.js";
import { has, language, number, t } from "./words.js";

export const main = document.getElementById("main");
const top_bar = document.querySelector("header");
const voice = h("div", { class: "unseen", role: "status", "aria-live": "polite" });
document.body.append(voice);

/** Says a sentence to readers of the screen. */
export function say(text) {
  voice.textContent = "";
  requestAnimationFrame(() => {
    voice.textContent = text;
  });
}

let toast_timer = 0;
/** Shows a sentence for some seconds, and says it. */
export function toast(text) {
  document.querySelector(".toast")?.remove();
  document.body.append(h("div", { class: "toast", "aria-hidden": "true" }, text));
  say(text);
  clearTimeout(toast_timer);
  toast_timer = setTimeout(() => document.querySelector(".toast")?.remove(), 4000);
}

/** Waits for the style sheet of a part (`parts/NAME.css`); the server has put those that a page's modules name into its head. */
export function style(name) {
  const sheet = [...document.styleSheets].some(({ href }) => href?.endsWith(`/parts/${name}.css`));
  if (sheet) return Promise.resolve();
  return new Promise((done) => {
    document.head.append(
      h("link", {
        rel: "stylesheet",
        href: new URL(`./parts/${name}.css`, import.meta.url).pathname,
        onload: done,
        onerror: done,
      }),
    );
  });
}

/** What a refusal says in the language of the page, with the words for no answer at all. @param {unknown} error */
export function sentence(error) {
  if (!(error instanceof ApiError)) return String(error?.message ?? error);
  if (error.status === 0) return t(error.code);
  const key = error.code === "refused" && !error.parameter ? "error.refused_whole" : `error.${error.code}`;
  const { parameter: name, message } = error;
  return has(key) ? t(key, { name: has(`p.${name}`) ? t(`p.${name}`) : name, message }) : message;
}

/** A box with an error in it, and a button that tries again if there is one. */
export function failure(error, again) {
  const button =
    again && h("p", null, h("button", { class: "button small", type: "button", onclick: again }, t("try_again")));
  return h("div", { class: "notice bad", role: "alert" }, h("p", null, sentence(error)), button);
}

/** A button that copies `text()`. */
export function copier(text, label = t("copy")) {
  const words = h("span", null, label);
  const button = h("button", { type: "button", class: "button small", onclick: copy }, icon("copy"), words);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      words.textContent = t("copied");
      say(t("copied"));
    } catch {
      words.textContent = t("copy_failed");
    }
    setTimeout(() => {
      words.textContent = label;
    }, 2000);
  }
  return button;
}

/**
 * Tabs that arrow keys walk through. `tabs`: `[{key, label, body: () => Node}]`.
 * @returns {{bar: HTMLElement, panel: HTMLElement, show: (key: string) => void, refresh: () => void}}
 */
export function tab_set(label, tabs, chosen = tabs[0].key, on_change = () => {}) {
  const prefix = id("tab");
  const panel = h("div", { role: "tabpanel", id: `${prefix}-panel`, tabindex: "0" });
  const buttons = tabs.map(({ key, label: name }) =>
    h(
      "button",
      { type: "button", role: "tab", id: `${prefix}-${key}`, "aria-controls": panel.id, onclick: () => show(key) },
      name,
    ),
  );
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": label, onkeydown: walk }, buttons);
  let current = chosen;
  function refresh() {
    tabs.forEach(({ key }, index) => {
      buttons[index].setAttribute("aria-selected", String(key === current));
      buttons[index].tabIndex = key === current ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `${prefix}-${current}`);
    mount(panel, tabs.find(({ key }) => key === current).body());
  }
  function show(key) {
    current = key;
    refresh();
    on_change(key);
  }
  function walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = buttons.indexOf(document.activeElement);
    const next =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? tabs.length - 1
          : step && (now + step + tabs.length) % tabs.length;
    if (next === undefined || (next === 0 && !step && event.key !== "Home")) return;
    event.preventDefault();
    show(tabs[next].key);
    buttons[next].focus();
  }
  refresh();
  return { bar, panel, show, refresh };
}

/** Asks before something that cannot be undone. @returns {Promise<boolean>} */
export function confirmed(title, text, yes) {
  return new Promise((done) => {
    const name = id("dialog");
    const dialog = h(
      "dialog",
      {
        "aria-labelledby": name,
        onclose: () => {
          done(dialog.returnValue === "yes");
          dialog.remove();
        },
      },
      h("h2", { id: name }, title),
      h("p", { class: "soft" }, text),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", autofocus: true, onclick: () => dialog.close("no") }, t("keep")),
        h("button", { type: "button", class: "button danger", onclick: () => dialog.close("yes") }, yes),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A badge for a phase of a task. */
export const badge = (phase) => h("span", { class: "badge", "data-phase": phase }, t(`phase.${phase}`));

const balance = h("b", null, "–");
/** Shows the balance: the given one, or what the server says. */
export async function show_balance(available) {
  try {
    balance.textContent = number(available ?? (await get("/filmgate/v1/credits")).available);
  } catch {
    // The last one known stands; the page itself says what is wrong.
  }
}

/** Keeps a choice of looks for a year; the server writes the next pages with it. */
function keep(name, value) {
  document.cookie = `filmgate_${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

function themes() {
  const is_dark = () =>
    (document.documentElement.dataset.theme ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = h("button", { type: "button", class: "button plain icon", onclick: turn });
  const draw = () => {
    mount(button, icon(is_dark() ? "sun" : "moon"));
    button.setAttribute("aria-label", t(is_dark() ? "to_light" : "to_dark"));
    button.title = t(is_dark() ? "to_light" : "to_dark");
  };
  function turn() {
    document.documentElement.dataset.theme = is_dark() ? "light" : "dark";
    keep("theme", document.documentElement.dataset.theme);
    draw();
  }
  draw();
  return button;
}

function languages() {
  const other = language === "zh" ? "en" : "zh";
  const turn = () => {
    keep("language", other);
    location.reload();
  };
  return h(
    "button",
    { type: "button", class: "button plain small", lang: other === "zh" ? "zh-Hans" : "en", onclick: turn },
    other === "zh" ? "中文" : "English",
  );
}

function menu() {
  const nav = top_bar.querySelector("nav");
  nav.id ||= "places";
  const names = {
    class: "button plain icon menu",
    "aria-expanded": "false",
    "aria-controls": nav.id,
    "aria-label": t("menu"),
  };
  const button = h(
    "button",
    { type: "button", ...names, onclick: () => turn(!top_bar.classList.contains("open")) },
    icon("menu"),
  );
  function turn(is_open) {
    top_bar.classList.toggle("open", is_open);
    button.setAttribute("aria-expanded", String(is_open));
    mount(button, icon(is_open ? "close" : "menu"));
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && top_bar.classList.contains("open")) {
      turn(false);
      button.focus();
    }
  });
  return button;
}

/** Whose films these are, and the way out; in the emulator everybody is the same visitor. */
function visitor() {
  const leave = async () => {
    try {
      await remove("/filmgate/v1/session");
    } catch (error) {
      return toast(sentence(error));
    }
    kept.forget();
    location.assign("/");
  };
  return h(
    "span",
    { class: "visitor" },
    t("signed_in", { name: site.account }),
    h("button", { type: "button", class: "button plain small", onclick: leave }, t("sign_out")),
  );
}

if (site.account && !site.is_dev) document.querySelector("footer").append(visitor());

if (top_bar) {
  const purse =
    site.page !== "enter" &&
    h("a", { class: "balance", href: "/credits" }, balance, " ", h("span", null, t("credits_left")));
  const tools = top_bar.querySelector(".tools") ?? top_bar.appendChild(h("div", { class: "tools" }));
  mount(tools, purse, languages(), themes(), purse && menu());
  if (purse) {
    show_balance();
    addEventListener("focus", () => show_balance());
  }
}
