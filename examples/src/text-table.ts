import type { MeanAndError } from "./mean-and-error.ts";

/** Rows of cells as lines of text: the first column to the left, the others to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
    )
    .join("\n");
}

/** A number to three significant digits, without exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : String(value);
  if (Math.abs(value) >= 100) return value.toFixed(0);
  const digits = Math.abs(value) < 1e-4 ? 4 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(4, digits));
}

/** A mean and its standard error. */
export function shortWithError({ mean, standardError }: MeanAndError): string {
  return Number.isFinite(mean) ? `${short(mean)} ±${short(standardError)}` : short(mean);
}
