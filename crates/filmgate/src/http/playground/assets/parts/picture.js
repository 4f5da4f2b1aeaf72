// What a film looks like before it is opened.
import { h } from "../dom.js";
import { local } from "./deck.js";

/** A thumbnail is painted at the first look at it, and a browser has six lines to a server for everything that a page does. */
const LINES = 2;
/** One that does not come keeps nobody waiting. */
const PATIENCE_MS = 5000;
const waiting = [];
let busy = 0;
function load_next() {
  while (busy < LINES && waiting.length > 0) {
    const image = waiting.shift();
    const ended = new Promise((end) => {
      for (const name of ["load", "error"]) image.addEventListener(name, end);
      setTimeout(end, PATIENCE_MS);
    });
    ended.then(() => {
      busy -= 1;
      load_next();
    });
    busy += 1;
    image.src = image.dataset.src;
  }
}

/** What is nearly seen is loaded: thumbnails in their turn, films at once, because no browser promises to say when it has begun one. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      if (target instanceof HTMLImageElement) waiting.push(target);
      else target.src = target.dataset.src;
    }
    load_next();
  },
  { rootMargin: "200px" },
);

/** A film's thumbnail, or its own first frame where it has none; its parent is `shown` when it is there. @param {{thumbnail?: string, film: {url: string}}} task */
export function picture(task) {
  const shown = ({ target }) => target.parentNode?.classList.add("shown");
  const other = ({ target }) => target.replaceWith(picture({ film: task.film }));
  const frame = {
    preload: "metadata",
    muted: true,
    playsinline: true,
    tabindex: "-1",
    "aria-hidden": "true",
    onloadeddata: shown,
  };
  const element = task.thumbnail
    ? h("img", { "data-src": task.thumbnail, alt: "", decoding: "async", onload: shown, onerror: other })
    : h("video", { "data-src": `${local(task.film.url)}#t=0.5`, ...frame });
  near.observe(element);
  return element;
}
