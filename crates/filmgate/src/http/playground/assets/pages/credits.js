// The money: what is there, every movement, and the check that each credit is explained.
import { get, post } from "../api.js";
import { h, mount } from "../dom.js";
import { effects } from "../parts/task/money.js";
import { words_of } from "../parts/card.js";
import { failure, main, say } from "../shell.js";
import { exactly, has, number, t } from "../words.js";
import { doing, empty, head, loaded, section, table } from "../parts/page.js";

function balance({ available, held, spent }) {
  const all = available + held + spent || 1;
  const share = (kind, amount) => amount > 0 && h("i", { class: kind, style: { width: `${(amount / all) * 100}%` } });
  const figure = (kind, amount) =>
    h(
      "div",
      null,
      h("dt", null, h("i", { class: kind, "aria-hidden": "true" }), t(`credits.${kind}`)),
      h("dd", { class: "number" }, number(amount)),
      h("dd", { class: "hint" }, t(`credits.${kind}_hint`)),
    );
  return h(
    "div",
    { class: "card purse" },
    h("dl", null, figure("available", available), figure("held", held), figure("spent", spent)),
    h(
      "div",
      { class: "shares", "aria-hidden": "true" },
      share("available", available),
      share("held", held),
      share("spent", spent),
    ),
  );
}

function verify() {
  const verdict = h("div", { class: "stack", role: "status" });
  const button = doing({ class: "button" }, t("credits.verify"), async () => {
    try {
      const { holds, violations, tasks, entries } = await post("/filmgate/v1/credits/verify");
      mount(
        verdict,
        holds
          ? h(
              "div",
              { class: "notice good" },
              h("p", null, h("strong", null, t("credits.sound")), " ", t("credits.sound_of", { tasks, entries })),
            )
          : h(
              "div",
              { class: "notice bad" },
              h("p", null, h("strong", null, t("credits.unsound"))),
              h(
                "ul",
                null,
                violations.map((text) => h("li", null, text)),
              ),
              h("p", null, t("credits.unsound_next")),
            ),
      );
    } catch (error) {
      mount(verdict, failure(error));
    }
  });
  return h("div", { class: "stack" }, h("p", null, button), verdict);
}

const kind_of = (kind) => h("span", { class: `kind ${kind}` }, has(`entry.${kind}`) ? t(`entry.${kind}`) : kind);
const time = (at_ms) => h("time", { datetime: new Date(at_ms).toISOString() }, exactly(at_ms));

/** The newest films by their ids: the ledger names those, and older ones by their ids alone. */
const named = ({ tasks }) => new Map(tasks.map((task) => [task.id, words_of(task)]));
const names = get("/filmgate/v1/tasks?limit=100").then(named, () => new Map());
const film = (task, known) =>
  h(
    "a",
    { href: `/tasks/${encodeURIComponent(task)}`, class: known.has(task) ? "clip" : "mono clip" },
    known.get(task) ?? task,
  );
const row = (known) => (entry) => [
  time(entry.at_ms),
  kind_of(entry.kind),
  entry.task ? film(entry.task, known) : "–",
  ...effects(entry),
];

function ledger([{ entries, next }, known]) {
  if (entries.length === 0)
    return empty(
      "film",
      t("credits.none"),
      t("credits.none_text"),
      h("a", { class: "button primary", href: "/" }, t("credits.first")),
    );
  const columns = [
    [t("credits.when")],
    [t("credits.what")],
    [t("credits.task")],
    [t("credits.available"), "number"],
    [t("credits.held"), "number"],
  ];
  const shown = table(t("credits.ledger"), columns, entries.map(row(known)));
  shown.classList.add("ledger");
  const body = shown.querySelector("tbody");
  const more = h("div", { class: "row" });
  const offer = (cursor) =>
    mount(
      more,
      cursor &&
        doing({ class: "button" }, t("older"), async () => {
          try {
            const older = await get(`/filmgate/v1/credits/entries?limit=25&before=${encodeURIComponent(cursor)}`);
            body.append(...table("", columns, older.entries.map(row(known))).querySelector("tbody").children);
            say(t("credits.shown", { n: body.children.length }));
            offer(older.next);
          } catch (error) {
            mount(
              more,
              failure(error, () => offer(cursor)),
            );
          }
        }),
    );
  offer(next);
  return [shown, more];
}

const step = (kind) => h("li", { class: `kind-step ${kind}` }, kind_of(kind), h("p", null, t(`entry.${kind}.why`)));

const entries = () => Promise.all([get("/filmgate/v1/credits/entries?limit=25"), names]);

mount(
  main,
  head(t("credits.title"), t("credits.lead")),
  loaded(() => get("/filmgate/v1/credits"), balance, { room: "11rem" }),
  section(t("credits.ledger"), t("credits.ledger_hint"), loaded(entries, ledger, { room: "60rem" })),
  section(t("credits.check"), t("credits.check_hint"), verify()),
  section(t("credits.how"), null, h("ol", { class: "steps" }, step("hold"), step("capture"), step("release"))),
);
