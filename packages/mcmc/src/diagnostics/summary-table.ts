import type { SummaryRow } from "./summarize.ts";

/**
 * Prints the rows of {@link summarize} as a table of plain text, one line for each quantity, columns aligned.
 *
 * Values in the unit of the draws have four significant digits, R-hat three decimals, effective sample sizes none.
 *
 * @param rows - as {@link summarize} gives them.
 * @returns Lines separated by newlines, without one at the end. O(rows).
 * @example
 * ```ts
 * import { summarize, summaryTable } from "@mhgan/mcmc/diagnostics";
 * const draws = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];
 * const table = summaryTable(summarize(draws, { chains: 2, names: ["digit"] }));
 * table.split("\n")[0]; // => "name   mean  standard deviation  5%  median  95%  error of mean  R-hat  bulk ess  tail ess"
 * ```
 */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const significant = (value: number): string => String(Number(value.toPrecision(4)));
  const whole = (value: number): string => value.toFixed(0);
  const lines = [
    [
      "name",
      "mean",
      "standard deviation",
      "5%",
      "median",
      "95%",
      "error of mean",
      "R-hat",
      "bulk ess",
      "tail ess",
    ],
    ...rows.map((row) => [
      row.name,
      significant(row.mean),
      significant(row.standardDeviation),
      significant(row.q05),
      significant(row.median),
      significant(row.q95),
      significant(row.errorOfMean),
      row.rHat.toFixed(3),
      whole(row.bulkEss),
      whole(row.tailEss),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map(([name, ...cells]) =>
      [name!.padEnd(widths[0]!), ...cells.map((cell, i) => cell.padStart(widths[i + 1]!))].join("  "),
    )
    .join("\n");
}
