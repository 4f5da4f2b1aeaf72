// Every sentence of the playground in English, split by page.
import base from "./en/base.js";
import make from "./en/make.js";
import pages from "./en/pages.js";
import task from "./en/task.js";

export default { ...base, ...make, ...task, ...pages };
