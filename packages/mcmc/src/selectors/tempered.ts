import type { Selector } from "./selector.ts";
import { requireExponent, temperLogWeights } from "./temper-log-weights.ts";

/**
 * The same selector on tempered weights: w^β for each weight w, the start's, the bound's and the pilots' included. See `temperLogWeights`.
 *
 * @param selector - any selector.
 * @param exponent - β, finite, from 0. Below 1 it selects less, and is cheaper, above 1 more.
 * @throws {RangeError} if the exponent is negative or not finite.
 * @example
 * ```ts
 * import { rejection, selectFromArray, tempered } from "@mhgan/mcmc";
 * // With β = 0 all weights are the same: everything is accepted.
 * const selector = tempered(rejection(), 0);
 * selectFromArray([-3, -1, -2], { selector, logWeightBound: 0, seed: 1 }).picked; // => [0, 1, 2]
 * ```
 */
export function tempered(selector: Selector, exponent: number): Selector {
  requireExponent("tempered", exponent);
  const temper = (logWeight: number): number => temperLogWeights([logWeight], exponent)[0]!;
  return {
    name: `tempered(${selector.name}, ${exponent})`,
    drawsPerRun: selector.drawsPerRun,
    prepare: ({ logWeightBound, pilotLogWeights }) => {
      const select = selector.prepare({
        logWeightBound: temper(logWeightBound),
        pilotLogWeights: pilotLogWeights && temperLogWeights(pilotLogWeights, exponent),
      });
      return function* (context) {
        const { initialLogWeight } = context;
        const run = select({
          ...context,
          initialLogWeight: initialLogWeight === undefined ? undefined : temper(initialLogWeight),
        });
        let next = run.next();
        while (!next.done) next = run.next(temperLogWeights(yield next.value, exponent));
        return next.value;
      };
    },
  };
}
