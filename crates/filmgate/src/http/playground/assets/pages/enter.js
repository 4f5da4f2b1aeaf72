// Asks for the key once; the server turns it into a cookie that no script can read.
import { get, post, site } from "../api.js";
import { h, mount } from "../dom.js";
import { STILL } from "../parts/still.js";
import { main, sentence, style } from "../shell.js";
import { t } from "../words.js";
import { field } from "../parts/page.js";

await style("pages");

const input = h("input", {
  class: "input mono",
  type: "password",
  autocomplete: "off",
  autocapitalize: "off",
  spellcheck: "false",
  required: true,
});
const key = field(t("enter.key"), input, t("enter.key_hint"));
const button = h("button", { class: "button primary big" }, t("enter.go"));

/**
 * Who came from another site has a session that its browser did not show, or may begin one in the emulator: from here it does. If it was in vain,
 * the next look is its visitor's.
 */
async function look_again() {
  const has_looked = history.state?.looked;
  history.replaceState(null, "");
  if (has_looked) return;
  const session = await get("/filmgate/v1/session").catch(() => null);
  if (!session && !site.sandbox_key) return;
  history.replaceState({ looked: true }, "");
  location.reload();
}

/** A browser keeps no session of a server behind https when it is asked over http. */
const is_in_vain = !isSecureContext && site.base.startsWith("https:");

async function enter(event) {
  event.preventDefault();
  key.refuse();
  const shown = input.value.trim();
  if (!shown) return key.refuse(t("enter.missing"));
  button.setAttribute("aria-busy", "true");
  try {
    await post("/filmgate/v1/session", { key: shown });
    input.value = "";
    location.reload();
  } catch (error) {
    key.refuse(error.code === "key_refused" ? t("enter.refused") : sentence(error));
    input.select();
    button.removeAttribute("aria-busy");
  }
}

mount(
  main,
  h(
    "div",
    { class: "enter" },
    h(
      "div",
      { class: "enter-film", "aria-hidden": "true" },
      h("div", { class: "sprockets" }),
      h("div", { class: "frame" }, h("img", { src: STILL, alt: "" })),
      h("div", { class: "sprockets" }),
    ),
    h(
      "form",
      { class: "card stack", novalidate: true, onsubmit: enter },
      h("div", null, h("h1", null, t("enter.title")), h("p", { class: "lead" }, t("enter.lead"))),
      is_in_vain
        ? h(
            "div",
            { class: "notice bad" },
            h("p", null, t("enter.https")),
            h("p", null, h("a", { href: site.base }, site.base)),
          )
        : [key, button],
      h("p", { class: "hint" }, t("enter.cookie")),
      h(
        "details",
        null,
        h("summary", null, t("enter.none")),
        h("p", { class: "hint" }, t("enter.make")),
        h("pre", { class: "command" }, h("code", null, "filmgate keys create NAME")),
      ),
    ),
  ),
);
input.focus();
look_again();
