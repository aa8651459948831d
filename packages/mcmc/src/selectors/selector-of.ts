import type { SelectorChoice } from "../predictions/recommend.ts";
import { budgetedRejection } from "./budgeted-rejection.ts";
import { couplingFromThePast } from "./coupling-from-the-past.ts";
import { discriminatorRejection } from "./discriminator-rejection.ts";
import { importanceResampling } from "./importance-resampling.ts";
import { iteratedSir } from "./iterated-sir.ts";
import { metropolisHastings } from "./metropolis-hastings.ts";
import { rejection } from "./rejection.ts";
import type { Selector } from "./selector.ts";

const selectors = {
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  rejection,
};

/**
 * The selector that a choice names, with its options: what `recommend` of `@mhgan/mcmc/predictions` advises, ready to draw with.
 *
 * @param choice - a recommendation, or one of its alternatives. It may have been through JSON.
 * @throws {RangeError} if no selector has that name, or its options are off.
 * @example
 * ```ts
 * import { normal, randomStream, selectDraws, selectorOf } from "@mhgan/mcmc";
 * import { recommend } from "@mhgan/mcmc/predictions";
 * // Target normal(0, 0.5), proposals normal(0, 1).
 * const logWeight = (x: number) => -1.5 * x ** 2;
 * const random = randomStream(1);
 * const pilotLogWeights = Array.from({ length: 1000 }, () => logWeight(normal(random)));
 * const advice = recommend(pilotLogWeights, { totalVariation: 0.01 });
 * const selector = selectorOf(advice);
 * selector.name; // => "budgetedRejection"
 * const { draws } = await selectDraws({ propose: normal, logWeight }, { selector, pilotLogWeights, draws: 2000, seed: 1 });
 * draws.reduce((sum, x) => sum + x * x, 0) / 2000; // ≈ 0.25
 * ```
 */
export function selectorOf({ selector, options }: SelectorChoice): Selector {
  if (!Object.hasOwn(selectors, selector)) {
    throw new RangeError(
      `selectorOf: selector must be one of ${Object.keys(selectors).join(", ")}, got ${JSON.stringify(selector)}`,
    );
  }
  return selectors[selector](options as never);
}
