// Times and names as these pages write them.
import { h } from "../dom.js";
import { ago, exactly, locale, t } from "../words.js";

const clocks = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });

/** A time of day that tells the date and how long ago it was to whoever points at it. */
export function moment_time(at_ms) {
  return h("time", { datetime: new Date(at_ms).toISOString(), title: exactly(at_ms) }, clocks.format(at_ms));
}

/** How long ago something was; `refresh_times` keeps it true. */
export function since(at_ms) {
  return h(
    "time",
    { class: "ago", datetime: new Date(at_ms).toISOString(), "data-ms": at_ms, title: exactly(at_ms) },
    ago(at_ms),
  );
}

/** Brings every "5 min. ago" of the page up to date. */
export function refresh_times() {
  for (const element of document.querySelectorAll("time[data-ms]")) {
    const text = ago(Number(element.dataset.ms));
    if (element.textContent !== text) element.textContent = text;
  }
}

/** A film's size and length. */
export const shape = (film) =>
  t("fact.shape", {
    width: String(film.width),
    height: String(film.height),
    seconds: film.seconds,
    rate: film.frames_per_second,
  });

/** What an upstream is called in a sentence. */
export const upstream_name = (name) => (name === "studio" ? t("task.studio") : (name ?? t("task.upstream_open")));

/** How long something has taken so far, such as `1:05`. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${pad(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}
