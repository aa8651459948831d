import type { Cell, StudyTable } from "../reproduce/study.ts";
import { cellText, rowsMarkdown } from "../reproduce/study-markdown.ts";
import { recorded } from "./recorded.ts";
import { studyQuote } from "./study-quote.ts";

const STUDY = "one-dimensional";
const CHAIN = "MH, K = 640";

/** What chains of 640 do, exactly and as it was sampled: the figures that README shows. */
export function oneDimensionalQuote(): string {
  const { tables } = recorded<{ tables: readonly StudyTable[] }>(`reproduced/${STUDY}`);
  const cell = (title: string, column: number): Cell => {
    const { columns, rows } = tables.find((table) => table.title === title)!;
    const { cells } = rows.find(({ name }) => name === CHAIN)!;
    return cellText(cells[column]!, columns[column]!.digits);
  };
  const row = (name: string, title: string, exact: number) => ({
    name,
    cells: [cell(title, exact), cell(title, exact + 2)],
  });
  const [laws, costs] = ["What is drawn", "What a draw takes"] as const;
  return rowsMarkdown({
    columns: [
      { name: "exact", digits: 4 },
      { name: "sampled", digits: 4 },
    ],
    rows: [
      row("acceptance rate", costs, 6),
      row("chains that never left their start", costs, 3),
      { name: "share of the lost mode", cells: [cell(laws, 1), cell(laws, 2)] },
      row("total variation from the data", laws, 3),
    ],
  });
}

/** What every sampler draws. */
export function oneDimensionalLawsQuote(): string {
  return studyQuote(STUDY, "What is drawn");
}

/** The tutorial's sampler beside the right one. */
export function keepOnAcceptQuote(): string {
  return studyQuote(STUDY, "A sample only when one is accepted", {
    rows: [
      "data, exact",
      "generator, exact",
      "keep on accept (wrong), exact",
      "keep on accept (wrong), sampled",
      "MH, K = 640, exact",
      "MH, K = 640, sampled",
      "paper: MH, K = 640",
    ],
  });
}
