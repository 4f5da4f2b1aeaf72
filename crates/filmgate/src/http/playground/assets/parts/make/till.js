// The foot of the form: the price before it is spent, and the button.
import { h, icon, mount } from "../../dom.js";
import { t } from "../../words.js";
import { title } from "../field.js";

/** The bar at the form's foot. */
export function till(model) {
  const price = h("p", { class: "price", role: "status" });
  let shown = "";
  const words = h("span", { class: "words" }, t(`make.${model.makes}`));
  const button = h("button", { type: "submit", class: "button primary big", id: "make" }, icon("play"), words);
  /** What a press agrees to: the price that stands there, if one does. */
  let agreed = null;
  const fault = h("div", { role: "alert" });
  const element = h("div", { class: "till" }, fault, h("div", { class: "till-row" }, price, button));
  return {
    element,
    agreed: () => agreed,
    /** The price is asked for: the one that stands there may be out of date. */
    wait: () => price.setAttribute("aria-busy", "true"),
    /** @param {object | null} quote @param {string | null} [faulty] the parameter whose fault hides the price */
    show(quote, faulty) {
      price.removeAttribute("aria-busy");
      agreed = quote?.price ?? null;
      const rest = quote && quote.available - quote.price;
      const balance = () =>
        rest < 0 ? t("balance_short", { available: quote.available }) : t("balance_after", { n: rest });
      const lines = quote
        ? [t("credits", { n: quote.price }), balance()]
        : [null, faulty ? t("price_mends", { name: title(faulty) }) : t("price_waits")];
      // Said again only if it is another price.
      if (lines.join() === shown) return;
      shown = lines.join();
      mount(price, lines[0] && h("b", null, lines[0]), h("span", { class: rest < 0 ? "short" : "soft" }, lines[1]));
    },
    busy: (is_busy) => button.setAttribute("aria-busy", String(is_busy)),
    /** A refusal that belongs to no field. */
    blame(text, link) {
      mount(fault, text && h("div", { class: "notice bad" }, h("p", null, text), link));
    },
  };
}
