import type { Cell, StudyResult, StudyTable } from "./study.ts";

/** A study's tables under its title, and its pictures. */
export function studyMarkdown(title: string, { tables, pictures = {} }: StudyResult): string {
  const shown = Object.keys(pictures).map(
    (file) => `![${file.replace(/\.\w+$/, "").replaceAll("-", " ")}](${file})`,
  );
  return [`## ${title}`, ...shown, ...tables.map(tableMarkdown)].join("\n\n");
}

/** A table with its title and note. */
export function tableMarkdown({ title, note, ...table }: StudyTable): string {
  return [`### ${title}`, note, rowsMarkdown(table)].filter((part) => part !== "").join("\n\n");
}

/** The table alone: all rows and columns, or those that are named, in the order in which they are named. */
export function rowsMarkdown(
  { columns, rows }: Pick<StudyTable, "columns" | "rows">,
  shown: { readonly rows?: readonly string[]; readonly columns?: readonly string[] } = {},
): string {
  const take = (all: readonly { readonly name: string }[], names?: readonly string[]): number[] =>
    (names ?? all.map((_, i) => i)).map((name) => {
      if (typeof name === "number") return name;
      const index = all.findIndex((each) => each.name === name);
      if (index < 0) throw new Error(`the table has no row or column "${name}"`);
      return index;
    });
  const chosen = take(columns, shown.columns);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(["", ...chosen.map((column) => columns[column]!.name)]),
    `|---|${"---:|".repeat(chosen.length)}`,
    ...take(rows, shown.rows).map((row) => {
      const { name, cells } = rows[row]!;
      return line([name, ...chosen.map((column) => cellText(cells[column]!, columns[column]!.digits))]);
    }),
  ].join("\n");
}

/** Mean ± standard deviation between runs (with n − 1), value ± standard error, or the text itself. */
export function cellText(cell: Cell, digits: number): string {
  if (typeof cell === "string") return cell;
  if ("value" in cell) return `${cell.value.toFixed(digits)} ± ${cell.error.toFixed(digits)}`;
  if (cell.length === 0) return "";
  const mean = cell.reduce((sum, value) => sum + value, 0) / cell.length;
  if (cell.length === 1) return mean.toFixed(digits);
  const squares = cell.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(digits)} ± ${Math.sqrt(squares / (cell.length - 1)).toFixed(digits)}`;
}
