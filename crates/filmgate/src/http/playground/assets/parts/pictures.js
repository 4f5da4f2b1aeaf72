// The pictures of a film: dropped, pasted, chosen or by their address, checked and uploaded, with a preview.
import { post, send } from "../api.js";
import { debounced, h, icon, mount } from "../dom.js";
import { say, sentence } from "../shell.js";
import { size, t } from "../words.js";
import { place } from "./field.js";

const TYPES = ["image/png", "image/jpeg", "image/webp"];
const BYTES_MAX = 10_000_000;
const PIXELS_MAX = 40_000_000;

/** Uploads of our own server can be shown; the page may ask no other host. @returns {string | null} */
function shown_at(address) {
  const at = URL.parse ? URL.parse(address) : tried(address);
  return at?.pathname.startsWith("/files/") ? at.pathname : null;
}
const tried = (address) => { try { return new URL(address); } catch { return null; } };

/** What is wrong with a file, before a byte of it is sent. @param {File} file @returns {Promise<{fault: string} | {width: number, height: number}>} */
async function checked(file) {
  if (!TYPES.includes(file.type)) return { fault: t("picture_type", { name: file.name }) };
  if (file.size > BYTES_MAX) return { fault: t("picture_large", { name: file.name, size: size(file.size) }) };
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return width * height > PIXELS_MAX ? { fault: t("picture_pixels", { name: file.name, width, height }) } : { width, height };
  } catch {
    return { fault: t("picture_unreadable", { name: file.name }) };
  }
}

/**
 * The field. `roles(count)` names the places: `{max, names: [..]}`; it changes with the mode.
 * @param {(value: string[] | undefined, preview: string | null) => void} change
 */
export function picture_field(parameter, value, change) {
  /** @type {{url: string | null, preview: string | null, facts: string, is_busy: boolean}[]} */
  let items = [];
  let roles = { max: parameter.items_max ?? 1, names: [] };
  const list = h("ol", { class: "pictures" });
  const chooser = h("input", { type: "file", id: `f-${parameter.name}-file`, accept: TYPES.join(","), multiple: roles.max > 1, class: "unseen", tabindex: "-1", "aria-hidden": "true", onchange: () => { take([...chooser.files]); chooser.value = ""; } });
  const open = h("button", { type: "button", class: "button", id: `f-${parameter.name}-choose`, onclick: () => chooser.click() }, icon("picture"), t("picture_choose"));
  const address = h("input", { class: "input", type: "url", id: `f-${parameter.name}-address`, placeholder: "https://…", "aria-label": t("picture_address"), onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); fetch_one(); } } });
  const by_address = h("button", { type: "button", class: "button", onclick: fetch_one }, icon("link"), t("add"));
  const drop = h("div", { class: "drop" }, h("div", { class: "row" }, open, h("span", { class: "soft" }, t("picture_drop"))), h("div", { class: "beside" }, address, by_address), chooser);
  const made = place(parameter, { body: [list, drop], controls: [open], is_group: true, aside: h("span", { class: "count" }) });
  const count = made.element.querySelector(".count");

  const done = () => items.filter((item) => item.url);
  const tell = () => change(done().length ? done().map((item) => item.url) : undefined, items[0]?.preview ?? null);
  const room = () => roles.max - items.length;

  async function take(files) {
    made.blame(null);
    for (const file of files) {
      if (room() <= 0) return made.blame(t("picture_many", { n: roles.max }));
      const facts = await checked(file);
      if (facts.fault) { made.blame(facts.fault); say(facts.fault); continue; }
      await keep({ url: null, preview: URL.createObjectURL(file), facts: `${facts.width} × ${facts.height} · ${size(file.size)}`, is_busy: true }, () => send("POST", "/filmgate/v1/uploads", file));
    }
  }
  async function fetch_one() {
    const url = address.value.trim();
    if (!url) return address.focus();
    if (!/^https?:$/.test(tried(url)?.protocol ?? "")) return made.blame(t("picture_no_address"));
    if (room() <= 0) return made.blame(t("picture_many", { n: roles.max }));
    made.blame(null);
    address.value = "";
    await keep({ url: null, preview: null, facts: url, is_busy: true }, () => post("/filmgate/v1/uploads", { url }), () => { address.value = url; });
  }
  async function keep(item, upload, undo = () => {}) {
    items.push(item);
    draw();
    try {
      const answer = await upload();
      Object.assign(item, { url: answer.url, is_busy: false, preview: item.preview ?? shown_at(answer.url) });
      if (answer.width) item.facts = `${answer.width} × ${answer.height} · ${size(answer.bytes)}`;
      say(t("picture_ready"));
    } catch (error) {
      items = items.filter((one) => one !== item);
      undo();
      made.blame(sentence(error));
      say(sentence(error));
    }
    draw();
    tell();
  }
  function move(at, by) {
    const [item] = items.splice(at, 1);
    items.splice(at + by, 0, item);
    draw();
    tell();
    list.children[at + by]?.querySelector("button:not([disabled])")?.focus();
  }
  function away(at) {
    items.splice(at, 1);
    draw();
    tell();
    open.focus();
  }
  function draw() {
    count.textContent = t("of", { n: items.length, max: roles.max });
    drop.hidden = room() <= 0;
    chooser.multiple = roles.max > 1;
    mount(list, items.map((item, at) => {
      const name = roles.names[at] ?? t("picture_n", { n: at + 1 });
      const tool = (kind, label, run, off = false) => h("button", { type: "button", class: "button icon small", "aria-label": `${label}: ${name}`, title: label, disabled: off, onclick: run }, icon(kind));
      const view = item.preview ? h("img", { src: item.preview, alt: "" }) : icon("link");
      return h("li", { class: "picture" }, h("div", { class: "view", "aria-busy": String(item.is_busy) }, view),
        h("div", { class: "about" }, h("b", null, name), h("span", { class: "hint" }, item.is_busy ? t("picture_uploading") : item.facts)),
        h("div", { class: "row tools-row" }, items.length > 1 && tool("up", t("earlier"), () => move(at, -1), at === 0), items.length > 1 && tool("down", t("later"), () => move(at, 1), at === items.length - 1), tool("close", t("remove"), () => away(at))));
    }));
  }

  const lit = debounced(() => drop.classList.remove("over"), 120);
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  // The whole page takes a picture, so that one need not aim.
  addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); drop.classList.add("over"); lit(); } });
  addEventListener("drop", (event) => { if (carries(event)) { event.preventDefault(); take([...event.dataTransfer.files]); } });
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) { event.preventDefault(); take(files); }
  });

  const set = (next) => {
    items = (next ?? []).map((url) => ({ url, preview: shown_at(url), facts: shown_at(url) ? "" : url, is_busy: false }));
    draw();
  };
  set(value);
  return { ...made, set, set_roles(next) { roles = next; draw(); }, preview: () => items[0]?.preview ?? null, focus: () => open.focus() };
}
