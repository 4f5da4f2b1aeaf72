// What happened to a task, moment by moment, and what is happening now.
import { h } from "../../dom.js";
import { has, t } from "../../words.js";
import { moment_time, span, upstream_name } from "../times.js";

const TONE = {
  succeeded: "good",
  delivered: "good",
  failed: "bad",
  delivery_failed: "bad",
  cancelled: "bad",
  in_doubt: "warm",
  attempt_ended: "warm",
};
const NOW = { queued: "ask", sending: "ask", running: "ask", storing: "ask", in_doubt: "warm" };
const offset = (ms) =>
  ms < 60_000 ? t("timeline.after", { time: (Math.max(0, ms) / 1000).toFixed(ms < 10_000 ? 2 : 1) }) : `+${span(ms)}`;

/** The list, which `draw(task, moments)` brings up to date. */
export function timeline() {
  const list = h("ol", { class: "timeline", "aria-label": t("timeline.title") });
  /** The server's own words where this language has none for them. */
  function why({ kind, upstream, text }, task) {
    const key = [`moment.${kind}.${upstream}`, `moment.${kind}.why`].find(has);
    return key
      ? h("p", { class: "small soft" }, t(key, { credits: task.credits }))
      : text && h("p", { class: "small soft", lang: "en" }, text);
  }
  function row(moment, task) {
    const key = `moment.${moment.kind}`;
    const title = has(key) ? t(key, { upstream: upstream_name(moment.upstream) }) : moment.kind;
    return h(
      "li",
      { "data-tone": TONE[moment.kind] },
      h("div", null, h("strong", null, title), why(moment, task)),
      h(
        "span",
        { class: "when small soft number" },
        h("b", null, offset(moment.at_ms - task.created_ms)),
        moment_time(moment.at_ms),
      ),
    );
  }
  function now(task) {
    if (!(task.phase in NOW)) return null;
    const percent = task.phase === "running" ? `, ${task.percent}%` : "";
    return h(
      "li",
      { class: "live", "data-tone": NOW[task.phase] },
      h("div", null, h("strong", null, t("timeline.now"), " ", t(`phase.${task.phase}`), percent)),
    );
  }
  const rows = new Map();
  let live = null;
  /** Adds what is new and leaves the rows that stand alone, so that what somebody has selected in them stays selected. */
  function draw(task, moments) {
    live?.remove();
    const numbers = new Set(moments.map(({ number }) => number));
    for (const [number, node] of rows) if (!numbers.has(number) && rows.delete(number)) node.remove();
    let last = null;
    for (const moment of moments) {
      const known = rows.get(moment.number);
      const node = known ?? row(moment, task);
      rows.set(moment.number, node);
      if (!known && last) last.after(node);
      else if (!known) list.prepend(node);
      last = node;
    }
    live = now(task);
    if (live) list.append(live);
  }
  return { node: list, draw };
}
