import { CalibratedGan } from "./calibrated-gan.ts";
import type { CalibratedScores } from "./calibrated-scores.ts";
import type { Gan } from "./gan.ts";
import type { PlainSamples } from "./plain-samples.ts";

/**
 * Joins a GAN to scores of it that were calibrated before: what `calibrateGan` gives, without scoring anything again.
 *
 * @param gan - the one that the scores are of.
 * @param scores - what `calibrateScores` gave.
 * @param options.real - the samples of the real scores, in the same order. Chains start at their scores alone, so they are needed only where a
 * real sample itself can be a draw, that is with `restart: "never"`.
 * @throws {RangeError} from `sample`, if a draw is a real sample and `real` was not given.
 * @example
 * ```ts
 * import { calibrateScores, type Gan, withCalibration } from "@mhgan/gan-core";
 * import { metropolisHastings, normal, randomStream } from "@mhgan/mcmc";
 * const gan: Gan<number[]> = {
 *   generate: (count, random) => Array.from({ length: count }, () => normal(random)),
 *   score: (batch) => batch.map((x) => x - 0.5),
 *   output: "logit",
 * };
 * const random = randomStream(1);
 * const real = await gan.score(Array.from({ length: 2000 }, () => 1 + normal(random)));
 * const fake = await gan.score(await gan.generate(2000, random));
 * const scores = calibrateScores(real, fake, { output: "logit", seed: 1 });
 * const sampler = metropolisHastings({ chainLength: 100 });
 * const { samples } = await withCalibration(gan, scores).sample({ draws: 500, sampler, seed: 1 });
 * samples.reduce((sum, x) => sum + x, 0) / 500 > 0.8; // => true
 * ```
 */
export function withCalibration<Batch>(
  gan: Gan<Batch>,
  scores: CalibratedScores,
  options: { readonly real?: NoInfer<Batch> | PlainSamples } = {},
): CalibratedGan<Batch> {
  return new CalibratedGan(gan, options.real, scores.parts);
}
