// What this tab remembers over a reload; where the browser keeps nothing or has no room, for as long as the page lives.
import { site } from "../api.js";

/** The keys of wishes that had no answer. They say nothing of the wishes, and are there for who comes back. */
export const UNANSWERED = "filmgate-unanswered";

const memory = new Map();
const of_account = (name) => `${name}@${site.account}`;

/** Values that are JSON, by name; each account has its own. */
export const kept = {
  read(plain_name) {
    const name = of_account(plain_name);
    try {
      return JSON.parse(memory.get(name) ?? sessionStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  },
  write(plain_name, value) {
    const name = of_account(plain_name);
    const text = JSON.stringify(value);
    memory.delete(name);
    try {
      sessionStorage.setItem(name, text);
    } catch {
      memory.set(name, text);
    }
  },
  /** Forgets what was typed, for whoever sits here next. */
  forget() {
    memory.clear();
    try {
      const names = Object.keys(sessionStorage).filter((name) => name.startsWith("filmgate-"));
      for (const name of names) if (!name.startsWith(UNANSWERED)) sessionStorage.removeItem(name);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  },
};
