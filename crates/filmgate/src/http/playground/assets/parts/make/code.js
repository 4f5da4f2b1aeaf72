// The request beside the form: one tab a language, made anew with every change.
import { site } from "../../api.js";
import { h, mount } from "../../dom.js";
import { copier, tab_set } from "../../shell.js";
import { t } from "../../words.js";
import { kept } from "../kept.js";
import { cli, curl, in_order, javascript, python, rust } from "./samples.js";

const place = { base: site.base, key: site.is_dev ? site.sandbox_key || null : null };

const TABS = [
  { key: "kie", label: "curl · Kie", from: "kie", write: curl },
  { key: "openai", label: "curl · OpenAI", from: "openai", write: curl },
  { key: "javascript", label: "JavaScript", from: "filmgate", write: javascript },
  { key: "python", label: "Python", from: "filmgate", write: python },
  { key: "rust", label: "Rust", from: "filmgate", write: rust },
  { key: "cli", label: "CLI", from: "cli", write: cli },
];

const MARKS = /("(?:\\.|[^"\\\n])*")(\s*:)?|(?<=[\s[(])(\d+(?:\.\d+)?)(?![\w.])/g;

/** Names, texts and numbers in their colours. */
function coloured(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    parts.push(text.slice(at, found.index));
    if (found[3]) parts.push(h("span", { class: "n" }, found[3]));
    else parts.push(h("span", { class: found[2] ? "k" : "s" }, found[1]), found[2] ?? "");
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

/** @returns {{element: HTMLElement, show: (calls: object | null, state: "fresh" | "waiting" | "refused") => void}} */
export function code_block() {
  let calls = null;
  let state = "waiting";
  let text = "";
  const body = (tab) => () => {
    const call = calls?.[tab.from];
    text = call ? tab.write(call.body ? { ...call, body: in_order(call.body) } : call, place) : "";
    if (call) return h("pre", null, h("code", null, coloured(text)));
    return h("p", { class: "none" }, t(calls ? `none.${tab.from}` : "none.yet"));
  };
  const last = kept.read("filmgate-code");
  const chosen = TABS.some(({ key }) => key === last) ? last : TABS[0].key;
  const tabs = tab_set(
    t("request"),
    TABS.map((tab) => ({ ...tab, body: body(tab) })),
    chosen,
    (key) => {
      kept.write("filmgate-code", key);
      mark();
    },
  );
  const copy = copier(() => text);
  const note = h("p", { class: "note", hidden: true });
  const element = h(
    "section",
    { class: "code", "aria-label": t("request") },
    h("div", { class: "head" }, tabs.bar, copy),
    note,
    tabs.panel,
  );
  function mark() {
    element.dataset.state = state;
    copy.hidden = !text;
    note.hidden = state === "fresh" || !calls;
    mount(note, t(state === "refused" ? "code_refused" : "code_waiting"));
  }
  mark();
  return {
    element,
    show(next, how) {
      if (next) calls = next;
      state = how;
      tabs.refresh();
      mark();
    },
  };
}
