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
