// Makes a webhook endpoint with OpenAI's own Node SDK, then unwraps what was delivered to it.
// `webhook.mjs BASE URL` prints the endpoint's secret; `webhook.mjs SECRET HEADERS BODY` reads two files.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";

const OpenAI = createRequire(`${process.cwd()}/`)("openai").default;
const [first, second, third] = process.argv.slice(2);

if (first.startsWith("http")) {
  const client = new OpenAI({ baseURL: first, apiKey: "test" });
  const made = await client.webhooks.create({
    name: "sdk",
    url: second,
    event_types: ["video.completed", "video.failed"],
  });
  for await (const endpoint of client.webhooks.list()) assert.equal(endpoint.id, made.id);
  console.log(made.signing_secret);
} else {
  const client = new OpenAI({ apiKey: "test", webhookSecret: first });
  const [headers, body] = [JSON.parse(fs.readFileSync(second)), fs.readFileSync(third, "utf8")];
  const event = await client.webhooks.unwrap(body, headers);
  await assert.rejects(client.webhooks.unwrap(`${body} `, headers));
  console.log(event.type, event.data.id);
}
