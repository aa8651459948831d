import { scaleLinear } from "d3-scale";
import type { EvaluationCell } from "./evaluation.ts";
import { coordinate as at } from "./svg.ts";

const WIDTH = 112;
const HEIGHT = 14;

/** A value and its interval on the scale of its column, with a line where the reference is: for a cell that says the numbers too. */
export function intervalMark(
  cell: EvaluationCell,
  {
    domain,
    reference,
    className,
  }: { readonly domain: readonly [number, number]; readonly reference?: number; readonly className: string },
): string {
  const x = scaleLinear(domain, [5, WIDTH - 5]).clamp(true);
  const middle = HEIGHT / 2;
  const interval =
    cell.low === undefined || cell.high === undefined
      ? ""
      : `<path class="span" d="M${at(x(cell.low))} ${middle}H${at(x(cell.high))}"/>`;
  const line = reference === undefined ? "" : `<path class="marked" d="M${at(x(reference))} 0V${HEIGHT}"/>`;
  return (
    `<svg class="interval ${className}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path class="grid" d="M0 ${middle}H${WIDTH}"/>` +
    `${line}${interval}<circle class="mark" cx="${at(x(cell.value))}" cy="${middle}" r="4"/></svg>`
  );
}

/** From the least to the greatest that cells of a column span. */
export function columnDomain(cells: readonly (EvaluationCell | undefined)[]): [number, number] {
  const ends = cells
    .flatMap((cell) => (cell ? [cell.value, cell.low ?? cell.value, cell.high ?? cell.value] : []))
    .filter(Number.isFinite);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return ends.length === 0 ? [0, 1] : least === most ? [least - 1, most + 1] : [least, most];
}
