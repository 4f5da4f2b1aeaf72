// The price before it is spent: asked with every change, which is the check of the form as well; and the button.
import { ApiError, fresh_key, post } from "../../api.js";
import { debounced, h, icon, mount } from "../../dom.js";
import { t } from "../../words.js";

/**
 * Asks for quotes, the last one wins.
 * @param {(asked: object, answer: {quote?: object, error?: ApiError}) => void} on_answer
 */
export function quotes(on_answer) {
  let running = null;
  const ask = debounced(async (asked) => {
    running = new AbortController();
    const { signal } = running;
    try {
      on_answer(asked, { quote: await post("/filmgate/v1/quote", { model: asked.model, input: asked.input }, { signal }) });
    } catch (error) {
      if (error.name === "AbortError" || signal.aborted) return;
      on_answer(asked, { error });
    }
  }, 220);
  return (asked) => {
    running?.abort();
    ask(asked);
  };
}

/** Sends creates so that a second press, or another try after a lost reply, is the same task. */
export function creates() {
  let body = "";
  let key = "";
  return async (request) => {
    const text = JSON.stringify(request);
    if (text !== body) [body, key] = [text, fresh_key()];
    try {
      const task = await post("/filmgate/v1/tasks", request, { key });
      body = "";
      return task;
    } catch (error) {
      // A refusal made nothing: the next press is a new wish. Without an answer nobody knows, so the key stays.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) body = "";
      throw error;
    }
  };
}

/** The bar at the form's foot. @param {() => void} on_make */
export function till(model, on_make) {
  const price = h("p", { class: "price", role: "status" });
  let shown = "";
  const words = h("span", { class: "words" }, t(`make.${model.makes}`));
  const press = (event) => {
    event.preventDefault();
    on_make();
  };
  const button = h("button", { type: "submit", class: "button primary big", id: "make", onclick: press }, icon("play"), words);
  const fault = h("div", { role: "alert" });
  const element = h("div", { class: "till" }, fault, h("div", { class: "till-row" }, price, button));
  return {
    element,
    button,
    show(quote) {
      const rest = quote && quote.available - quote.price;
      const balance = () => (rest < 0 ? t("balance_short", { available: quote.available }) : t("balance_after", { n: rest }));
      const lines = quote ? [t("hold", { n: quote.price }), balance()] : [null, t("price_waits")];
      // Said again only if it is another price.
      if (lines.join() === shown) return;
      shown = lines.join();
      mount(price, lines[0] && h("b", null, lines[0]), h("span", { class: rest < 0 ? "short" : "soft" }, lines[1]));
    },
    busy(is_busy) {
      button.setAttribute("aria-busy", String(is_busy));
      button.disabled = is_busy;
    },
    /** A refusal that belongs to no field. */
    blame(text, link) {
      mount(fault, text && h("div", { class: "notice bad" }, h("p", null, text), link));
    },
  };
}
