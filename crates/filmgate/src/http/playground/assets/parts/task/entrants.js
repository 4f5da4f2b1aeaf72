// Which models one prompt can be given to, and what each of them is asked.

/** The picture's two shapes, as the cards spell them. */
export const SHAPES = { landscape: ["landscape", "16:9", "1280x720"], portrait: ["portrait", "9:16", "720x1280"] };

const values_of = (model, name) => model.parameters.find((parameter) => parameter.name === name)?.values ?? [];

/** Models that a prompt alone is enough for. */
export const takes_prompt = ({ id, state, makes, parameters }) =>
  state === "served" &&
  makes === "film" &&
  !/image-to-video/.test(id) &&
  parameters.some(({ name }) => name === "prompt") &&
  parameters.every(({ name, required }) => !required || name === "prompt");

/** What a model is asked: the prompt, and of shape and length what it knows. */
export function input_for(model, { prompt, aspect, seconds }) {
  const input = { prompt };
  for (const name of ["aspect", "size"]) {
    const value = SHAPES[aspect].find((shape) => values_of(model, name).includes(shape));
    if (value) input[name] = value;
  }
  if (seconds && values_of(model, "seconds").map(Number).includes(seconds)) input.seconds = seconds;
  return input;
}

/** All lengths that one of these models can make, in seconds. @returns {number[]} */
export function lengths(models) {
  const all = models.flatMap((model) => values_of(model, "seconds").map(Number));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The least that a film of this model costs, in credits. */
export const cheapest = (model) => Math.min(...model.prices.map(({ credits }) => credits));

/** The ids of the cheapest of each family: a comparison that nobody regrets. */
export function first_choice(models) {
  const best = new Map();
  for (const model of models)
    if (!best.has(model.family) || cheapest(model) < cheapest(best.get(model.family))) best.set(model.family, model);
  return [...best.values()].map((model) => model.id);
}
