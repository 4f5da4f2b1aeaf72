// What this tab remembers over a reload; where the browser keeps nothing or has no room, for as long as the page lives.
const memory = new Map();

/** Values that are JSON, by name. */
export const kept = {
  read(name) {
    try {
      return JSON.parse(memory.get(name) ?? sessionStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  },
  write(name, value) {
    const text = JSON.stringify(value);
    memory.delete(name);
    try {
      sessionStorage.setItem(name, text);
    } catch {
      memory.set(name, text);
    }
  },
};
