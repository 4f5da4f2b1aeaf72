// What can be done with a task: again, changed, longer, larger, on from its last frame, beside others, or not at all.
import { ApiError, packed, post, send, site } from "../../api.js";
import { h, icon, mount } from "../../dom.js";
import { confirmed, failure, say, show_balance, toast } from "../../shell.js";
import { t } from "../../words.js";
import { local } from "../deck.js";
import { fitting } from "../fitting.js";
import { create, press } from "../press.js";
import { advice } from "./waiting.js";

const PNG_MAX = 9_500_000;

/** The address of a model's page with its form filled. */
export const form_link = (model, input) => `/models/${encodeURIComponent(model)}#input=${packed(input)}`;

/** Whether a model could be asked now. */
const is_open = (model) => model.state === "served";

/** The model that begins with a picture: the task's own if it does, otherwise a relation of it. */
export function picture_model(task, models) {
  const does = (model) =>
    is_open(model) &&
    model.makes === "film" &&
    model.parameters.some(({ name }) => name === "pictures") &&
    !model.parameters.some(({ name, required }) => required && name !== "prompt" && name !== "pictures");
  const all = models.filter(does);
  const family = models.find(({ id }) => id === task.model)?.family;
  return (
    all.find(({ id }) => id === task.model) ??
    all.find((model) => model.family === family && /image-to-video$/.test(model.id)) ??
    all.find((model) => model.family === family) ??
    all[0]
  );
}

/** The models that go on from this film, or enlarge it. */
export function remakers(task, models) {
  const own = models.find(({ id }) => id === task.model);
  const is_small = task.film && Math.min(task.film.width, task.film.height) <= 1024;
  if (!is_small || !["film", "extension"].includes(own?.makes)) return [];
  const relations = models.filter((model) => model.family === own.family && is_open(model));
  return relations.filter(({ makes }) => ["extension", "enlargement"].includes(makes));
}

