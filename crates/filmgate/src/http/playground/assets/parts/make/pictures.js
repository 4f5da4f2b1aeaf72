// The pictures of a film: dropped, pasted, chosen or by their address, uploaded, with a preview.
import { post, send } from "../../api.js";
import { debounced, h, icon, mount } from "../../dom.js";
import { say, sentence, toast } from "../../shell.js";
import { t } from "../../words.js";
import { place } from "../field.js";
import { TYPES, checked, facts, is_address, shown_at } from "./picture_check.js";

/** @typedef {{url: string | null, preview: string | null, about: string, is_busy: boolean}} Item */

/** Lets go of a file that only the preview held. */
const let_go = (preview) => preview?.startsWith("blob:") && URL.revokeObjectURL(preview);

/** The field. Its roles, `{max, names}`, say what each picture is; they change with the mode. */
export class Pictures {
  /** @type {Item[]} */
  items = [];

  /** @param {(value: string[] | undefined) => void} change */
  constructor(parameter, value, change) {
    this.change = change;
    this.roles = { max: parameter.items_max ?? 1, names: [] };
    this.name = `f-${parameter.name}`;
    this.list = h("ol", { class: "pictures" });
    this.count = h("span", { class: "count" });
    this.drop = this.entrance();
    const { element, blame, focus } = place(parameter, {
      body: [this.list, this.drop],
      controls: [this.open],
      is_group: true,
      aside: this.count,
    });
    /** What became of the last picture that was to come in: the form's own checks know nothing of it, and leave it. */
    let refused = null;
    this.refuse = (text) => blame((refused = text));
    this.blame = (text) => blame(refused ?? text);
    Object.assign(this, { element, focus });
    this.listen();
    this.set(value);
  }

