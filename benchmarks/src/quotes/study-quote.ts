import type { StudyTable } from "../reproduce/study.ts";
import { rowsMarkdown } from "../reproduce/study-markdown.ts";
import { recorded } from "./recorded.ts";

/** Rows and columns of a table of a recorded study, by the table's title. */
export function studyQuote(
  study: string,
  title: string,
  shown: Parameters<typeof rowsMarkdown>[1] = {},
): string {
  const { tables } = recorded<{ tables: readonly StudyTable[] }>(`reproduced/${study}`);
  const table = tables.find((each) => each.title === title);
  if (table === undefined) throw new Error(`${study} has no table "${title}"`);
  return rowsMarkdown(table, shown);
}
