// A client as they were written for Kie.ai in 2025: nothing in it knows of filmgate but its base URL.

const BASE_URL = process.env.KIE_BASE_URL ?? "https://api.kie.ai";
const API_KEY = process.env.KIE_API_KEY ?? "";

interface Envelope<T> {
  code: number;
  msg: string;
  data: T;
}

interface TaskRecord {
  taskId: string;
  state: "waiting" | "queuing" | "generating" | "success" | "fail";
  resultJson: string;
  failMsg: string | null;
}

async function call<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${BASE_URL}${path}`, {
    method,
    headers: { Authorization: `Bearer ${API_KEY}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const result = (await response.json()) as Envelope<T>;
  if (result.code !== 200) throw new Error(result.msg);
  return result.data;
}

async function createSoraTask(prompt: string): Promise<string> {
  const data = await call<{ taskId: string }>("POST", "/api/v1/jobs/createTask", {
    model: "sora-2-text-to-video",
    callBackUrl: "https://example.com/callback",
    input: { prompt, aspect_ratio: "landscape", n_frames: "10", remove_watermark: true },
  });
  return data.taskId;
}

async function waitForVideo(taskId: string): Promise<string> {
  for (;;) {
    const record = await call<TaskRecord>("GET", `/api/v1/jobs/recordInfo?taskId=${taskId}`);
    if (record.state === "success") {
      const result = JSON.parse(record.resultJson) as { resultUrls: string[] };
      return result.resultUrls[0];
    }
    if (record.state === "fail") throw new Error(record.failMsg ?? "failed");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function main(): Promise<void> {
  console.log("credits", await call<number>("GET", "/api/v1/chat/credit"));
  const taskId = await createSoraTask("A cute cat playing in a sunny garden");
  const url = await waitForVideo(taskId);
  const video = await fetch(url);
  const bytes = await video.arrayBuffer();
  console.log(url, video.headers.get("content-type"), bytes.byteLength);

  const veo = await call<{ taskId: string }>("POST", "/api/v1/veo/generate", {
    prompt: "A red boat at sea",
    model: "veo3_fast",
    aspectRatio: "16:9",
    generationType: "TEXT_2_VIDEO",
  });
  console.log("veo", veo.taskId);

  try {
    await createSoraTask("A cat [[no-credits]]");
  } catch (error) {
    console.log("refused:", (error as Error).message);
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
