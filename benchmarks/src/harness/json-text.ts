/** The width of a line, as the repository's formatter has it. */
const WIDTH = 110;

/** JSON as the repository's formatter leaves it: lists and objects of plain values on one line, where that holds them. */
export function jsonText(value: unknown): string {
  return `${textOf(value, "", "")}\n`;
}

/** @param before - what stands on the line before the value. */
function textOf(value: unknown, indent: string, before: string): string {
  if (!isContainer(value)) return JSON.stringify(value);
  const line = lineOf(value);
  if (line !== undefined && indent.length + before.length + line.length + 1 <= WIDTH) return line;
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const lines = entriesOf(value).map(([key, part]) => {
    const prefix = isList ? "" : `${JSON.stringify(key)}: `;
    return `${inner}${prefix}${textOf(part, inner, prefix)}`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

/** A value on one line, unless it is an object of more than plain values, or holds one. */
function lineOf(value: unknown): string | undefined {
  if (!isContainer(value)) return JSON.stringify(value);
  const entries = entriesOf(value);
  if (Array.isArray(value)) {
    const parts = entries.map(([, part]) =>
      isContainer(part) && !Array.isArray(part) ? undefined : lineOf(part),
    );
    return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
  }
  if (entries.length === 0) return "{}";
  if (entries.some(([, part]) => isContainer(part))) return undefined;
  return `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${JSON.stringify(part)}`).join(", ")} }`;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, part]) => part !== undefined);
