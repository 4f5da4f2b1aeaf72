// Talks to filmgate's own API: JSON in and out, with the token against forged requests.

const meta = (name) => document.querySelector(`meta[name="filmgate-${name}"]`)?.content ?? "";

/** What the server wrote into the page. */
export const site = {
  account: meta("account"),
  is_dev: meta("dev") === "true",
  base: meta("base") || location.origin,
  sandbox_key: meta("sandbox-key"),
  page: meta("page"),
};

/** A refusal, or no answer at all (`status` 0, `code` `no_answer`). */
export class ApiError extends Error {
  /** @param {number} status @param {{code?: string, message?: string, parameter?: string}} error */
  constructor(status, error) {
    // Codes of ours are words in snake_case; what a proxy says in its own form is not taken for them.
    const is_ours = typeof error.code === "string" && /^[a-z][a-z0-9_]*$/.test(error.code);
    super(is_ours && error.message ? error.message : `HTTP ${status}`);
    this.status = status;
    this.code = is_ours ? error.code : `http_${status}`;
    this.parameter = error.parameter ?? null;
  }
}

/**
 * Sends a request to a path of the API and gives its JSON (or `null` for 204).
 * @param {string} method
 * @param {string} path such as `/filmgate/v1/models`
 * @param {unknown} [body] JSON, or a `Blob` that is sent as it is
 * @param {{key?: string, signal?: AbortSignal}} [options] `key`: the idempotency key
 */
export async function send(method, path, body, options = {}) {
  try {
    return await sent(method, path, body, options);
  } catch (error) {
    if (error.code !== "csrf" || !(await has_new_token())) throw error;
    return sent(method, path, body, options);
  }
}

/** Another tab may have begun a session since: takes over its token, unless it is somebody else's. */
async function has_new_token() {
  const { account, csrf } = await sent("GET", "/filmgate/v1/session", undefined, {});
  if (account !== site.account) return false;
  document.querySelector('meta[name="filmgate-csrf"]').content = csrf;
  return true;
}

async function sent(method, path, body, options) {
  const headers = {};
  if (method !== "GET") headers["X-Filmgate-CSRF"] = meta("csrf");
  if (options.key) headers["Idempotency-Key"] = options.key;
  const is_blob = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = is_blob ? body.type : "application/json";
  const content = body === undefined || is_blob ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal: options.signal,
      credentials: "same-origin",
      body: content,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { code: "no_answer" });
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (!response.ok) throw new ApiError(response.status, answer?.error ?? {});
  // A proxy has answered in the server's place.
  if (answer === null) throw new ApiError(0, { code: "no_answer" });
  return answer;
}

/** Answers that came with the page, by path. */
const brought = new Map(
  [...document.querySelectorAll("script[data-answer]")].map((one) => [one.dataset.answer, one.textContent]),
);

/** Each of them counts once: what is asked again may have changed. */
function taken(path) {
  const text = brought.get(path);
  brought.delete(path);
  return text && JSON.parse(text);
}

export const get = async (path, options) => taken(path) ?? send("GET", path, undefined, options);
export const post = (path, body = {}, options) => send("POST", path, body, options);
export const remove = (path) => send("DELETE", path);

/** A key under which the same press of a button is one task, however often it is sent. `randomUUID` needs a secure context, so it has a stand-in. */
export function fresh_key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A part of the page's path, decoded where it can be: nobody has a task or a model called `%ff`. */
export function readable(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** An object as it stands in a page's fragment (`/models/ID#input=…`). */
export function packed(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The other way; `null` if it is none. */
export function unpacked(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
