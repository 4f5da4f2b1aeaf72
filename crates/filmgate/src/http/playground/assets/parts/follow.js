// Follows tasks while they are open: one by server-sent events, many by one small request at a time.
import { get } from "../api.js";

const FINAL = ["succeeded", "failed", "cancelled"];
export const is_over = (task) => FINAL.includes(task.phase);

/**
 * Listens to one task. The browser itself resumes after the last moment it saw; where it gives up, this begins anew. A page that nobody
 * sees lets go of its line, because browsers grant all pages of a server six lines together.
 * @param {string} id
 * @param {{moment: (moment: object) => void, task: (summary: object) => void, line: (is_open: boolean) => void, end: () => void}} on
 */
export function follow(id, on) {
  let source = null;
  let is_ended = false;
  function open() {
    if (source || is_ended || document.hidden) return;
    const mine = (source = new EventSource(`/filmgate/v1/tasks/${encodeURIComponent(id)}/events`));
    const heard = (name, act) => mine.addEventListener(name, (event) => act(event.data ? JSON.parse(event.data) : null));
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
}

const PAUSE_MS = 2000;
const READ_MAX = 6;

/**
 * Keeps many tasks up to date: one request lists all open ones, and each that has left this list is read once more. Nothing is asked
 * while the page is hidden or all are over.
 * @param {() => object[]} shown the tasks of the page @param {(task: object) => void} changed @param {(tasks: object[]) => void} [others] open tasks that the page does not show
 */
export function keep_fresh(shown, changed, others = () => {}) {
  let is_busy = false;
  async function look() {
    const open = shown().filter((task) => !is_over(task));
    if (is_busy || document.hidden || open.length === 0) return;
    is_busy = true;
    try {
      const { tasks } = await get("/filmgate/v1/tasks?phase=open&limit=48");
      const listed = new Map(tasks.map((task) => [task.id, task]));
      const gone = open.filter(({ id }) => !listed.has(id)).slice(0, READ_MAX);
      for (const { id } of open) if (listed.has(id)) changed(listed.get(id));
      for (const { id } of gone) changed(await get(`/filmgate/v1/tasks/${encodeURIComponent(id)}`));
      const known = new Set(shown().map(({ id }) => id));
      others(tasks.filter(({ id }) => !known.has(id)));
    } catch {
      // The next look may succeed; what is shown stands until then.
    }
    is_busy = false;
  }
  const timer = setInterval(look, PAUSE_MS);
  document.addEventListener("visibilitychange", look);
  return () => clearInterval(timer);
}
