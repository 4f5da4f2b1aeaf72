// The money: what is there, every movement, and the check that each credit is explained.
import { get, post } from "../api.js";
import { h, mount } from "../dom.js";
import { failure, main, say } from "../shell.js";
import { exactly, has, number, t } from "../words.js";
import { doing, empty, head, loaded, section, table } from "../parts/page.js";

/** What a movement does to what can be spent. */
const SIGNS = { grant: "+", release: "+", hold: "−" };

function balance({ available, held, spent }) {
  const all = available + held + spent || 1;
  const share = (kind, amount) => h("i", { class: kind, style: { width: `${(amount / all) * 100}%` } });
  const figure = (kind, amount) => h("div", null, h("dt", null, h("i", { class: kind, "aria-hidden": "true" }), t(`credits.${kind}`)), h("dd", { class: "number" }, number(amount)), h("dd", { class: "hint" }, t(`credits.${kind}_hint`)));
  return h("div", { class: "card purse" }, h("dl", null, figure("available", available), figure("held", held), figure("spent", spent)),
    h("div", { class: "shares", "aria-hidden": "true" }, share("available", available), share("held", held), share("spent", spent)));
}

function verify() {
  const verdict = h("div", { class: "stack", role: "status" });
  const button = doing({ class: "button" }, t("credits.verify"), async () => {
    try {
      const { holds, violations, tasks, entries } = await post("/filmgate/v1/credits/verify");
      mount(verdict, holds
        ? h("div", { class: "notice good" }, h("p", null, h("strong", null, t("credits.sound")), " ", t("credits.sound_of", { tasks, entries })))
        : h("div", { class: "notice bad" }, h("p", null, h("strong", null, t("credits.unsound"))), h("ul", null, violations.map((text) => h("li", null, text))), h("p", null, t("credits.unsound_next"))));
    } catch (error) {
      mount(verdict, failure(error));
    }
  });
  return h("div", { class: "stack" }, h("p", null, button), verdict);
}

const kind_of = (kind) => h("span", { class: `kind ${kind}` }, has(`entry.${kind}`) ? t(`entry.${kind}`) : kind);
const row = ({ at_ms, kind, amount, task }) => [h("time", { datetime: new Date(at_ms).toISOString() }, exactly(at_ms)), kind_of(kind), task ? h("a", { href: `/tasks/${task}`, class: "mono clip" }, task) : "–", [SIGNS[kind] ?? "", number(amount)]];

function ledger({ entries, next }) {
  if (entries.length === 0) return empty("film", t("credits.none"), t("credits.none_text"), h("a", { class: "button primary", href: "/" }, t("credits.first")));
  const columns = [[t("credits.when")], [t("credits.what")], [t("credits.task")], [t("credits.amount"), "number"]];
  const shown = table(t("credits.ledger"), columns, entries.map(row));
  const body = shown.querySelector("tbody");
  const more = h("div", { class: "row" });
  const offer = (cursor) => mount(more, cursor && doing({ class: "button" }, t("older"), async () => {
    try {
      const older = await get(`/filmgate/v1/credits/entries?limit=25&before=${encodeURIComponent(cursor)}`);
      body.append(...table("", columns, older.entries.map(row)).querySelector("tbody").children);
      say(t("credits.shown", { n: body.children.length }));
      offer(older.next);
    } catch (error) {
      mount(more, failure(error, () => offer(cursor)));
    }
  }));
  offer(next);
  return [shown, more];
}

const step = (kind) => h("li", { class: `kind-step ${kind}` }, kind_of(kind), h("p", null, t(`entry.${kind}.why`)));

mount(main,
  head(t("credits.title"), t("credits.lead")),
  loaded(() => get("/filmgate/v1/credits"), balance),
  section(t("credits.how"), null, h("ol", { class: "steps" }, step("hold"), step("capture"), step("release"))),
  section(t("credits.check"), t("credits.check_hint"), verify()),
  section(t("credits.ledger"), t("credits.ledger_hint"), loaded(() => get("/filmgate/v1/credits/entries?limit=25"), ledger)));
