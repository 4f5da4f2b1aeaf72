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
  if (
    !own ||
    !task.film ||
    !["film", "extension"].includes(own.makes) ||
    Math.min(task.film.width, task.film.height) > 1024
  )
    return [];
  return models.filter(
    (model) => model.family === own.family && is_open(model) && ["extension", "enlargement"].includes(model.makes),
  );
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
  if (error instanceof ApiError && error.status === 402)
    box.append(
      h(
        "p",
        null,
        t(site.is_dev ? "again.credits_dev" : "again.credits"),
        " ",
        h("a", { href: "/credits" }, t("again.to_credits")),
      ),
    );
  if (error instanceof ApiError && error.status === 401)
    box.append(h("p", null, h("a", { href: location.href }, t("again.enter"))));
  return box;
}

/**
 * The row of actions; `draw(task, models)` decides which there are.
 * @param {(task: object) => void} changed @param {(task: object) => Node[] | null} saves what comes first
 */
export function actions(changed, saves = () => null) {
  const row = h("div", { class: "row acts" });
  const trouble = h("div");
  let drawn = "";
  let quoted = null;

  /** Runs `work` with its button busy, and tells what went wrong beside the buttons. */
  async function busy(button, work) {
    if (button.getAttribute("aria-busy") === "true") return;
    mount(trouble);
    button.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      mount(trouble, refusal(error));
    }
    button.removeAttribute("aria-busy");
  }
  const button = (picture, words, work, kind = "") => {
    const made = h(
      "button",
      { type: "button", class: `button ${kind}`, onclick: () => busy(made, work) },
      picture && icon(picture),
      words,
    );
    return made;
  };
  const link = (picture, words, href, kind = "") => h("a", { class: `button ${kind}`, href }, icon(picture), words);

  /** The same again; the button stays busy until the new film's page is there. */
  const again = (task, label, kind) => {
    const work = async () => {
      mount(trouble);
      try {
        const { id } = await create("/filmgate/v1/tasks", { model: task.model, input: task.input });
        show_balance();
        location.assign(`/tasks/${encodeURIComponent(id)}`);
        return true;
      } catch (error) {
        mount(trouble, refusal(error));
        return false;
      }
    };
    const busy_look = (is_busy) => made.setAttribute("aria-busy", String(is_busy));
    const made = h(
      "button",
      { type: "button", class: `button ${kind}`, onclick: () => press(busy_look, work) },
      icon("back"),
      label,
    );
    return made;
  };
  async function go_on(task, model) {
    say(t("again.frame_taking"));
    const { url } = await send("POST", "/filmgate/v1/uploads", await last_frame(task.film));
    const { pictures, mode, origin_task, seed, ...rest } = fitting(model, task.input);
    location.assign(form_link(model.id, { ...rest, pictures: [url] }));
  }
  async function cancel(task) {
    if (!(await confirmed(t("cancel.title"), t("cancel.text"), t("cancel.yes")))) return;
    const now = await post(`/filmgate/v1/tasks/${encodeURIComponent(task.id)}/cancel`);
    toast(t(now.phase === "cancelled" ? "cancel.done" : "cancel.wished"));
    show_balance();
    changed({ ...now, cancel_wished: true });
  }

  /** The price of running it again is asked for, because prices change; without it the button says none. */
  async function price(task, label) {
    try {
      quoted ??= post("/filmgate/v1/quote", { model: task.model, input: task.input });
      const { price: credits } = await quoted;
      label.textContent = ` · ${t("credits", { n: credits })}`;
    } catch {
      // The press itself will say why it is refused.
    }
  }

  function draw(task, models) {
    const is_over = ["succeeded", "failed", "cancelled"].includes(task.phase);
    const state = JSON.stringify([is_over, task.can_cancel, task.film?.url, models.length]);
    if (state === drawn) return;
    drawn = state;
    const own = models.find(({ id }) => id === task.model);
    const is_remake = ["remix", "edit"].includes(task.origin?.what);
    const frame_model = task.film && picture_model(task, models);
    const cost = h("span", { class: "number" });
    // What the page advises after a failure is what stands out.
    const is_retried =
      task.phase === "cancelled" || (task.phase === "failed" && ["next.again", "next.late"].includes(advice(task)));
    mount(
      row,
      saves(task),
      is_over && !is_remake && again(task, [t("again.run"), cost], is_retried ? "primary" : ""),
      !is_remake &&
        link(
          "edit",
          t("again.edit"),
          form_link(task.model, task.input),
          is_over && !task.film && !is_retried ? "primary" : "",
        ),
      remakers(task, models).map((model) =>
        link(
          model.makes === "extension" ? "right" : "up",
          t(`again.${model.makes}`, { size: /4k/i.test(model.id) ? "4k" : "1080p" }),
          form_link(
            model.id,
            model.makes === "extension" ? { prompt: task.prompt, origin_task: task.id } : { origin_task: task.id },
          ),
        ),
      ),
      frame_model && button("picture", t("again.frame"), () => go_on(task, frame_model)),
      own?.makes === "film" &&
        task.prompt &&
        link("film", t("again.compare"), `/compare?with=${encodeURIComponent(task.id)}`),
      task.can_cancel && button("close", t("cancel.button"), () => cancel(task), "danger"),
    );
    if (is_over && !is_remake) price(task, cost);
  }
  return { node: h("div", { class: "stack" }, row, trouble), draw };
}
