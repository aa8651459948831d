import type { Frame, Tick } from "./axes.ts";
import type { ChainFigures } from "./chain-figures.ts";
import { type PositiveAxis, positiveAxis } from "./positive-axis.ts";
import { coordinate as at, svgText } from "./svg.ts";

/** Least distance of two labels. */
const APART = 34;

/**
 * The axis of chain lengths: logarithmic, with the lengths themselves as ticks where they have room.
 *
 * @throws {RangeError} if lengths are not positive integers in ascending order.
 */
export function chainAxis(caller: string, chains: readonly ChainFigures[], frame: Frame): PositiveAxis {
  chains.forEach(({ chainLength }, i) => {
    if (!(Number.isSafeInteger(chainLength) && chainLength >= 1)) {
      throw new RangeError(
        `${caller}: chains[${i}].chainLength must be an integer from 1, got ${chainLength}`,
      );
    }
    if (i > 0 && chainLength <= chains[i - 1]!.chainLength) {
      throw new RangeError(
        `${caller}: chains must ascend by chainLength, got ${chains[i - 1]!.chainLength} before ${chainLength}`,
      );
    }
  });
  const { scale, ticks } = positiveAxis({
    values: chains.map(({ chainLength }) => chainLength),
    range: [frame.left, frame.right],
  });
  const lengths: Tick[] = [];
  for (const { chainLength } of chains) {
    const position = scale(chainLength);
    if (position - (lengths.at(-1)?.position ?? -Infinity) >= APART) {
      lengths.push({ position, label: chainLength.toLocaleString("en") });
    }
  }
  return { scale, ticks: lengths.length > 0 ? lengths : ticks };
}

/** A line at the length that the run drew with. */
export function chosenLength(
  chains: readonly ChainFigures[],
  scale: (chainLength: number) => number,
  { left, right, top, bottom }: Frame,
): string {
  const chosen = chains.find((chain) => chain.chosen);
  if (chosen === undefined) return "";
  const x = scale(chosen.chainLength);
  const anchor = x < left + 60 ? "start" : x > right - 60 ? "end" : "middle";
  return `<path class="marked" d="M${at(x)} ${top}V${bottom}"/>${svgText(x, top - 4, "this run", { anchor })}`;
}
