import { randomStream } from "@mhgan/mcmc";
import { judgeWeights, type WeightJudgement } from "./judge-weights.ts";
import type { ScorePair } from "./score-pair.ts";
import type { TailRule } from "./tail-rules.ts";

export interface IsotonicTailsOptions {
  readonly pairs: readonly ScorePair[];
  readonly rules: readonly TailRule[];
  /** Scores of each class to which calibrators are fitted. */
  readonly sizes: readonly number[];
  /** Fits for each pair, size and rule. */
  readonly runs: number;
  readonly chainLength: number;
  readonly seed: number;
}

/** All fits to scores of one pair and size. */
export interface IsotonicTailsStudy {
  readonly pair: ScorePair;
  readonly size: number;
  /** What the true weights get. */
  readonly truth: WeightJudgement;
  /** One judgement for each run; all rules see the same scores, so that they compare run by run. */
  readonly rules: readonly { readonly name: string; readonly judgements: readonly WeightJudgement[] }[];
}

/**
 * Compares rules for the tails of isotonic regression by the weights that they give, against the true ones.
 *
 * Monotone distortions of the scores are left out: isotonic regression sees only their order.
 */
export function* isotonicTails(options: IsotonicTailsOptions): Generator<IsotonicTailsStudy> {
  const { pairs, sizes, runs, chainLength } = options;
  for (const pair of pairs) {
    const { grid } = pair;
    const truth = judgeWeights(grid, grid.logWeights, Math.log(pair.maximumWeight), chainLength);
    for (const size of sizes) {
      const rules = options.rules.map(({ name }) => ({ name, judgements: [] as WeightJudgement[] }));
      for (let run = 0; run < runs; run++) {
        const random = randomStream(options.seed).split(pair.name).split(size).split(run);
        const { scores, labels } = pair.sample(size, random);
        options.rules.forEach((rule, i) => {
          const calibrator = rule.fit(scores, labels);
          const logWeights = calibrator.logOdds(grid.scores);
          rules[i]!.judgements.push(judgeWeights(grid, logWeights, calibrator.maxLogOdds, chainLength));
        });
      }
      yield { pair, size, truth, rules };
    }
  }
}
