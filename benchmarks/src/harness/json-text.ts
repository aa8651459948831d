/** The width of a line, as the repository's formatter has it. */
const WIDTH = 110;

/** JSON as the repository's formatter leaves it: lists and objects of plain values on one line, where that holds them. */
export function jsonText(value: unknown): string {
  return `${textOf(value, "", "")}\n`;
}

/**
 * @param before - what stands on the line before the value.
 * @param after - the comma, if one follows.
 */
function textOf(value: unknown, indent: string, before: string, after = ""): string {
  if (!isContainer(value)) return JSON.stringify(value);
  const line = lineOf(value);
  if (line !== undefined && indent.length + before.length + line.length + after.length <= WIDTH) return line;
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const entries = entriesOf(value);
  const lines = entries.map(([key, part], i) => {
    const prefix = isList ? "" : `${JSON.stringify(key)}: `;
    return `${inner}${prefix}${textOf(part, inner, prefix, i < entries.length - 1 ? "," : "")}`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

/** A value on one line, unless it is an object of more than plain values, or holds one, or is a list of objects alone. */
function lineOf(value: unknown): string | undefined {
  if (!isContainer(value)) return JSON.stringify(value);
  const entries = entriesOf(value);
  if (Array.isArray(value)) {
    const isObject = (part: unknown): boolean => isContainer(part) && !Array.isArray(part);
    const ofObjects = entries.every(([, part]) => isObject(part));
    const parts = entries.map(([, part]) => (ofObjects && isObject(part) ? undefined : lineOf(part)));
    return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
  }
  if (entries.length === 0) return "{}";
  if (entries.some(([, part]) => isContainer(part))) return undefined;
  return `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${JSON.stringify(part)}`).join(", ")} }`;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, part]) => part !== undefined);
