// Chooses the language of the page and fills its sentences.

/** `en` or `zh`. */
export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

const { default: words } = await import(`./words/${language}.js`);

/**
 * The sentence `key` with `{name}` filled in. A sentence may be `{one, other}` by `values.n`. A key without a sentence shows itself, so that
 * the gap is seen.
 * @param {string} key @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  let text = words[key] ?? key;
  if (typeof text === "object") text = values.n === 1 ? text.one : text.other;
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? shown(values[name]) : hole));
}

/** Whether there is a sentence `key`. */
export const has = (key) => key in words;

/** What a model, or the model of a task, is called in this language. @param {{id: string, model?: string, title: string}} one */
export const named = (one) => words[`model.${one.model ?? one.id}`] ?? one.title;

const shown = (value) => (typeof value === "number" ? number(value) : String(value));
export const locale = language === "zh" ? "zh-Hans" : "en";
const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const spans = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" });

export const number = (value) => numbers.format(value);
/** A time in full. @param {number} ms */
export const exactly = (ms) => days.format(ms);
/** How long ago, such as "5 min. ago". @param {number} ms */
export function ago(ms, now_ms = Date.now()) {
  const seconds = (ms - now_ms) / 1000;
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(seconds) >= size) return spans.format(Math.round(seconds / size), unit);
  }
  return spans.format(Math.round(seconds), "second");
}
/** Bytes for people, such as "1.2 MB". */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${number(Math.round(bytes / 100) / 10)} KB`
    : `${number(Math.round(bytes / 100_000) / 10)} MB`;
}
/** Names one after another, as the language writes them. */
export const listed = (names) => names.map(String).join(language === "zh" ? "、" : ", ");

/** A day such as `2026-06-11` in words. */
export const day = (text) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${text}T00:00:00Z`));
