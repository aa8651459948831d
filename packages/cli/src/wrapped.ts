import type { Writer } from "./io.ts";

/**
 * Text as lines that fit the width of a terminal, broken at spaces; elsewhere it stays one line, for whoever reads it by program.
 *
 * @param indent - how many characters stand before each line; those before the first are not written.
 */
export function wrapped(out: Writer, text: string, indent = 0): string {
  if (!out.isTTY || out.columns === undefined) return text;
  const width = Math.max(20, out.columns - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

/**
 * Lines of text as {@link wrapped} makes them, each by itself. Lines of tables, which have more than one space between columns, and those that are
 * indented stay as they are.
 */
export function prose(out: Writer, text: string): string {
  return text
    .split("\n")
    .map((line) => (/^ | {2}|──/.test(line) ? line : wrapped(out, line)))
    .join("\n");
}
