// The account's keys: made with limits, shown once, revoked. In the emulator: why there are none to make.
import { get, post, remove, site } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { confirmed, failure, main, sentence, toast } from "../shell.js";
import { listed, number, t } from "../words.js";
import {
  asking,
  code,
  doing,
  empty,
  field,
  head,
  loaded,
  moment,
  secret,
  section,
  table,
  ticks,
} from "../parts/page.js";

function limits({ models, credits_max, credits_taken }) {
  return h(
    "div",
    { class: "limits" },
    h(
      "span",
      null,
      credits_max === null ? t("keys.no_max") : t("keys.taken_of", { taken: credits_taken, max: credits_max }),
    ),
    credits_max !== null &&
      h(
        "div",
        { class: "bar", "aria-hidden": "true" },
        h("i", { style: { width: `${Math.min(100, (credits_taken / (credits_max || 1)) * 100)}%` } }),
      ),
    h("span", { class: "hint" }, models === null ? t("keys.all_models") : listed(models)),
  );
}

function state({ revoked_ms, is_this_session }) {
  if (revoked_ms !== null) return h("span", { class: "badge bad" }, t("keys.revoked"));
  return is_this_session
    ? h("span", { class: "badge warm" }, t("keys.this"))
    : h("span", { class: "badge good" }, t("keys.valid"));
}

function revoker(key, reload) {
  if (key.revoked_ms !== null) return moment(key.revoked_ms);
  return doing(
    { class: "button small danger", "aria-label": t("keys.revoke_one", { id: key.id }) },
    t("keys.revoke"),
    async () => {
      if (
        !(await confirmed(
          t("keys.revoke_ask", { id: key.id }),
          t(key.is_this_session ? "keys.revoke_this" : "keys.revoke_text"),
          t("keys.revoke"),
        ))
      )
        return;
      try {
        await remove(`/filmgate/v1/keys/${encodeURIComponent(key.id)}`);
        toast(t("keys.revoked_now"));
        if (key.is_this_session) location.reload();
        else reload();
      } catch (error) {
        toast(sentence(error));
      }
    },
  );
}

function list(reload) {
  return ({ keys }) =>
    keys.length === 0
      ? empty("link", t("keys.none"), t("keys.none_text"))
      : table(
          t("keys.list"),
          [[t("keys.id")], [t("keys.state")], [t("keys.made")], [t("keys.limits")], [t("keys.revoke")]],
          keys.map((key) => [
            h("span", { class: "mono" }, key.id),
            state(key),
            moment(key.created_ms),
            limits(key),
            revoker(key, reload),
          ]),
        );
}

/** The form; a key stays on the page until the next one is made, because nothing else shows it. */
function maker(models, reload) {
  const [made, trouble] = [h("div"), h("div")];
  const amount = h("input", { class: "input", type: "number", inputmode: "decimal", min: "0", step: "any" });
  const most = field(t("keys.max"), amount, t("keys.max_hint"));
  const of = ticks(
    t("keys.models"),
    models.map(({ id }) => ({ value: id, label: id })),
    t("keys.models_hint"),
  );
  const button = h("button", { class: "button primary" }, icon("plus"), t("keys.make"));
  async function make(form) {
    most.refuse();
    mount(trouble);
    if (amount.validity.badInput || (amount.value !== "" && Number(amount.value) <= 0))
      return most.refuse(t("keys.max_wrong"));
    const chosen = of.chosen();
    const limits = {
      ...(chosen.length > 0 && { models: chosen }),
      ...(amount.value !== "" && { credits_max: Number(amount.value) }),
    };
    try {
      const { id, key } = await post("/filmgate/v1/keys", limits);
      mount(made, secret(t("keys.made_now", { id }), key, t("keys.once")));
      form.reset();
      reload();
    } catch (error) {
      if (error.parameter === "credits_max") most.refuse(sentence(error));
      else mount(trouble, failure(error));
    }
  }
  const which = h("details", null, h("summary", null, t("keys.models_open")), of);
  return asking(button, make, most, which, h("p", null, button), trouble, made);
}

function emulator() {
  const key = site.sandbox_key || "YOUR_KEY";
  return [
    h(
      "div",
      { class: "notice warm" },
      h("p", null, h("strong", null, t("keys.emulator"))),
      h("p", null, t("keys.emulator_text", { n: 1000 })),
    ),
    section(
      t("keys.try"),
      t("keys.try_text", { key }),
      code("curl", `curl -s ${site.base}/filmgate/v1/credits -H 'Authorization: Bearer ${key}'`),
      h("p", { class: "soft" }, t("keys.real")),
      code("filmgate", "filmgate keys create NAME\nfilmgate serve"),
    ),
  ];
}

if (site.is_dev) mount(main, head(t("keys.title"), t("keys.lead")), emulator());
else {
  const keys = loaded(
    () => get("/filmgate/v1/keys"),
    (value) => list(() => keys.reload())(value),
  );
  const form = loaded(
    () => get("/filmgate/v1/models"),
    ({ models }) => maker(models, keys.reload),
  );
  mount(
    main,
    head(t("keys.title"), t("keys.lead")),
    section(t("keys.list"), null, keys),
    section(t("keys.new"), t("keys.new_hint"), form),
  );
}
