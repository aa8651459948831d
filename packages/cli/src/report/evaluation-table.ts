import {
  type Evaluation,
  type EvaluationColumn,
  formatCell,
  type Standing,
  standings,
} from "./evaluation.ts";
import { formatNumber } from "./format-number.ts";
import { scrollable } from "./html-table.ts";
import { requireInterval } from "./interval.ts";
import { columnDomain, intervalMark } from "./interval-mark.ts";
import { escapeText } from "./svg.ts";

/**
 * Samples by measures: each cell has its value, its interval, and both on the scale of the column. The best of each column has a star, also what is level with it.
 *
 * @throws {RangeError} if a row has not one cell for each column, a value is NaN or outside its interval, or digits are not from 0 to 20.
 */
export function evaluationTable(evaluation: Evaluation): string {
  const { columns, rows, caption } = evaluation;
  check(evaluation);
  const standing = columns.map((_, column) => standings(evaluation, column));
  const domains = columns.map((_, column) => columnDomain(rows.map(({ cells }) => cells[column])));
  const reference = rows.find((row) => row.reference);
  const head = columns
    .map(
      (column) =>
        `<th scope="col">${escapeText(column.name)}<small>${escapeText(direction(column))}</small></th>`,
    )
    .join("");
  const body = rows
    .map(({ name, cells, reference: isReference }, row) => {
      const values = cells.map((cell, column) => {
        if (cell === undefined) return '<td><span class="quiet">not measured</span></td>';
        const show = (value: number) => escapeText(formatCell(value, columns[column]!));
        const how = standing[column]![row];
        const known = cell.low !== undefined && cell.high !== undefined;
        const guide = reference?.cells[column]?.value;
        return (
          `<td${how === "best" ? ' class="best"' : ""}><span class="value">${star(how)}${show(cell.value)}</span>` +
          (known ? `<small>${show(cell.low)} to ${show(cell.high)}</small>` : "") +
          intervalMark(cell, {
            domain: domains[column]!,
            className: isReference ? "real" : "draws",
            ...(guide === undefined ? {} : { reference: guide }),
          }) +
          "</td>"
        );
      });
      return `<tr><th scope="row">${escapeText(name)}${isReference ? "<small>for reference</small>" : ""}</th>${values.join("")}</tr>`;
    })
    .join("");
  const hasLevel = standing.some((column) => column.includes("level"));
  const notes = [
    "★ best of the column",
    ...(hasLevel ? ["☆ level with it: the intervals overlap, so that the difference may be chance"] : []),
    ...(reference ? [`the upright line is ${reference.name}`] : []),
  ];
  return `${scrollable(
    "Quality of the samples",
    `<table class="evaluation"><caption class="unseen">Quality of the samples</caption><thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table>`,
  )}<p class="note">${escapeText(caption)}</p><p class="note">${escapeText(`${notes.join("; ")}.`)}</p>`;
}

function star(standing: Standing): string {
  if (standing === undefined) return "";
  const [sign, word] = standing === "best" ? ["★", "best: "] : ["☆", "level with the best: "];
  return `<span class="star" aria-hidden="true">${sign}</span><span class="unseen">${word}</span>`;
}

function direction(column: EvaluationColumn): string {
  if (column.better === "higher") return "↑ higher is better";
  if (column.better === "lower") return "↓ lower is better";
  return `→ right: ${column.percent ? `${formatNumber(100 * column.better)} %` : formatNumber(column.better)}`;
}

function check({ columns, rows }: Evaluation): void {
  for (const { name, digits } of columns) {
    if (!(Number.isInteger(digits) && digits >= 0 && digits <= 20)) {
      throw new RangeError(
        `evaluationTable: digits of ${name} must be an integer from 0 to 20, got ${digits}`,
      );
    }
  }
  for (const { name, cells } of rows) {
    if (cells.length !== columns.length) {
      throw new RangeError(`evaluationTable: ${name} must have ${columns.length} cells, got ${cells.length}`);
    }
    cells.forEach((cell, i) => {
      if (cell === undefined) return;
      const where = `${columns[i]!.name} of ${name}`;
      if (Number.isNaN(cell.value))
        throw new RangeError(`evaluationTable: ${where} must be a number, got NaN`);
      if ((cell.low === undefined) !== (cell.high === undefined)) {
        throw new RangeError(`evaluationTable: ${where} must have both ends of its interval, or none`);
      }
      if (cell.low !== undefined && cell.high !== undefined) {
        requireInterval("evaluationTable", where, { value: cell.value, low: cell.low, high: cell.high });
      }
    });
  }
}
