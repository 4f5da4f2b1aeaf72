// One press is one task: while it is under way no other is heard, and what had no answer is asked for again under the same key.
import { ApiError, fresh_key, post } from "../api.js";
import { UNANSWERED, kept } from "./kept.js";

const KEPT_MAX = 32;

let release = null;

// Back from the page that it led to, the browser shows this one as it was left.
addEventListener("pageshow", ({ persisted }) => persisted && release?.());

/**
 * Does what a press asks for, unless another press is under way. A press that leads to another page is under way until that page is left.
 * @param {(is_busy: boolean) => void} busy shows it
 * @param {() => Promise<boolean>} work gives whether the page is being left
 */
export async function press(busy, work) {
  if (release) return;
  const end = () => {
    if (release !== end) return;
    release = null;
    busy(false);
  };
  release = end;
  busy(true);
  let is_left = false;
  try {
    is_left = await work();
  } finally {
    if (!is_left) end();
  }
}

/** Names a wish in few letters, for a prompt is long. Two wishes with one name would be refused, not mixed up: a key belongs to one request. */
function digest(text) {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
    other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
  }
  return `${(one >>> 0).toString(36)}-${(other >>> 0).toString(36)}-${text.length}`;
}

const unanswered = () => kept.read(UNANSWERED) ?? [];
const wish_of = (path, wish) => digest(`${path} ${JSON.stringify(wish)}`);

/** Whether this very wish was sent and had no answer. */
export const is_unanswered = (path, wish) => unanswered().some(([name]) => name === wish_of(path, wish));

/** Whether it says nothing of what became of the request: no answer, or that of a proxy, which has no code of ours. */
const is_silence = ({ status, code }) => !(status >= 400) || code.startsWith("http_");

/**
 * Sends a create under the key of its wish, which outlives a reload until its answer is there.
 * @param {string} path @param {object} body @param {unknown} wish what makes it the same wish, if not the whole body
 */
export async function create(path, body, wish = body) {
  const name = wish_of(path, wish);
  const others = () => unanswered().filter(([other]) => other !== name);
  const known = unanswered().find(([other]) => other === name);
  const key = known?.[1] ?? fresh_key();
  kept.write(UNANSWERED, [...others(), [name, key]].slice(-KEPT_MAX));
  try {
    const answer = await post(path, body, { key });
    kept.write(UNANSWERED, others());
    return answer;
  } catch (error) {
    if (is_silence(error)) throw new ApiError(0, { code: "not_known" });
    // A refusal at the first sending made nothing; after a silence only the key can tell what was made, unless it is worth nothing any more.
    if (!known || ["idempotency_key_reused", "deleted"].includes(error.code)) kept.write(UNANSWERED, others());
    throw error;
  }
}
