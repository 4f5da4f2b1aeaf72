// The film that another one is made from: chosen by its picture, or by its id.
import { get } from "../../api.js";
import { h, mount } from "../../dom.js";
import { named, t } from "../../words.js";
import { model_path } from "../chooser.js";
import { text_field } from "../field.js";
import { picture } from "../picture.js";
import { spoken } from "./screen.js";

/** Which models' films can be taken: of a longer or larger film those of its own family, of a character all. */
function sources({ family, makes }, models) {
  if (makes === "character") return models.filter((model) => model.makes !== "character");
  return models.filter((model) => model.family === family && ["film", "extension"].includes(model.makes));
}

/** What is large already is neither made longer nor larger. */
const is_fit = ({ film }, { makes }) => film && (makes === "character" || Math.min(film.width, film.height) < 1080);

/** @param {object[]} models all there are */
export function finished_field(parameter, value, change, model, models) {
  const picks = new Map();
  const mark = (id) => picks.forEach(({ button }, task) => button.setAttribute("aria-pressed", String(task === id)));
  const field = text_field(parameter, value, (id) => {
    mark(id);
    change(id);
  });
  const set = (id) => {
    field.set(id);
    mark(id);
  };
  function pick(task) {
    const choose = () => {
      const id = field.input.value === task.id ? undefined : task.id;
      set(id);
      change(id);
    };
    const button = h(
      "button",
      { type: "button", class: "source", "aria-pressed": "false", onclick: choose },
      h("span", { class: "frame" }, picture(task)),
      h("b", null, spoken(task.prompt) || named(task)),
      h("small", null, named(task)),
    );
    picks.set(task.id, { button, thumbnail: task.thumbnail });
    return button;
  }
  async function offer() {
    const from = sources(model, models);
    const { tasks } = await get("/filmgate/v1/tasks?phase=succeeded&limit=100");
    const fit = tasks.filter((task) => is_fit(task, model) && from.some(({ id }) => id === task.model)).slice(0, 6);
    const [before, after] = t("finished_none").split("{model}");
    mount(
      strip,
      fit.length > 0
        ? fit.map(pick)
        : h("p", { class: "hint" }, before, h("a", { href: model_path(from[0].id) }, named(from[0])), after),
    );
    mark(field.input.value);
  }
  const strip = h("div", { class: "sources", role: "group", "aria-label": t("finished") });
  field.input.before(strip);
  field.input.placeholder = t("finished_id");
  // Without the films an id can still be typed.
  offer().catch(() => {});
  return { ...field, set, preview: () => picks.get(field.input.value)?.thumbnail ?? null };
}
