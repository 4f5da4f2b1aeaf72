// Who is told when a film is ready: endpoints, what was delivered with every try, and how a receiver knows that it is us.
import { get, post, remove } from "../api.js";
import { h, icon, mount } from "../dom.js";
import { confirmed, copier, failure, main, sentence, tab_set, toast } from "../shell.js";
import { t } from "../words.js";
import { asking, code, doing, empty, field, head, loaded, moment, secret, section, ticks } from "../parts/page.js";
import { delivery_list } from "../parts/deliveries.js";
import { receivers } from "../parts/receivers.js";

const EVENTS = ["video.completed", "video.failed", "task.late"];
const PATH = "/filmgate/v1/webhooks/endpoints";

function endpoint(one, reload) {
  const said = h("div", { class: "stack", role: "status" });
  const at = `${PATH}/${encodeURIComponent(one.id)}`;
  const attempt = (run) => async () => {
    try {
      await run();
    } catch (error) {
      mount(said, failure(error));
    }
  };
  const test = attempt(async () => {
    const { status } = await post(`${at}/test`);
    const is_good = status >= 200 && status < 300;
    mount(
      said,
      h(
        "div",
        { class: `notice ${is_good ? "good" : "bad"}` },
        h("p", null, t(is_good ? "hooks.test_good" : "hooks.test_bad", { status: String(status) })),
      ),
    );
  });
  const rotate = attempt(async () => {
    if (!(await confirmed(t("hooks.rotate_ask"), t("hooks.rotate_text"), t("hooks.rotate")))) return;
    mount(said, secret(t("hooks.secret"), (await post(`${at}/rotate_secret`)).secret, t("hooks.once")));
  });
  const drop = attempt(async () => {
    if (!(await confirmed(t("hooks.delete_ask", { name: one.name }), t("hooks.delete_text"), t("hooks.delete"))))
      return;
    await remove(at);
    toast(t("hooks.deleted"));
    reload();
  });
  const about = (what) => ({ "aria-label": `${what}: ${one.name}` });
  return h(
    "li",
    { class: "card stack" },
    h(
      "div",
      { class: "row between" },
      h("h3", null, one.name),
      h(
        "div",
        { class: "row" },
        one.events.map((event) => h("span", { class: "badge mono" }, event)),
      ),
    ),
    h("code", { class: "address" }, one.url),
    h(
      "p",
      { class: "hint" },
      t("hooks.made"),
      " ",
      moment(one.created_ms),
      one.secret_hint && [" · ", t("hooks.hint"), " ", h("code", null, one.secret_hint)],
    ),
    h(
      "div",
      { class: "row" },
      doing({ class: "button small", ...about(t("hooks.test")) }, t("hooks.test"), test),
      doing({ class: "button small", ...about(t("hooks.rotate")) }, t("hooks.rotate"), rotate),
      doing({ class: "button small danger", ...about(t("hooks.delete")) }, t("hooks.delete"), drop),
    ),
    said,
  );
}

/** The form; a secret stays on the page until the next endpoint is made, because nothing else shows it. */
function maker(reload) {
  const [made, trouble] = [h("div"), h("div")];
  const name = h("input", { class: "input", required: true, autocomplete: "off" });
  const url = h("input", {
    class: "input mono",
    type: "url",
    inputmode: "url",
    required: true,
    placeholder: "https://",
    autocomplete: "off",
  });
  const events = ticks(
    t("hooks.events"),
    EVENTS.map((value) => ({ value, label: value, is_on: value !== "task.late" })),
    t("hooks.events_hint"),
  );
  const fields = {
    name: field(t("hooks.name"), name, t("hooks.name_hint")),
    url: field(t("hooks.url"), url, t("hooks.url_hint")),
    events,
  };
  const button = h("button", { class: "button primary" }, icon("plus"), t("hooks.add"));
  /** Says what is missing, in the order of the form, and looks at the first of it. */
  function is_whole() {
    const given = { name: name.value.trim(), url: url.value.trim(), events: events.chosen().length > 0 };
    const missing = Object.keys(fields).filter((key) => !given[key]);
    for (const key of missing.toReversed()) fields[key].refuse(t(`hooks.${key}_missing`));
    return missing.length === 0;
  }
  async function make(form) {
    Object.values(fields).forEach((one) => one.refuse());
    mount(trouble);
    if (!is_whole()) return;
    try {
      const one = await post(PATH, { name: name.value.trim(), url: url.value.trim(), events: events.chosen() });
      form.reset();
      mount(made, secret(t("hooks.secret"), one.secret, t("hooks.once")));
      reload();
    } catch (error) {
      if (fields[error.parameter]) fields[error.parameter].refuse(sentence(error));
      else mount(trouble, failure(error));
    }
  }
  return asking(button, make, fields.name, fields.url, events, h("p", null, button), trouble, made);
}

const endpoints = loaded(
  () => get(PATH),
  ({ endpoints: all }) =>
    all.length === 0
      ? empty("link", t("hooks.none"), t("hooks.none_text"))
      : h(
          "ul",
          { class: "bare stack" },
          all.map((one) => endpoint(one, endpoints.reload)),
        ),
);

let sample = receivers[0];
const show = (one) => {
  sample = one;
  return h("pre", null, h("code", null, one.text));
};
const samples = tab_set(
  t("hooks.languages"),
  receivers.map((one) => ({ key: one.key, label: one.label, body: () => show(one) })),
);
const [before, after] = t("hooks.verify_more").split("{link}");

mount(
  main,
  head(t("hooks.title"), t("hooks.lead")),
  h(
    "div",
    { class: "two" },
    section(t("hooks.endpoints"), null, endpoints),
    section(
      t("hooks.new"),
      null,
      maker(() => endpoints.reload()),
    ),
  ),
  section(t("hooks.deliveries"), t("hooks.deliveries_hint"), delivery_list()),
  section(
    t("hooks.verify"),
    t("hooks.verify_hint"),
    h(
      "ol",
      { class: "steps" },
      [1, 2, 3].map((n) => h("li", null, h("p", null, t(`hooks.verify_${n}`)))),
    ),
    h(
      "div",
      { class: "code" },
      h(
        "div",
        { class: "head" },
        samples.bar,
        copier(() => sample.text),
      ),
      samples.panel,
    ),
    code(
      "filmgate",
      "filmgate webhooks verify body.json --secret whsec_… \\\n  -H 'webhook-id: …' -H 'webhook-timestamp: …' -H 'webhook-signature: …'",
    ),
    h("p", { class: "soft" }, before, h("a", { href: "/docs" }, t("hooks.docs")), after),
  ),
);
