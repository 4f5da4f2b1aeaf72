// The money of one task, line by line, with the sentence that sums it up.
import { h } from "../../dom.js";
import { has, number, t } from "../../words.js";
import { moment_time } from "../times.js";

/** What each kind of entry does to what can be spent, and to what is held. */
const EFFECTS = { grant: [1, 0], hold: [-1, 1], capture: [0, -1], release: [1, -1] };
const signed = (sign, amount) => (sign === 0 ? "" : `${sign < 0 ? "−" : "+"}${number(Math.abs(amount))}`);

/** An entry's two amounts with their signs; of what is the operator's alone only how much it is. */
export const effects = ({ kind, amount }) =>
  EFFECTS[kind]?.map((sign) => signed(sign, amount)) ?? [number(Math.abs(amount)), ""];

/** What became of the credits: the kind of notice, if it is unusual, and its sentence. */
function verdict(task) {
  const sum = (kind) =>
    task.ledger.filter((entry) => entry.kind === kind).reduce((all, entry) => all + Math.abs(entry.amount), 0);
  const [held, taken, back] = [sum("hold"), sum("capture"), sum("release")];
  if (held === 0 && taken === 0) return ["", t("money.free")];
  if (taken > 0) return ["", t("money.spent", { n: taken })];
  if (back > 0) return ["good", t("money.back", { n: back })];
  return ["", t("money.held", { n: held })];
}

function line(entry) {
  const { at_ms, kind } = entry;
  return h(
    "tr",
    null,
    h("td", { class: "small soft when" }, moment_time(at_ms)),
    h(
      "td",
      null,
      h("strong", null, has(`entry.${kind}`) ? t(`entry.${kind}`) : kind),
      has(`entry.${kind}.why`) && h("span", { class: "block small soft" }, t(`entry.${kind}.why`)),
    ),
    effects(entry).map((text) => h("td", { class: "number" }, text)),
  );
}

/** @param {{ledger: {at_ms: number, kind: string, amount: number}[]}} task */
export function money(task) {
  const [kind, text] = verdict(task);
  const columns = [
    [t("money.when")],
    [t("money.what")],
    [t("credits.available"), "number"],
    [t("credits.held"), "number"],
  ];
  return [
    h("p", { class: kind && `notice ${kind}` }, text),
    task.ledger.length > 0 &&
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": t("money.title") },
        h(
          "table",
          null,
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              columns.map(([name, look]) => h("th", { scope: "col", class: look }, name)),
            ),
          ),
          h("tbody", null, task.ledger.map(line)),
        ),
      ),
  ];
}
