import { requirePositiveCount } from "../requirements.ts";
import { largestLogWeight } from "./log-weights.ts";
import {
  requireDiscriminatorRejectionOptions,
  type SelectDiscriminatorRejectionOptions,
  selectDiscriminatorRejection,
} from "./select-discriminator-rejection.ts";
import { type Selector, uniformsFrom } from "./selector.ts";

/** Options of {@link discriminatorRejection}. */
export interface DiscriminatorRejectionOptions
  extends Omit<SelectDiscriminatorRejectionOptions, "random" | "initialLogMaximum"> {
  /** How many proposals a run looks at before it draws the heaviest of them. Default 640. */
  readonly candidates?: number;
}

/**
 * Discriminator rejection sampling (DRS): draws the first proposal that is accepted, with probability sigmoid(F − γ). See
 * `selectDiscriminatorRejection`, also for why it is **not exact**.
 *
 * The largest of the `pilotLogWeights`, if there are any, is the maximum that a run begins with (the paper's burn-in), and a percentile is then
 * taken once, over the F of the pilots. Without pilots every run learns its own maximum, and takes a percentile over its
 * candidates. If none of the candidates is accepted, the heaviest is drawn and counted as a cap-out.
 *
 * @throws {RangeError} if an option is off.
 * @see Azadi, Olsson, Darrell, Goodfellow and Odena, "Discriminator rejection sampling", ICLR 2019.
 * @example
 * ```ts
 * import { discriminatorRejection, selectFromArray } from "@mhgan/mcmc";
 * const selector = discriminatorRejection({ gamma: 0, candidates: 2 });
 * const options = { selector, pilotLogWeights: [0], seed: 1 };
 * selectFromArray([-Infinity, 0, 0, -Infinity], options).picked; // => [1, 2]
 * ```
 */
export function discriminatorRejection(options: DiscriminatorRejectionOptions): Selector {
  const { candidates = 640 } = options;
  requirePositiveCount("discriminatorRejection", "candidates", candidates);
  requireDiscriminatorRejectionOptions("discriminatorRejection", options);
  return {
    name: "discriminatorRejection",
    drawsPerRun: 1,
    prepare: ({ pilotLogWeights = [] }) => {
      const initialLogMaximum = largestLogWeight("discriminatorRejection", pilotLogWeights);
      let { gamma } = options;
      if (pilotLogWeights.length > 0 && typeof gamma !== "number") {
        const settings = { ...options, initialLogMaximum, random: () => 0 };
        gamma = selectDiscriminatorRejection(pilotLogWeights, settings).gamma;
      }
      // Only rules that need no proposal beyond the one they decide can stop at the first accepted.
      const inBlocks = typeof gamma === "number" && options.maximum !== "batch";
      return function* ({ uniform, nextBlock }) {
        let logMaximum = initialLogMaximum;
        let heaviest = 0;
        let heaviestLogWeight = -Infinity;
        for (let known = 0, count: number; known < candidates; known += count) {
          count = Math.min(inBlocks ? nextBlock(known) : candidates, candidates - known);
          const logWeights = yield { first: known, count };
          // Only the maximum is carried on: what was refused before stays refused.
          const { picked, fellBack } = selectDiscriminatorRejection(logWeights, {
            ...options,
            gamma,
            initialLogMaximum: logMaximum,
            random: uniformsFrom(uniform, known),
          });
          if (!fellBack) {
            const trials = known + picked + 1;
            const proposalsUsed = inBlocks ? trials : candidates;
            return { picked: [known + picked], acceptCount: 1, trials, proposalsUsed, capOut: false };
          }
          if (logWeights[picked]! > heaviestLogWeight) {
            heaviest = known + picked;
            heaviestLogWeight = logWeights[picked]!;
          }
          logMaximum = Math.max(logMaximum, heaviestLogWeight);
        }
        const picked = [heaviest];
        return { picked, acceptCount: 0, trials: candidates, proposalsUsed: candidates, capOut: true };
      };
    },
  };
}
