// Orders one film and prints its link. Node 20 or newer, no packages; the key comes from __KEY__ and may be empty where
// the engine has none.
__JS_IMPORT__const base = "__BASE__";
const headers = { Authorization: `Bearer ${process.env.__KEY__ ?? ""}` };
const body = new FormData();
__FORM__

// If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
const reply = await fetch(`${base}/videos`, { method: "POST", headers, body });
const created = await reply.text();
const accepted = [200, 201, 202].includes(reply.status);
if (!accepted) throw new Error(`refused: HTTP ${reply.status}, ${created}`);
const { id } = JSON.parse(created);
console.error(`id ${id}`);

const film = `${base}/videos/${encodeURIComponent(id)}`;
for (let tries = 0; tries < 360; tries += 1) { // half an hour
  try {
    const job = await (await fetch(film, { headers })).json();
    if (job.status === "completed") {
      console.log(`${film}/content`); // read it with the same key
      process.exit(0);
    }
    if (job.status === "failed" || job.status === "cancelled") {
      console.error(`failed: ${JSON.stringify(job.error)}`);
      process.exit(1);
    }
  } catch (error) {
    console.error(`read again: ${error}`); // the film is made nevertheless
  }
  await new Promise((wake) => setTimeout(wake, 5000));
}
throw new Error(`not finished after half an hour; ${id} may still end`);

export {}; // for TypeScript: this file is a module
