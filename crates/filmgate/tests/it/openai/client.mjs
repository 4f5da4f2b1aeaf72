// What OpenAI's own Node SDK does with /v1/videos, as its users do it. Arguments: the base URL, and a picture.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";

const OpenAI = createRequire(`${process.cwd()}/`)("openai").default;
const [baseURL, picture] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "node" });

const finished = async (video) => {
  while (video.status === "queued" || video.status === "in_progress") {
    await new Promise((resolve) => setTimeout(resolve, 200));
    video = await client.videos.retrieve(video.id);
  }
  return video;
};
const bytes = async (id, query) => Buffer.from(await (await client.videos.downloadContent(id, query)).arrayBuffer());

// With and without a picture.
const order = { model: "sora-2", prompt: "A red boat at sea", seconds: "4", size: "1280x720" };
const video = await finished(await client.videos.create(order));
assert.equal(video.status, "completed");
const pictured = await client.videos.create({
  prompt: "The camera zooms in",
  input_reference: fs.createReadStream(picture),
});
const data = `data:image/png;base64,${fs.readFileSync(picture, "base64")}`;
const inlined = await client.videos.create({ prompt: "The camera zooms in", input_reference: { image_url: data } });

// Every variant.
const film = await bytes(video.id);
assert.equal(film.subarray(4, 8).toString(), "ftyp");
assert.equal((await bytes(video.id, { variant: "thumbnail" })).subarray(8, 12).toString(), "WEBP");
assert.equal((await bytes(video.id, { variant: "spritesheet" })).subarray(0, 3).toString("hex"), "ffd8ff");

// Films from films, named by their ids.
const remix = await client.videos.remix(video.id, { prompt: "in a storm" });
assert.equal(remix.remixed_from_video_id, video.id);
const edit = await client.videos.edit({ prompt: "at night", video: { id: video.id } });
const longer = await client.videos.extend({ prompt: "it turns", seconds: "4", video: { id: video.id } });
assert.equal(longer.seconds, "8");
for (const one of [pictured, inlined, remix, edit, longer]) {
  assert.equal((await finished(one)).status, "completed");
}
assert.deepEqual(await bytes(pictured.id), await bytes(inlined.id));
const character = await client.videos.createCharacter({ name: "Mossy", video: new File([film], "v.mp4") });
assert.equal((await client.videos.getCharacter(character.id)).name, "Mossy");

// Pages.
const ids = [];
for await (const one of client.videos.list({ limit: 2 })) ids.push(one.id);
assert.deepEqual(
  ids,
  [longer, edit, remix, inlined, pictured, video].map((one) => one.id),
);
assert.equal((await client.videos.delete(longer.id)).deleted, true);
assert.ok((await client.models.list()).data.some((model) => model.id === "sora-2"));

// A film that fails is no exception.
const blocked = await finished(await client.videos.create({ prompt: "[[moderation]] a boat" }));
assert.equal(blocked.error.code, "moderation_blocked");

const raises = async (kind, code, call) => {
  const error = await call().then(
    () => assert.fail(`${kind.name} was not raised`),
    (error) => error,
  );
  assert.equal(error.constructor, kind, String(error));
  assert.equal(error.code, code, String(error));
  assert.match(error.requestID, /^req_/);
  return error;
};
const keyless = new OpenAI({ baseURL, apiKey: "dev-bad-key" });
await raises(OpenAI.AuthenticationError, "invalid_api_key", () => keyless.videos.list());
const wrong = await raises(OpenAI.BadRequestError, "invalid_value", () =>
  client.videos.create({ prompt: "x", seconds: "7" }),
);
assert.equal(wrong.param, "seconds");
await raises(OpenAI.NotFoundError, "not_found", () => client.videos.retrieve(longer.id));
await raises(OpenAI.NotFoundError, "video_not_ready", () => client.videos.downloadContent(blocked.id));
await raises(OpenAI.RateLimitError, "insufficient_quota", () => client.videos.create({ prompt: "[[no-credits]]" }));
const quick = new OpenAI({ baseURL, apiKey: "node", maxRetries: 0 });
await raises(OpenAI.InternalServerError, "service_unavailable", () =>
  quick.videos.create({ prompt: "[[maintenance]]" }),
);
console.log("node is content with", process.version);
