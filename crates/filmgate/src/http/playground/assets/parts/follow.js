// Follows tasks while they are open: one by server-sent events, many by one small request at a time.
import { get } from "../api.js";

const FINAL = ["succeeded", "failed", "cancelled"];
export const is_over = (task) => FINAL.includes(task.phase);

/**
 * Listens to one task. The browser itself resumes after the last moment it saw; where it gives up, this begins anew. A page that nobody
 * sees lets go of its line, because browsers grant all pages of a server six lines together.
 * @param {string} id
 * @param {{moment: (moment: object) => void, task: (summary: object) => void, line: (is_open: boolean) => void, end: () => void}} on
 * @returns {() => void} listens on after the end, on the same line if it is still open
 */
export function follow(id, on) {
  let source = null;
  let is_ended = false;
  function open() {
    if (source || is_ended || document.hidden) return;
    const mine = (source = new EventSource(`/filmgate/v1/tasks/${encodeURIComponent(id)}/events`));
    const heard = (name, act) =>
      mine.addEventListener(name, (event) => act(event.data ? JSON.parse(event.data) : null));
    heard("moment", on.moment);
    heard("task", on.task);
    heard("end", () => {
      is_ended = true;
      close();
      on.end();
    });
    mine.onopen = () => on.line(true);
    mine.onerror = () => {
      on.line(false);
      if (mine.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(open, 3000);
    };
  }
  function close() {
    source?.close();
    source = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  return () => {
    is_ended = false;
    open();
  };
}

const PAUSE_MS = 2000;
const READ_MAX = 6;

/**
 * Keeps many tasks up to date: one request lists the newest open ones, and of those that are not among them some are read at each look,
 * in turn. Nothing is asked while the page is hidden or all are over.
 * @param {() => object[]} shown the tasks of the page @param {(task: object) => void} changed
 * @param {(tasks: object[]) => void} [others] open tasks that the page does not show
 */
export function keep_fresh(shown, changed, others = () => {}) {
  let is_busy = false;
  let waiting = [];
  /** The next to be read: whoever was read goes to the end of the line. */
  function next(unlisted) {
    const before = waiting.filter((id) => unlisted.includes(id));
    waiting = [...before, ...unlisted.filter((id) => !before.includes(id))];
    const now = waiting.splice(0, READ_MAX);
    waiting.push(...now);
    return now;
  }
  async function look() {
    const open = shown()
      .filter((task) => !is_over(task))
      .map(({ id }) => id);
    if (is_busy || document.hidden || open.length === 0) return;
    is_busy = true;
    // Where there is no answer, what is shown stands until the next look.
    const tasks = (await get("/filmgate/v1/tasks?phase=open&limit=48").catch(() => null))?.tasks;
    const listed = new Set(tasks?.map(({ id }) => id));
    const wanted = tasks ? next(open.filter((id) => !listed.has(id))) : [];
    const read = await Promise.all(
      wanted.map((id) => get(`/filmgate/v1/tasks/${encodeURIComponent(id)}`).catch(() => null)),
    );
    is_busy = false;
    const known = new Set(shown().map(({ id }) => id));
    for (const task of [...(tasks ?? []), ...read]) if (task && known.has(task.id)) changed(task);
    others((tasks ?? []).filter(({ id }) => !known.has(id)));
  }
  setInterval(look, PAUSE_MS);
  document.addEventListener("visibilitychange", look);
}
