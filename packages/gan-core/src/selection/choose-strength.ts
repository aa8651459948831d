import {
  budgetedAcceptance,
  budgetedRejection,
  metropolisHastings,
  type Selector,
  tempered,
  temperLogWeights,
} from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { CalibratedGan } from "../calibrated-gan.ts";
import { energyDistances, standardErrorOfDifference } from "./energy-distance.ts";
import { type MeasureSelectionOptions, measureSamples } from "./measured-samples.ts";

/** Options of {@link chooseStrength}. */
export interface ChooseStrengthOptions<Batch> extends MeasureSelectionOptions<Batch> {
  /**
   * What is chosen: `"budget"` (default), how many proposals `budgetedRejection` may spend on a draw, or `"exponent"`, the β to which weights
   * are raised before `sampler` sees them.
   */
  readonly by?: "budget" | "exponent";
  /** What to choose among. Default: 1, 2, 4, … 64 proposals a draw, or exponents from 0 to 1 in steps of ⅛. */
  readonly strengths?: readonly number[];
  /** With `by: "exponent"`: what selects by the tempered weights. Default `metropolisHastings()`. */
  readonly sampler?: Selector;
}

/** How selection of one strength does. */
export interface StrengthPoint {
  /** Proposals a draw, or an exponent. */
  readonly strength: number;
  /** Energy distance of its draws from held-out real samples. */
  readonly distance: number;
  /** Standard error of how much the distance is above that of the best strength. 0 for that one. */
  readonly standardError: number;
  /** Kish effective sample size of the generated samples under this selection, over their number. */
  readonly effectiveShare: number;
  /** What an exact draw of this law costs: the price of the budget, or the largest tempered weight over their mean. */
  readonly proposalsPerDraw: number;
}

/** What {@link chooseStrength} finds. */
export interface ChosenStrength {
  /** For `calibrated.sample`. */
  readonly selector: Selector;
  /** Proposals a draw, or an exponent: the strength of `selector`. */
  readonly strength: number;
  /** Every strength, weakest first. */
  readonly curve: readonly StrengthPoint[];
}

/**
 * Chooses how hard to select by the weights, on held-out real samples: the weakest selection whose draws are as close to them as those of
 * the best, within a standard error.
 *
 * Nothing is sampled for it: each strength is a weight for each of the same generated samples, min(1, c·w) or w^β. Weak selection is cheap and keeps
 * variety; a critic that is right wants a strong one, and one that is sharper than it should be does not.
 *
 * @param calibrated - what `calibrateGan` gave.
 * @returns The selector to sample with, and the distances of all strengths. O((real + fakeCount)²).
 * @throws {RangeError} if an option is off or a number is not finite.
 * @throws {TypeError} if neither samples nor features are numbers.
 * @throws the signal's reason once `signal` is aborted.
 * @see Verine et al., "Optimal budgeted rejection sampling for generative models", AISTATS 2024; Breiman et al., "Classification and
 * regression trees", 1984, section 3.4.3, for the rule of one standard error.
 * @example
 * ```ts
 * import { calibrateGan, chooseStrength, type Gan } from "@mhgan/gan-core";
 * import { normal, randomStream } from "@mhgan/mcmc";
 * // Data of normal(1, 1), a generator of normal(0, 1), and the exact logit.
 * const gan: Gan<number[]> = {
 *   output: "logit",
 *   generate: (count, random) => Array.from({ length: count }, () => normal(random)),
 *   score: (batch) => batch.map((x) => x - 0.5),
 * };
 * const random = randomStream(1);
 * const real = Array.from({ length: 2000 }, () => 1 + normal(random));
 * const calibrated = await calibrateGan(gan, { real, seed: 1 });
 * const { selector, curve } = await chooseStrength(calibrated, { real, fakeCount: 1000, seed: 1 });
 * selector.name; // => "budgetedRejection"
 * curve[3]!.distance < curve[0]!.distance; // => true
 * ```
 */
export async function chooseStrength<Batch>(
  calibrated: CalibratedGan<Batch>,
  options: ChooseStrengthOptions<Batch>,
): Promise<ChosenStrength> {
  const family = familyOf(options);
  const strengths = checkedStrengths(options.strengths ?? family.strengths, family.least);
  const { real, fake, fakeLogWeights } = await measureSamples("chooseStrength", calibrated, options);
  const logWeights = strengths.map((strength) => family.logWeights(fakeLogWeights, strength));
  const distances = energyDistances(
    real,
    fake,
    logWeights.map((values) => values.map(Math.exp)),
  );
  const best = distances.reduce((least, other) => (other.distance < least.distance ? other : least));
  const curve = strengths.map((strength, k): StrengthPoint => {
    const { relativeEffectiveSampleSize, maximumWeight } = predictSelection(logWeights[k]!);
    return {
      strength,
      distance: distances[k]!.distance,
      standardError: standardErrorOfDifference(distances[k]!, best),
      effectiveShare: relativeEffectiveSampleSize,
      proposalsPerDraw: family.proposalsPerDraw(strength, maximumWeight),
    };
  });
  // Budgets beyond the largest weight all select alike, and differ by rounding alone.
  const rounding = 1e-12 * Math.max(...distances.map(({ distance }) => Math.abs(distance)));
  const chosen = curve.find(
    ({ distance, standardError }) => distance - best.distance <= standardError + rounding,
  )!;
  return { selector: family.selector(chosen.strength), strength: chosen.strength, curve };
}

interface Family {
  readonly strengths: readonly number[];
  readonly least: number;
  /** Log weights under which generated samples have the law of the draws. */
  logWeights(logWeights: Float64Array, strength: number): Float64Array;
  proposalsPerDraw(strength: number, maximumWeight: number): number;
  selector(strength: number): Selector;
}

function familyOf<Batch>({ by = "budget", sampler }: ChooseStrengthOptions<Batch>): Family {
  if (by === "budget") {
    return {
      strengths: [1, 2, 4, 8, 16, 32, 64],
      least: 1,
      logWeights: (logWeights, proposals) => {
        const { acceptance } = budgetedAcceptance(logWeights, 1 / proposals);
        return logWeights.map((logWeight) => Math.log(acceptance(logWeight)));
      },
      proposalsPerDraw: (proposals) => proposals,
      selector: (proposals) => budgetedRejection({ budget: 1 / proposals }),
    };
  }
  if (by !== "exponent") {
    throw new RangeError(`chooseStrength: by must be "budget" or "exponent", got ${JSON.stringify(by)}`);
  }
  return {
    strengths: Array.from({ length: 9 }, (_, k) => k / 8),
    least: 0,
    logWeights: temperLogWeights,
    proposalsPerDraw: (_, maximumWeight) => maximumWeight,
    selector: (exponent) => tempered(sampler ?? metropolisHastings(), exponent),
  };
}

function checkedStrengths(strengths: readonly number[], least: number): number[] {
  const bad = strengths.findIndex((strength) => !(strength >= least && strength < Infinity));
  if (strengths.length === 0 || bad !== -1) {
    throw new RangeError(
      `chooseStrength: strengths must hold finite numbers from ${least}, got ${strengths.length === 0 ? "none" : `${strengths[bad]} at index ${bad}`}`,
    );
  }
  return [...strengths].sort((a, b) => a - b);
}
