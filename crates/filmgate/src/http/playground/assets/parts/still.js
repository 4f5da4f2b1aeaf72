// A frame of the film that the first visit's button makes.
export const STILL = new URL("../first.webp", import.meta.url).pathname;
