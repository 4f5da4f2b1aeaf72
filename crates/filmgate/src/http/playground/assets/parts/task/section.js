// The parts of a film's page that are drawn again only when what they show has changed.
import { h, mount } from "../../dom.js";
import { t } from "../../words.js";
import { attempts, exchanges } from "./dealings.js";

/** A part of the page that is made anew only when what it shows has changed, so that nobody's place in it is lost. */
export function part(title, make, of) {
  const body = h("div", { class: "stack" });
  const node = h("section", { hidden: true }, h("h2", null, title), body);
  let drawn = "";
  function draw(task) {
    const state = JSON.stringify(of(task) ?? null);
    if (state === drawn) return;
    drawn = state;
    const made = [make(task)].flat().filter(Boolean);
    node.hidden = made.length === 0;
    mount(body, made);
  }
  return { node, draw };
}

/** What is of use to few: it is closed until somebody, or a doubt, opens it. */
export function behind() {
  const count = h("span", { class: "soft small" });
  const tries = h("div", { class: "stack" });
  const answers = h("div", { class: "stack" });
  const box = h(
    "details",
    null,
    h("summary", null, t("behind.title"), " ", count),
    h("div", { class: "stack" }, tries, answers),
  );
  const node = h("section", { class: "behind", hidden: true }, box);
  let drawn = "";
  function draw(task) {
    // The studio is filmgate itself: what it says stands in the timeline already.
    const heard =
      task.exchanges?.filter(
        ({ attempt }) => task.attempts.find(({ number }) => number === attempt)?.upstream !== "studio",
      ) ?? [];
    const state = JSON.stringify([task.attempts, heard]);
    if (state === drawn) return;
    drawn = state;
    node.hidden = !task.attempts?.length;
    if (task.phase === "in_doubt" || (task.phase === "failed" && heard.length > 0)) box.open = true;
    const numbers = [
      t("behind.attempts", { n: task.attempts?.length ?? 0 }),
      heard.length > 0 && t("behind.exchanges", { n: heard.length }),
    ];
    count.textContent = numbers.filter(Boolean).join(" · ");
    mount(tries, attempts(task.attempts ?? []));
    mount(answers, exchanges(heard));
  }
  return { node, draw };
}
