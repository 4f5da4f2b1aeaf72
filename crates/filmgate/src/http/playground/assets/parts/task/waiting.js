// What stands where the film will be: how far it is, or why there is none.
import { h, svg } from "../../dom.js";
import { number, t } from "../../words.js";
import { scenarios_of } from "../card.js";
import { span, upstream_name } from "../times.js";

const ROUND = 2 * Math.PI * 44;

/** The countdown of an old film's leader, which shows the percentage that the server tells and nothing else. */
export function leader() {
  const arc = svg("circle", { class: "arc", cx: 50, cy: 50, r: 44, "stroke-dasharray": ROUND });
  const count = h("span", { class: "count number" });
  const title = h("p", { class: "now" });
  const text = h("p", { class: "why" });
  const clock = h("span", { class: "number" });
  const bar = h(
    "div",
    {
      class: "dial",
      role: "progressbar",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-label": t("task.progress"),
    },
    svg(
      "svg",
      { viewBox: "0 0 100 100", "aria-hidden": "true" },
      svg("path", { class: "cross", d: "M50 0v100M0 50h100" }),
      svg("circle", { class: "ring", cx: 50, cy: 50, r: 44 }),
      svg("circle", { class: "ring", cx: 50, cy: 50, r: 38 }),
      arc,
    ),
    count,
  );
  const node = h(
    "div",
    { class: "leader" },
    bar,
    h("div", { class: "says" }, title, text, h("p", { class: "why" }, t("task.elapsed"), " ", clock)),
  );
  function draw(task) {
    arc.setAttribute("stroke-dashoffset", String(ROUND * (1 - task.percent / 100)));
    const is_doubt = task.phase === "in_doubt";
    count.textContent = is_doubt ? "?" : `${number(task.percent)}%`;
    bar.setAttribute("aria-valuenow", String(task.percent));
    node.classList.toggle("doubt", is_doubt);
    title.textContent = t(`waiting.${task.phase}`);
    text.textContent = t(`waiting.${task.phase}.why`, { upstream: upstream_name(task.upstream) });
    tick(task);
  }
  const tick = (task) => {
    clock.textContent = span(Date.now() - task.created_ms);
  };
  return { node, draw, tick };
}

/** Which advice fits a failure, by its code. */
export function advice(task) {
  const code = task.error?.code ?? "";
  if (scenarios_of(task).length > 0) return "next.scenario";
  if (/SENSITIVE|moderat|policy|^400$/i.test(code)) return "next.words";
  if (code === "408") return "next.late";
  if (code === "451") return "next.pictures";
  if (code === "422") return "next.request";
  if (code === "in_doubt") return "next.doubt";
  if (/402|433|credit/i.test(code)) return "next.credits";
  return "next.again";
}

/** The frame of a task that ended without a film. */
export function ending(task) {
  const failed = task.phase === "failed";
  return h(
    "div",
    { class: "ending" },
    h("p", { class: "now" }, t(`ending.${task.phase}`)),
    failed && task.error && h("p", { class: "said", lang: "en" }, task.error.message),
    h("p", { class: "why" }, t(failed ? advice(task) : `ending.${task.phase}.why`)),
    failed &&
      task.error?.code &&
      h("p", { class: "why small" }, t("ending.code"), " ", h("code", null, task.error.code)),
  );
}