  /** Where pictures come in: a button, a line for an address, and the place to drop them. */
  entrance() {
    this.files = h("input", {
      type: "file",
      id: `${this.name}-file`,
      class: "unseen",
      tabindex: "-1",
      "aria-hidden": "true",
      accept: TYPES.join(),
      onchange: () => {
        this.take([...this.files.files]);
        this.files.value = "";
      },
    });
    this.open = h(
      "button",
      { type: "button", class: "button", id: `${this.name}-choose`, onclick: () => this.files.click() },
      icon("picture"),
      t("picture_choose"),
    );
    const enter = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.take_address();
    };
    this.address = h("input", {
      class: "input",
      type: "url",
      id: `${this.name}-address`,
      placeholder: "https://…",
      "aria-label": t("picture_address"),
      onkeydown: enter,
    });
    return h(
      "div",
      { class: "drop" },
      h("div", { class: "row" }, this.open, h("span", { class: "soft" }, t("picture_drop"))),
      h(
        "div",
        { class: "beside" },
        this.address,
        h("button", { type: "button", class: "button", onclick: () => this.take_address() }, icon("link"), t("add")),
      ),
      this.files,
    );
  }

  /** The whole page takes a picture, so that one need not aim. */
  listen() {
    const unlit = debounced(() => this.drop.classList.remove("over"), 120);
    const carries_files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    addEventListener("dragover", (event) => {
      if (!carries_files(event)) return;
      event.preventDefault();
      this.drop.classList.add("over");
      unlit();
    });
    const take_from = (name) => (event) => {
      const files = [...(event[name]?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      if (this.element.hidden) toast(t("picture_not_here"));
      else this.take(files);
    };
    addEventListener("drop", take_from("dataTransfer"));
    addEventListener("paste", take_from("clipboardData"));
  }

  is_full() {
    if (this.items.length < this.roles.max) return false;
    this.refuse(t("picture_many", { n: this.roles.max }));
    return true;
  }

  /** Every file has its place at once, so that nothing is made without it. @param {File[]} files */
  async take(files) {
    this.refuse(null);
    const taken = [];
    for (const file of files) {
      if (this.is_full()) break;
      const item = { url: null, preview: null, about: file.name, is_busy: true };
      this.items.push(item);
      taken.push([item, file]);
    }
    this.draw();
    for (const [item, file] of taken) await this.keep(item, () => this.upload(item, file));
  }

  async upload(item, file) {
    const found = await checked(file);
    if (found.fault) throw new Error(found.fault);
    Object.assign(item, { preview: URL.createObjectURL(file), about: facts(found.width, found.height, file.size) });
    this.draw();
    return send("POST", "/filmgate/v1/uploads", file);
  }

  async take_address() {
    const url = this.address.value.trim();
    if (!url) return this.address.focus();
    if (!is_address(url)) return this.refuse(t("picture_no_address"));
    if (this.is_full()) return undefined;
    this.refuse(null);
    this.address.value = "";
    const item = { url: null, preview: null, about: url, is_busy: true };
    this.items.push(item);
    this.draw();
    const is_kept = await this.keep(item, () => post("/filmgate/v1/uploads", { url }));
    if (!is_kept) this.address.value = url;
    return undefined;
  }

  /** Shows a picture while it is uploaded; takes it away again if it is refused. @param {Item} item */
  async keep(item, upload) {
    let fault = null;
    try {
      const answer = await upload();
      const local = item.preview;
      Object.assign(item, { url: answer.url, is_busy: false, preview: shown_at(answer.url) ?? local });
      if (item.preview !== local) let_go(local);
      if (answer.width) item.about = facts(answer.width, answer.height, answer.bytes);
    } catch (error) {
      this.items = this.items.filter((one) => one !== item);
      let_go(item.preview);
      fault = sentence(error);
      this.refuse(fault);
    }
    say(fault ?? t("picture_ready"));
    this.tell();
    return !fault;
  }

  tell() {
    this.draw();
    const urls = this.items.filter(({ url }) => url).map(({ url }) => url);
    this.change(urls.length ? urls : undefined);
  }

  move(at, by) {
    this.items.splice(at + by, 0, ...this.items.splice(at, 1));
    this.tell();
    this.list.children[at + by].querySelector("button:not([disabled])").focus();
  }

  away(at) {
    const [item] = this.items.splice(at, 1);
    let_go(item.preview);
    this.refuse(null);
    this.tell();
    this.open.focus();
  }

  draw() {
    this.count.textContent = t("of", { n: this.items.length, max: this.roles.max });
    this.drop.hidden = this.items.length >= this.roles.max;
    this.files.multiple = this.roles.max > 1;
    mount(
      this.list,
      this.items.map((item, at) => this.row(item, at)),
    );
  }

  row(item, at) {
    const name = this.roles.names[at] ?? t("picture_n", { n: at + 1 });
    const tool = (kind, label, run, is_off = false) =>
      h(
        "button",
        {
          type: "button",
          class: "button icon small",
          "aria-label": `${label}: ${name}`,
          title: label,
          disabled: is_off,
          onclick: run,
        },
        icon(kind),
      );
    const moves = [
      tool("up", t("earlier"), () => this.move(at, -1), at === 0),
      tool("down", t("later"), () => this.move(at, 1), at === this.items.length - 1),
    ];
    return h(
      "li",
      { class: "picture" },
      h(
        "div",
        { class: "view", "aria-busy": String(item.is_busy) },
        item.preview ? h("img", { src: item.preview, alt: "" }) : icon("link"),
      ),
      h(
        "div",
        { class: "about" },
        h("b", null, name),
        h("span", { class: "hint" }, item.is_busy ? t("picture_uploading") : item.about),
      ),
      h(
        "div",
        { class: "row tools-row" },
        this.items.length > 1 && moves,
        tool("close", t("remove"), () => this.away(at)),
      ),
    );
  }

  /** @param {string[] | undefined} urls */
  set(urls) {
    this.refuse(null);
    this.items = (urls ?? []).map((url) => ({
      url,
      preview: shown_at(url),
      about: shown_at(url) ? "" : url,
      is_busy: false,
    }));
    this.draw();
  }

  set_roles(roles) {
    this.roles = roles;
    this.draw();
  }

  preview = () => this.items[0]?.preview ?? null;
}
