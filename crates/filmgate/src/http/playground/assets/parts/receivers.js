// The shortest honest receivers: each verifies the raw bytes before it parses them.
const python = `import base64, hashlib, hmac, time

def is_genuine(headers, body, secret):          # body: the raw bytes
    sent = headers["webhook-timestamp"]
    if abs(time.time() - int(sent)) > 300:      # five minutes
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{sent}.".encode() + body
    mac = hmac.new(key, text, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(mac)
    given = headers["webhook-signature"].encode().split()
    return any(hmac.compare_digest(one, expected) for one in given)`;

const node = `import { createHmac, timingSafeEqual } from "node:crypto";

function isGenuine(headers, body, secret) {     // body: the raw Buffer
  const sent = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(sent)) <= 300)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mac = createHmac("sha256", key)
    .update(\`\${headers["webhook-id"]}.\${sent}.\`).update(body).digest("base64");
  const expected = Buffer.from(\`v1,\${mac}\`);
  return headers["webhook-signature"].split(" ").map((one) => Buffer.from(one))
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}`;

const sdk = `import OpenAI from "openai";                    // endpoints only

const client = new OpenAI({ webhookSecret: process.env.WEBHOOK_SECRET });
const event = await client.webhooks.unwrap(body, headers);   // throws if it is not genuine`;

export const receivers = [
  { key: "python", label: "Python", text: python },
  { key: "node", label: "JavaScript", text: node },
  { key: "sdk", label: "OpenAI SDK", text: sdk },
];
