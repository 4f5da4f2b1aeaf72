// Plays a film in a real Chromium and prints what it saw as JSON: node play.mjs LINK

import { chromium } from "playwright-core";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const page = await browser.newPage();
await page.setContent(`<video muted src="${process.argv[2]}"></video>`);
const seen = await page.evaluate(async () => {
  const video = document.querySelector("video");
  const event = (name) =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener("error", () => reject(new Error(video.error.message)), { once: true });
    });
  if (video.readyState < 3) await event("canplay");
  video.currentTime = video.duration - 1;
  await event("seeked");
  video.play();
  await event("ended");
  const quality = video.getVideoPlaybackQuality();
  const { videoWidth: width, videoHeight: height, duration } = video;
  return { width, height, duration, frames: quality.totalVideoFrames, corrupted: quality.corruptedVideoFrames };
});
console.log(JSON.stringify(seen));
await browser.close();
