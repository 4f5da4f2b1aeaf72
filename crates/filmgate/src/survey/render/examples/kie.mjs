// Orders one film and prints its link. Node 20 or newer, no packages; the key comes from __KEY__.
const key = process.env.__KEY__;
if (!key) throw new Error("__KEY__ is not set");
const base = "__BASE__";
const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
const body = __BODY__;

// If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
const reply = await fetch(`${base}__CREATE__`, { method: "POST", headers, body: JSON.stringify(body) });
const created = await reply.json().catch((error) => {
  throw new Error(`no answer that can be read (HTTP ${reply.status}); the film may be ordered: ${error}`);
});
const accepted = created.code === 200; // HTTP 200 alone is no success
if (!accepted) throw new Error(`refused: code ${created.code}, ${created.msg}`);
const task = created.data.taskId;
console.error(`task ${task}`);

for (let tries = 0; tries < 360; tries += 1) { // half an hour
  try {
    const read = await fetch(`${base}__RECORD__?taskId=${encodeURIComponent(task)}`, { headers });
    const { code, data } = await read.json();
    if (code === 200 && __JS_DONE__) {
      console.log(__JS_LINK__);
      process.exit(0);
    }
    if (code === 200 && __JS_FAILED__) {
      console.error(`failed: ${JSON.stringify(data)}`);
      process.exit(1);
    }
  } catch (error) {
    console.error(`read again: ${error}`); // the film is made nevertheless
  }
  await new Promise((wake) => setTimeout(wake, 5000));
}
throw new Error(`not finished after half an hour; task ${task} may still end`);

export {}; // for TypeScript: this file is a module
