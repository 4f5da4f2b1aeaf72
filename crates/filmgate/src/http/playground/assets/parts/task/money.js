// The money of one task, line by line, with the sentence that sums it up.
import { h } from "../../dom.js";
import { has, number, t } from "../../words.js";
import { moment_time } from "../times.js";

/** What each kind of entry does to what the account can spend. */
const SIGN = { hold: -1, release: 1 };

/** What became of the credits: the kind of notice, and its sentence. */
export function verdict(task) {
  const sum = (kind) => task.ledger.filter((entry) => entry.kind === kind).reduce((all, entry) => all + Math.abs(entry.amount), 0);
  const [held, taken, back] = [sum("hold"), sum("capture"), sum("release")];
  if (held === 0 && taken === 0) return ["good", t("money.free")];
  if (taken > 0) return ["", t("money.spent", { n: taken })];
  if (back > 0) return ["good", t("money.back", { n: back })];
  return ["warm", t("money.held", { n: held })];
}

function line({ at_ms, kind, amount }) {
  const sign = SIGN[kind] ?? 0;
  const shown = sign === 0 ? number(Math.abs(amount)) : `${sign < 0 ? "−" : "+"}${number(Math.abs(amount))}`;
  return h("tr", null,
    h("td", { class: "small soft when" }, moment_time(at_ms)),
    h("td", null, h("strong", null, has(`entry.${kind}`) ? t(`entry.${kind}`) : kind), has(`entry.${kind}.why`) && h("span", { class: "block small soft" }, t(`entry.${kind}.why`))),
    h("td", { class: "number" }, shown));
}

/** @param {{ledger: {at_ms: number, kind: string, amount: number}[]}} task */
export function money(task) {
  const [kind, text] = verdict(task);
  return [
    h("p", { class: `notice ${kind}` }, text),
    task.ledger.length > 0 && h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("money.title") },
      h("table", null,
        h("thead", null, h("tr", null, h("th", { scope: "col" }, t("money.when")), h("th", { scope: "col" }, t("money.what")), h("th", { scope: "col", class: "number" }, t("money.credits")))),
        h("tbody", null, task.ledger.map(line)))),
  ];
}
