// What a wish would cost, asked anew with every change: the last question wins, and a press waits for its answer.
import { post } from "../api.js";
import { debounced } from "../dom.js";

/** @typedef {{quote?: object, error?: Error}} Answer */

/** @param {(answer: Answer, about: any) => void} on_answer */
export function quotes(on_answer) {
  let asked = [];
  let running = null;
  /** The answer to the last question, while it is true. @type {Answer | null} */
  let answer = null;
  const waiting = [];
  const send = debounced(async () => {
    const [body, about] = asked;
    if (!body) return;
    const mine = (running = new AbortController());
    const got = await post("/filmgate/v1/quote", body, { signal: mine.signal }).then(
      (quote) => ({ quote }),
      (error) => ({ error }),
    );
    if (mine.signal.aborted) return;
    answer = got;
    on_answer(got, about);
    for (const done of waiting.splice(0)) done(got);
  }, 220);
  /** @param {object | null} body nothing: no question is left */
  function ask(body, about) {
    running?.abort();
    asked = [body, about];
    answer = null;
    send();
  }
  /** The answer to what was asked last; a refused question is asked once more. @returns {Promise<Answer>} */
  function settled() {
    if (answer?.quote) return Promise.resolve(answer);
    if (answer) ask(...asked);
    return new Promise((done) => waiting.push(done));
  }
  return { ask, settled };
}
