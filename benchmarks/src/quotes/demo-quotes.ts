import type { StudyTable } from "../reproduce/study.ts";
import { rowsMarkdown } from "../reproduce/study-markdown.ts";
import { recorded } from "./recorded.ts";

const table = (index: number): StudyTable =>
  recorded<{ tables: readonly StudyTable[] }>("reproduced/demo-seeds").tables[index]!;

/** The table of the demo's first seed. */
export function demoQuote(): string {
  return rowsMarkdown(table(0)).replace("|  |", "| 10,000 samples |");
}

/** The table of all the demo's seeds. */
export function demoSeedsQuote(): string {
  return rowsMarkdown(table(1)).replace("|  |", "| seed |");
}
