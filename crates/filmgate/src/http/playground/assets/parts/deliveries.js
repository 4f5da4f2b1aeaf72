// What was delivered, with every try, and the button that delivers it again.
import { get, post } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { failure, toast } from "../shell.js";
import { ago, number, t } from "../words.js";
import { doing, empty, loaded, moment, table } from "./page.js";

const LOOKS = { waiting: "ask", delivered: "good", given_up: "bad" };
const answer = ({ status, fault }) => (status === null ? (fault ?? t("delivery.no_answer")) : `HTTP ${status}`);

/** The sentence of a delivery's state. */
function sum(one) {
  const last = one.tries.at(-1);
  if (one.state === "waiting")
    return last
      ? t("hooks.waiting_again", { answer: answer(last), when: ago(one.due_ms) })
      : t("hooks.waiting_first", { when: ago(one.due_ms) });
  return t(`hooks.${one.state}_after`, { n: one.tries.length, answer: last ? answer(last) : "–" });
}

function delivery(one, reload) {
  const said = h("div", null);
  const replay = doing(
    { class: "button small", "aria-label": `${t("delivery.replay")}: ${one.id}` },
    [icon("back"), t("delivery.replay")],
    async () => {
      try {
        await post(`/filmgate/v1/webhooks/deliveries/${encodeURIComponent(one.id)}/replay`);
        toast(t("delivery.replayed"));
        reload();
      } catch (error) {
        mount(said, failure(error));
      }
    },
  );
  const tries = one.tries.map((each, place) => [
    number(place + 1),
    moment(each.at_ms),
    t("delivery.took", { n: each.took_ms }),
    answer(each),
  ]);
  return h(
    "li",
    { class: "delivery" },
    h(
      "div",
      { class: "row between" },
      h(
        "div",
        { class: "row" },
        h("span", { class: `badge ${LOOKS[one.state] ?? ""}` }, t(`delivery.${one.state}`)),
        h("strong", { class: "mono" }, one.event),
        h("a", { class: "mono clip", href: `/tasks/${one.task}` }, one.task),
      ),
      h("div", { class: "row" }, h("span", { class: "soft small" }, moment(one.created_ms)), replay),
    ),
    h("code", { class: "address" }, one.url),
    tries.length === 0
      ? h("p", { class: "hint" }, sum(one))
      : h(
          "details",
          { "data-id": one.id },
          h("summary", null, sum(one)),
          table(
            t("hooks.tries", { id: one.id }),
            [[t("hooks.try")], [t("hooks.when")], [t("hooks.took"), "number"], [t("hooks.answer")]],
            tries,
          ),
        ),
    said,
  );
}

/** The newest deliveries. While one waits and the page is seen, it is read again every five seconds. */
export function delivery_list() {
  let timer = 0;
  const block = loaded(
    () => get("/filmgate/v1/webhooks/deliveries?limit=50"),
    ({ deliveries }) => {
      clearTimeout(timer);
      if (deliveries.some((one) => one.state === "waiting")) timer = setTimeout(again, 5000);
      const open = new Set([...block.querySelectorAll("details[open]")].map((one) => one.dataset.id));
      if (deliveries.length === 0) return empty("check", t("hooks.no_deliveries"), t("hooks.no_deliveries_text"));
      const list = h(
        "ul",
        { class: "bare" },
        deliveries.map((one) => delivery(one, block.reload)),
      );
      list.querySelectorAll("details").forEach((one) => {
        one.open = open.has(one.dataset.id);
      });
      return h("div", { class: "card deliveries" }, list);
    },
  );
  // Nothing is drawn anew under someone's keyboard.
  function again() {
    if (document.hidden || block.contains(document.activeElement)) timer = setTimeout(again, 5000);
    else block.reload();
  }
  return block;
}
