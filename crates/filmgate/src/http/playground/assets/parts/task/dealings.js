// What a task is made of and whom it dealt with: facts, request, attempts, exchanges, deliveries.
import { post } from "../../api.js";
import { h, icon } from "../../dom.js";
import { copier, sentence, toast } from "../../shell.js";
import { exactly, has, number, size, t } from "../../words.js";
import { is_file_of_ours, local } from "../deck.js";
import { moment_time, shape, since, span, upstream_name } from "../times.js";

const fact = (name, ...value) => [h("dt", null, t(name)), h("dd", null, value)];
const model_link = (id) => h("a", { href: `/models/${encodeURIComponent(id)}` }, h("code", null, id));

/** What is long, with a button that copies it. */
function copied(text) {
  const button = copier(() => text);
  return h("span", { class: "hash" }, h("code", null, text), button);
}

/** @param {Record<string, any>} task */
export function facts(task) {
  const { film } = task;
  const hash = film?.sha256;
  return h(
    "dl",
    { class: "facts" },
    fact("fact.model", model_link(task.model)),
    task.upstream &&
      fact("fact.upstream", task.upstream === "studio" ? t("fact.studio") : h("code", null, task.upstream)),
    film && fact("fact.film", shape(film)),
    film && fact("fact.bytes", size(film.bytes), " ", h("span", { class: "soft number" }, `(${number(film.bytes)})`)),
    hash && fact("fact.hash", copied(hash)),
    task.character && fact("fact.character", copied(task.character)),
    task.origin &&
      fact(
        "fact.origin",
        h("a", { href: `/tasks/${encodeURIComponent(task.origin.task)}` }, t(`origin.${task.origin.what}`)),
      ),
    fact("fact.created", h("time", { datetime: new Date(task.created_ms).toISOString() }, exactly(task.created_ms))),
    task.finished_ms && fact("fact.took", h("span", { class: "number" }, span(task.finished_ms - task.created_ms))),
    fact("fact.form", t(`form.${task.form}`)),
    task.callback_url && fact("fact.callback", h("code", null, task.callback_url)),
    fact("fact.id", copied(task.id)),
  );
}

function picture(url) {
  return is_file_of_ours(url)
    ? h(
        "a",
        { href: local(url) },
        h("img", { class: "small-picture", src: local(url), alt: t("input.picture"), loading: "lazy" }),
      )
    : h("a", { class: "block", href: url, rel: "noreferrer" }, url);
}

function value_of(name, value) {
  if (name === "pictures") return h("span", { class: "row" }, value.map(picture));
  if (name === "shots")
    return h(
      "ol",
      { class: "shots" },
      value.map((shot) => h("li", null, h("b", { class: "number" }, t("s", { n: shot.seconds })), " ", shot.scene)),
    );
  if (name === "origin_task") return h("a", { href: `/tasks/${encodeURIComponent(value)}` }, h("code", null, value));
  if (name === "prompt") return h("span", { class: "whole" }, value);
  return typeof value === "boolean"
    ? t(value ? "input.yes" : "input.no")
    : Array.isArray(value)
      ? value.join(", ")
      : String(value);
}

/** The request as it was given. */
export function request(task) {
  const rows = Object.entries(task.input ?? {});
  if (rows.length === 0) return h("p", { class: "soft" }, t("input.none"));
  return h(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => [h("dt", null, h("code", null, name)), h("dd", null, value_of(name, value))]),
  );
}

const ENDS = { delivered: "succeeded", late: "succeeded", refused: "failed", lost: "failed", written_off: "failed" };
const attempt_word = (state) => [`attempt.${state}`, `phase.${state}`].filter(has).map((key) => t(key))[0] ?? state;

/** @param {{number: number, upstream: string, model: string, state: string, job: string | null, began_ms: number, text: string}[]} attempts */
export function attempts(list) {
  return list.map((attempt) =>
    h(
      "div",
      { class: "card attempt" },
      h(
        "div",
        { class: "row between" },
        h("strong", null, t("attempt.title", { number: attempt.number, upstream: upstream_name(attempt.upstream) })),
        h("span", { class: "badge", "data-phase": ENDS[attempt.state] ?? attempt.state }, attempt_word(attempt.state)),
      ),
      attempt.text && h("p", { class: "small soft", lang: "en" }, attempt.text),
      h(
        "p",
        { class: "small soft" },
        moment_time(attempt.began_ms),
        " · ",
        h("code", null, attempt.model),
        attempt.job && [" · ", t("attempt.job"), " ", h("code", null, attempt.job)],
      ),
    ),
  );
}

/** What upstreams answered; the server has taken out what is secret. */
export function exchanges(list) {
  if (list.length === 0) return [];
  const call = ({ method, path, status, took_ms }) =>
    h(
      "div",
      { class: "small soft" },
      h("code", null, `${method} ${path}`),
      " → ",
      status ? h("b", null, `HTTP ${status}`) : t("delivery.no_answer"),
      " · ",
      t("delivery.took", { n: took_ms }),
    );
  const row = (one) =>
    h(
      "tr",
      null,
      h("td", { class: "small soft when" }, moment_time(one.at_ms)),
      h("td", { class: "when" }, String(one.attempt)),
      h("td", null, h("code", { lang: "en" }, one.text), one.call && call(one.call)),
    );
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("exchanges.title") },
    h(
      "table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, t("money.when")),
          h("th", { scope: "col" }, t("exchange.attempt")),
          h("th", { scope: "col" }, t("money.what")),
        ),
      ),
      h("tbody", null, list.map(row)),
    ),
  );
}

function tried({ at_ms, took_ms, status, fault }) {
  return h(
    "li",
    null,
    moment_time(at_ms),
    " · ",
    status ? h("b", null, `HTTP ${status}`) : h("b", null, fault ?? t("delivery.no_answer")),
    status && fault ? ` · ${fault}` : "",
    " · ",
    t("delivery.took", { n: took_ms }),
  );
}

/** @param {Record<string, any>} delivery @param {() => void} changed called after a replay */
function delivery_card(delivery, changed) {
  const state = { waiting: "ask", delivered: "good", given_up: "bad" }[delivery.state] ?? "";
  const button = h(
    "button",
    { type: "button", class: "button small", onclick: replay },
    icon("back"),
    t("delivery.replay"),
  );
  async function replay() {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      await post(`/filmgate/v1/webhooks/deliveries/${encodeURIComponent(delivery.id)}/replay`);
      toast(t("delivery.replayed"));
      changed();
    } catch (error) {
      toast(sentence(error));
    }
    button.removeAttribute("aria-busy");
  }
  return h(
    "div",
    { class: "card attempt" },
    h(
      "div",
      { class: "row between" },
      h("strong", null, h("code", null, delivery.event)),
      h("span", { class: `badge ${state}` }, t(`delivery.${delivery.state}`)),
    ),
    h("p", { class: "small" }, h("code", null, delivery.url)),
    delivery.tries.length > 0 && h("ol", { class: "tries small soft" }, delivery.tries.map(tried)),
    h(
      "div",
      { class: "row between" },
      delivery.state === "waiting" && delivery.due_ms
        ? h("span", { class: "small soft" }, t("delivery.due"), " ", since(delivery.due_ms))
        : h("span"),
      button,
    ),
  );
}

export const deliveries = (list, changed) => list.map((delivery) => delivery_card(delivery, changed));