/** The last frame of a film as a picture file. @returns {Promise<Blob>} */
export async function last_frame(film) {
  const video = h("video", { muted: true, playsinline: true, preload: "auto", src: local(film.url) });
  const heard = (name) =>
    new Promise((done, failed) => {
      video.addEventListener(name, done, { once: true });
      video.addEventListener("error", () => failed(new Error(t("again.frame_failed"))), { once: true });
    });
  await heard("loadeddata");
  const sought = heard("seeked");
  video.currentTime = Math.max(0, video.duration - 0.5 / (film.frames_per_second || 24));
  await sought;
  const canvas = h("canvas", { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  const file = (type, quality) =>
    new Promise((done) => {
      canvas.toBlob(done, type, quality);
    });
  const png = await file("image/png");
  return png.size <= PNG_MAX ? png : file("image/jpeg", 0.95);
}

/** What a refusal says, and the way out of it. */
export function refusal(error) {
  const box = failure(error);
  const status = error instanceof ApiError ? error.status : 0;
  const credits = () => [t(site.is_dev ? "again.credits_dev" : "again.credits"), " "];
  if (status === 402) box.append(h("p", null, credits(), h("a", { href: "/credits" }, t("again.to_credits"))));
  if (status === 401) box.append(h("p", null, h("a", { href: location.href }, t("again.enter"))));
  return box;
}

/** The row of actions; `draw(task, models)` decides which there are. */
export class Actions {
  row = h("div", { class: "row acts" });
  trouble = h("div");
  node = h("div", { class: "stack" }, this.row, this.trouble);
  drawn = "";
  quoted = null;

  /** @param {(task: object) => void} changed @param {(task: object) => Node[] | null} saves what comes first */
  constructor(changed, saves) {
    Object.assign(this, { changed, saves });
  }

  draw(task, models) {
    const is_over = ["succeeded", "failed", "cancelled"].includes(task.phase);
    const state = JSON.stringify([is_over, task.can_cancel, task.film?.url, models.length]);
    if (state === this.drawn) return;
    this.drawn = state;
    // Only OpenAI's dialect asks for a remix or an edit: no form knows their source.
    const is_remake = ["remix", "edit"].includes(task.origin?.what);
    const repeats = !is_remake && this.repeats(task, is_over);
    mount(this.row, this.saves(task), repeats, this.goings_on(task, models), task.can_cancel && this.cancel(task));
  }

  /** The same again, and the same changed; what the page advises after a failure is what stands out. */
  repeats(task, is_over) {
    const is_advised = task.phase === "failed" && ["next.again", "next.late"].includes(advice(task));
    const is_retried = task.phase === "cancelled" || is_advised;
    const is_edited = is_over && !task.film && !is_retried;
    const edit = link("edit", t("again.edit"), form_link(task.model, task.input), is_edited ? "primary" : "");
    return [is_over && this.again(task, is_retried ? "primary" : ""), edit];
  }

  /** What can be made from this film or beside it. */
  goings_on(task, models) {
    const own = models.find(({ id }) => id === task.model);
    const frame_model = task.film && picture_model(task, models);
    const compare = `/compare?with=${encodeURIComponent(task.id)}`;
    return [
      remakers(task, models).map((model) => remake(task, model)),
      frame_model && this.frame(task, frame_model),
      own?.makes === "film" && task.prompt && link("film", t("again.compare"), compare),
    ];
  }

  /** The same again, with its price; the button stays busy until the new film's page is there. */
  again(task, kind) {
    const cost = h("span", { class: "number" });
    const busy = (is_busy) => made.setAttribute("aria-busy", String(is_busy));
    const made = button("back", [t("again.run"), cost], () => press(busy, () => this.run_again(task, cost)), kind);
    // The press asks once more, and says why there is no price.
    this.price(task, cost).catch(() => {});
    return made;
  }

  /** @returns {Promise<boolean>} whether the page is being left */
  async run_again(task, cost) {
    mount(this.trouble);
    try {
      // Nothing is sent at a price that was not shown: the next press agrees to it.
      if (cost.textContent === "") {
        await this.price(task, cost);
        say(cost.textContent);
        return false;
      }
      const { id } = await create("/filmgate/v1/tasks", { model: task.model, input: task.input });
      show_balance();
      location.assign(`/tasks/${encodeURIComponent(id)}`);
      return true;
    } catch (error) {
      mount(this.trouble, refusal(error));
      return false;
    }
  }

  /** Shows what running it again costs; that is asked for, because prices change. */
  async price(task, cost) {
    this.quoted ??= post("/filmgate/v1/quote", { model: task.model, input: task.input });
    try {
      const { price: credits } = await this.quoted;
      cost.textContent = ` · ${t("credits", { n: credits })}`;
    } catch (error) {
      this.quoted = null;
      throw error;
    }
  }

  /** The form of a model that begins with a picture, which is this film's last frame. */
  frame(task, model) {
    return this.busy(button("picture", t("again.frame")), async () => {
      say(t("again.frame_taking"));
      const { url } = await send("POST", "/filmgate/v1/uploads", await last_frame(task.film));
      const { pictures, mode, origin_task, seed, ...rest } = fitting(model, task.input);
      location.assign(form_link(model.id, { ...rest, pictures: [url] }));
    });
  }

  cancel(task) {
    return this.busy(button("close", t("cancel.button"), null, "danger"), async () => {
      if (!(await confirmed(t("cancel.title"), t("cancel.text"), t("cancel.yes")))) return;
      const now = await post(`/filmgate/v1/tasks/${encodeURIComponent(task.id)}/cancel`);
      toast(t(now.phase === "cancelled" ? "cancel.done" : "cancel.wished"));
      show_balance();
      this.changed({ ...now, cancel_wished: true });
    });
  }

  /** A button that is busy while it works, and tells beside the buttons what went wrong. */
  busy(made, work) {
    made.addEventListener("click", async () => {
      if (made.getAttribute("aria-busy") === "true") return;
      mount(this.trouble);
      made.setAttribute("aria-busy", "true");
      await work().catch((error) => mount(this.trouble, refusal(error)));
      made.removeAttribute("aria-busy");
    });
    return made;
  }
}

const link = (picture, words, href, kind = "") => h("a", { class: `button ${kind}`, href }, icon(picture), words);
const button = (picture, words, onclick, kind = "") =>
  h("button", { type: "button", class: `button ${kind}`, onclick }, icon(picture), words);

/** The form of a model that goes on from this film, or enlarges it. */
function remake(task, model) {
  const is_longer = model.makes === "extension";
  const input = is_longer ? { prompt: task.prompt, origin_task: task.id } : { origin_task: task.id };
  const words = t(`again.${model.makes}`, { size: /4k/i.test(model.id) ? "4k" : "1080p" });
  return link(is_longer ? "right" : "up", words, form_link(model.id, input));
}
