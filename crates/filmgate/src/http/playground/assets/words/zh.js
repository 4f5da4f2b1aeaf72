// Every sentence of the playground in Chinese, split by page.
import base from "./zh/base.js";
import make from "./zh/make.js";
import pages from "./zh/pages.js";
import server from "./zh/server.js";
import task from "./zh/task.js";

export default { ...base, ...make, ...task, ...pages, ...server };
