// What is checked of a picture before a byte of it is sent, and which addresses this page may show.
import { size, t } from "../../words.js";
import { is_file_of_ours, local } from "../deck.js";

export const TYPES = ["image/png", "image/jpeg", "image/webp"];
const BYTES_MAX = 10_000_000;
const PIXELS_MAX = 40_000_000;

/** What is wrong with a file, or its size in pixels. @param {File} file @returns {Promise<{fault: string} | {width: number, height: number}>} */
export async function checked(file) {
  const { name } = file;
  if (!TYPES.includes(file.type)) return { fault: t("picture_type", { name }) };
  if (file.size > BYTES_MAX) return { fault: t("picture_large", { name, size: size(file.size) }) };
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return width * height > PIXELS_MAX ? { fault: t("picture_pixels", { name, width, height }) } : { width, height };
  } catch {
    return { fault: t("picture_unreadable", { name }) };
  }
}

/** @returns {URL | null} */
function read(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Whether it is an address of the web. */
export const is_address = (text) => /^https?:$/.test(read(text)?.protocol ?? "");

/** Where the page can show it: uploads of our own server only, for the page may ask no other host. @returns {string | null} */
export function shown_at(address) {
  return read(address) && is_file_of_ours(address) ? local(address) : null;
}

export const facts = (width, height, bytes) => `${width} × ${height} · ${size(bytes)}`;
