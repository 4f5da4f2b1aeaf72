// What stands at an address that is none of ours.
import { h, mount } from "../dom.js";
import { main } from "../shell.js";
import { t } from "../words.js";

mount(
  main,
  h(
    "div",
    { class: "empty" },
    h("h1", null, t("no_page")),
    h("p", null, h("code", null, location.pathname)),
    h("a", { class: "button primary", href: "/" }, t("go_home")),
  ),
);
