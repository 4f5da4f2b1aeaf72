// The request of the form as code: pure functions from a call to a text that can be copied and run.

/** @typedef {{method: string, path: string, body: object}} Call */
/** @typedef {{base: string, key: string | null}} Place `key` is written out only where it is no secret (the emulator's) */

/** A word for a POSIX shell. */
const shell = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** JSON in which nothing hides: marks that turn the direction of writing are spelt out, and Rust would refuse them. */
const json = (value, space) =>
  JSON.stringify(value, null, space).replace(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16)}`,
  );

const indented = (text, by) => text.replaceAll("\n", `\n${" ".repeat(by)}`);

/** @param {Call} call @param {Place} place */
export function curl(call, place) {
  // The key stands in double quotes where the shell fills it in.
  const key =
    place.key === null ? '"Authorization: Bearer $FILMGATE_KEY"' : shell(`Authorization: Bearer ${place.key}`);
  const lines = [
    `curl -X ${call.method} ${shell(place.base + call.path)}`,
    `-H ${key}`,
    "-H 'Content-Type: application/json'",
    `-d ${shell(json(call.body, 2))}`,
  ];
  return lines.join(" \\\n  ");
}

/**
 * A picture that was uploaded here is fetched first, because the command line takes links of public hosts and files.
 * @param {string[]} args each option on a line of its own, and so are the words at the end @param {Place} place
 */
export function cli(args, place) {
  const is_ours = (arg, at) => args[at - 1] === "--image" && arg.startsWith(`${place.base}/files/`);
  const fetched = args.filter(is_ours).map((link) => `curl -sO ${shell(link)}\n`);
  const begins = (arg, at) =>
    arg.startsWith("--") || (at === args.length - 1 && at > 1 && !args[at - 1].startsWith("--"));
  const word = (arg, at) => shell(is_ours(arg, at) ? arg.split("/").at(-1) : arg);
  return (
    fetched.join("") +
    args.reduce((line, arg, at) => `${line}${begins(arg, at) ? " \\\n  " : " "}${word(arg, at)}`, "filmgate")
  );
}

/** A body as people write it: the model and the prompt go first. */
export function in_order(body) {
  const rank = ([name]) => ["model", "input", "prompt"].indexOf(name) + 1 || 9;
  const parts = Object.entries(body).sort((one, other) => rank(one) - rank(other));
  return Object.fromEntries(parts.map(([name, value]) => [name, name === "input" ? in_order(value) : value]));
}

/** @param {Call} call @param {Place} place */
export function javascript(call, place) {
  const key = place.key === null ? "`Bearer ${process.env.FILMGATE_KEY}`" : JSON.stringify(`Bearer ${place.key}`);
  return `// film.mjs, for Node 18 or later
const base = ${JSON.stringify(place.base)};
const headers = { Authorization: ${key}, "Content-Type": "application/json" };

const answer = await fetch(base + ${JSON.stringify(call.path)}, {
  method: ${JSON.stringify(call.method)},
  headers,
  body: JSON.stringify(${indented(json(call.body, 2), 2)}),
});
let task = await answer.json();
if (!answer.ok) throw new Error(task.error.message);

while (!["succeeded", "failed", "cancelled"].includes(task.phase)) {
  await new Promise((done) => setTimeout(done, 1000));
  task = await (await fetch(\`\${base}/filmgate/v1/tasks/\${task.id}\`, { headers })).json();
}
console.log(task.film?.url ?? task.error);
`;
}

/** A value as Python writes it: JSON's strings are Python's, too. */
function python_value(value, depth = 0) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return json(value);
  const space = "    ".repeat(depth + 1);
  const inner = Array.isArray(value)
    ? value.map((item) => `${space}${python_value(item, depth + 1)},`)
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => `${space}${JSON.stringify(name)}: ${python_value(item, depth + 1)},`);
  const [left, right] = Array.isArray(value) ? "[]" : "{}";
  return inner.length ? `${left}\n${inner.join("\n")}\n${"    ".repeat(depth)}${right}` : left + right;
}

/** @param {Call} call @param {Place} place */
export function python(call, place) {
  const key = place.key === null ? '"Bearer " + os.environ["FILMGATE_KEY"]' : JSON.stringify(`Bearer ${place.key}`);
  return `import json${place.key === null ? ", os" : ""}, time
from urllib.request import Request, urlopen

BASE = ${JSON.stringify(place.base)}
HEADERS = {"Authorization": ${key}, "Content-Type": "application/json"}


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(BASE + path, data, HEADERS, method=method)) as answer:
        return json.load(answer)


task = call(${JSON.stringify(call.method)}, ${JSON.stringify(call.path)}, ${python_value(call.body)})
while task["phase"] not in ("succeeded", "failed", "cancelled"):
    time.sleep(1)
    task = call("GET", "/filmgate/v1/tasks/" + task["id"])
print(task["film"]["url"] if task["film"] else task["error"])
`;
}

/** A raw string of Rust with as many marks as the text needs. */
function rust_text(text) {
  let marks = "#";
  while (text.includes(`"${marks}`)) marks += "#";
  return `r${marks}"${text}"${marks}`;
}

/** @param {Call} call @param {Place} place */
export function rust(call, place) {
  const key = place.key === null ? 'std::env::var("FILMGATE_KEY")?' : rust_plain(place.key);
  return `// cargo add reqwest --features blocking
use reqwest::blocking::Client;

const BODY: &str = ${rust_text(json(call.body, 2))};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let answer = Client::new()
        .${call.method.toLowerCase()}(${rust_plain(place.base + call.path)})
        .bearer_auth(${key})
        .header("Content-Type", "application/json")
        .body(BODY)
        .send()?;
    // The task: ask GET /filmgate/v1/tasks/{id} until its phase is "succeeded".
    println!("{}", answer.text()?);
    Ok(())
}
`;
}

const rust_plain = (text) => (/["\\\n]/.test(text) ? rust_text(text) : `"${text}"`);
