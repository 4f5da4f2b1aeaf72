// The newest probe report: what each upstream's key can really do, and whom to ask first.
import { get } from "../api.js";
import { h, mount } from "../dom.js";
import { main } from "../shell.js";
import { day, exactly, number, t } from "../words.js";
import { code, empty, head, loaded, moment, section, table } from "../parts/page.js";

const LOOKS = {
  usable: "good",
  credits_insufficient: "warm",
  paused: "warm",
  rate_limited: "warm",
  maintenance: "warm",
  retired: "bad",
  not_offered: "",
  key_refused: "bad",
  not_permitted: "bad",
  unreachable: "bad",
  not_verified: "",
};
const verdict = (name) => h("span", { class: `badge ${LOOKS[name] ?? ""}` }, t(`verdict.${name}`));
const model_link = (id) => h("a", { class: "mono", href: `/models/${encodeURIComponent(id)}` }, id);
/** Amounts of a survey are thousandths of a credit. */
const credits = (thousandths) => (thousandths === null ? "–" : number(thousandths / 1000));

function choice(letter, one) {
  const mark = h("span", { class: "letter", "aria-hidden": "true" }, letter);
  if (!one)
    return h(
      "div",
      { class: "plan none" },
      mark,
      h("p", null, h("strong", null, t("survey.plan", { letter })), " ", t("survey.no_plan")),
    );
  const strength = (each) => {
    const [name, value] = typeof each === "string" ? [each, ""] : Object.entries(each)[0];
    return h("li", null, t(`strength.${name}`, { value: String(value) }));
  };
  return h(
    "div",
    { class: "plan" },
    mark,
    h(
      "div",
      { class: "stack" },
      h("div", { class: "row between" }, h("strong", null, t("survey.plan", { letter })), verdict(one.verdict)),
      h("p", null, model_link(one.card), " ", h("span", { class: "soft" }, t("survey.at", { upstream: one.upstream }))),
      one.price !== null && h("p", { class: "soft" }, t("survey.from", { price: credits(one.price) })),
      h("ul", { class: "chips" }, one.strengths.map(strength)),
    ),
  );
}

const plan = (one) =>
  h("article", { class: "card stack" }, h("h3", null, t(`use.${one.use}`)), choice("A", one.a), choice("B", one.b));

function model({ card, model: name, finding, price, films }) {
  const what = [
    verdict(finding.verdict),
    finding.certainty !== "verified" && h("span", { class: "hint" }, ` ${t(`certainty.${finding.certainty}`)}`),
  ];
  const fate = finding.since
    ? [day(finding.since), finding.replacement && h("span", { class: "hint" }, " → ", finding.replacement)]
    : "–";
  return [
    [model_link(card), name !== card && h("span", { class: "hint mono" }, ` ${name}`)],
    what,
    fate,
    credits(price),
    films === null ? "–" : number(films),
  ];
}

function upstream(row) {
  const columns = [
    [t("survey.model")],
    [t("survey.verdict")],
    [t("survey.since")],
    [t("survey.price"), "number"],
    [t("survey.films"), "number"],
  ];
  return h(
    "article",
    { class: "card stack" },
    h(
      "div",
      { class: "row between" },
      h("h3", null, row.name),
      row.state
        ? verdict(row.state.verdict)
        : row.balance !== null && h("span", { class: "badge" }, t("survey.balance", { n: row.balance / 1000 })),
    ),
    h(
      "p",
      { class: "hint" },
      h("code", null, row.address),
      " · ",
      t(`dialect.${row.dialect}`),
      " · ",
      t("survey.asked", { n: row.exchanges.length }),
    ),
    row.is_distrusted && h("div", { class: "notice bad" }, h("p", null, t("survey.distrusted"))),
    row.incidents.length > 0 &&
      h("div", { class: "notice bad" }, h("p", null, t("survey.incidents", { n: row.incidents.length }))),
    row.models.length > 0
      ? table(t("survey.models_of", { name: row.name }), columns, row.models.map(model))
      : h("p", { class: "soft" }, t("survey.no_models")),
    row.exchanges.length > 0 &&
      h(
        "details",
        null,
        h("summary", null, t("survey.evidence", { n: row.exchanges.length })),
        table(
          t("survey.evidence", { n: row.exchanges.length }),
          [["#", "number"], [t("survey.request")], ["HTTP", "number"], ["code", "number"], [t("survey.words")]],
          row.exchanges.map((each) => [
            String(each.number),
            h("code", null, each.request),
            String(each.http_status ?? "–"),
            String(each.code ?? "–"),
            each.words,
          ]),
        ),
      ),
  );
}

function report(survey) {
  const all = survey.upstreams.flatMap((row) => row.models);
  const verified = all.filter((each) => each.finding.certainty === "verified").length;
  const usable = all.filter((each) => each.finding.verdict === "usable").length;
  const figure = (value, text) => h("div", null, h("dt", null, text), h("dd", null, value));
  return [
    h(
      "dl",
      { class: "figures" },
      figure(moment(survey.at), exactly(survey.at)),
      figure(`${number(usable)} / ${number(all.length)}`, t("survey.usable")),
      figure(number(verified), t("survey.verified")),
      figure(credits(survey.spent), t("survey.spent")),
    ),
    section(
      t("survey.plans"),
      t("survey.plans_hint"),
      survey.plans.length > 0
        ? h("div", { class: "grid wide" }, survey.plans.map(plan))
        : h("p", { class: "soft" }, t("survey.no_plans")),
    ),
    section(t("survey.upstreams"), t("survey.upstreams_hint"), survey.upstreams.map(upstream)),
    section(t("survey.again"), t("survey.again_hint"), code("filmgate", "filmgate probe")),
  ];
}

function refused({ code: why }) {
  if (why === "operator_only")
    return [
      empty("link", t("survey.operator"), t("survey.operator_text")),
      code(
        "curl",
        'curl -s -H "Authorization: Bearer $FILMGATE_OPERATOR_KEY" \\\n  $BASE/filmgate/v1/survey'.replace(
          "$BASE",
          location.origin,
        ),
      ),
    ];
  if (why === "no_survey")
    return [
      empty("search", t("survey.none"), t("survey.none_text")),
      code("filmgate", "filmgate probe\nFILMGATE_SURVEY_EVERY_HOURS=24 filmgate serve"),
    ];
  return null;
}

mount(
  main,
  head(t("survey.title"), t("survey.lead")),
  loaded(() => get("/filmgate/v1/survey"), report, { refused }),
);
