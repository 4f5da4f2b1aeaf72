// What a model takes of an input that was meant for another, came by a link, or was kept: what it knows, of the right type and among its values.
const texts = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");
const shots = (value) =>
  Array.isArray(value) && value.every((one) => typeof one?.scene === "string" && typeof one.seconds === "number");
const TYPES = {
  text: (value) => typeof value === "string",
  choice: (value) => typeof value === "string",
  flag: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  range: Number.isInteger,
  list: texts,
  shots,
};

/** @param {Record<string, any> | null} input */
export function fitting(model, input) {
  const does = ({ name, type, values }) =>
    Object.hasOwn(input, name) &&
    (TYPES[type] ?? (() => true))(input[name]) &&
    (!values || values.includes(input[name]));
  return input ? Object.fromEntries(model.parameters.filter(does).map(({ name }) => [name, input[name]])) : {};
}
