// A create whose replies are lost on the way, and which the SDK therefore sends again. Arguments: the base URL, a picture, a key.
import fs from "node:fs";
import { createRequire } from "node:module";

const { default: OpenAI, toFile } = createRequire(`${process.cwd()}/`)("openai");
const [baseURL, picture, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 3 });
const input_reference = await toFile(fs.readFileSync(picture), "boat.png");
console.log((await client.videos.create({ prompt: "A red boat at sea", input_reference })).id);
