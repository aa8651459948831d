import type { Calibrator } from "@mhgan/calibration";
import {
  predictSelection,
  type Recommendation,
  type RecommendTarget,
  recommend,
  type SelectionPrediction,
} from "@mhgan/mcmc/predictions";
import type { CalibrationReport } from "./calibration-report.ts";
import { type ChainPrediction, type PredictChainsOptions, predictChains } from "./chain-prediction.ts";
import type { LogWeight } from "./log-weight.ts";

/** What {@link CalibratedScores} are made of. */
export interface CalibratedScoresParts {
  /** Raw scores of held-out real samples, and of generated ones. */
  readonly scores: { readonly real: Float64Array; readonly fake: Float64Array };
  /** Those of generated samples that the calibrator was not fitted on. */
  readonly pilotScores: Float64Array;
  readonly calibrator: Calibrator;
  /** Fits a calibrator with a slope to the same scores, in case it is needed. */
  readonly fitSmooth: () => Calibrator;
  readonly logPrior: number;
  readonly report: CalibrationReport;
}

/** Scores that have become log weights, and what follows from them alone. Made by `calibrateScores`. */
export class CalibratedScores implements LogWeight {
  /** What makes probabilities and log odds of scores. */
  readonly calibrator: Calibrator;
  /** What calibration did, measured on scores it was not fitted on. */
  readonly report: CalibrationReport;
  /** The raw scores it was made from: of held-out real samples, at which chains start, and of generated ones. */
  readonly scores: {
    /** Of held-out real samples. */
    readonly real: Float64Array;
    /** Of generated samples. */
    readonly fake: Float64Array;
  };
  /** log p/q of the held-out real samples. */
  readonly realLogWeights: Float64Array;
  /** log p/q of generated samples that the calibrator was not fitted on: what predictions and some selectors are made from. */
  readonly pilotLogWeights: Float64Array;
  /** No generated sample can have a larger log p/q: what lets chains be found backward. `Infinity` if the calibrator has no bound. */
  readonly logWeightBound: number;
  /** log(n_fake / n_real) of the fit, which is added to log odds to make log weights. */
  readonly logPrior: number;
  /** @internal */
  readonly parts: CalibratedScoresParts;
  #smooth: Calibrator | undefined;
  #prediction: SelectionPrediction | undefined;

  /** @internal */
  constructor(parts: CalibratedScoresParts) {
    this.parts = parts;
    this.calibrator = parts.calibrator;
    this.report = parts.report;
    this.scores = parts.scores;
    this.logPrior = parts.logPrior;
    this.realLogWeights = this.logWeights(parts.scores.real);
    this.pilotLogWeights = this.logWeights(parts.pilotScores);
    this.logWeightBound = parts.calibrator.maxLogOdds + parts.logPrior;
  }

  /** Predictions of every selector from `pilotLogWeights`: what each will do and cost. Made at the first use. */
  get prediction(): SelectionPrediction {
    this.#prediction ??= predictSelection(this.pilotLogWeights);
    return this.#prediction;
  }

  /**
   * Says what Metropolis-Hastings chains of a length will do: acceptance, cap-out, total variation, cost. From scores that are already there; nothing is
   * generated.
   * @throws {RangeError} if an option is off, or no pilot has a weight above 0.
   */
  predict(options: PredictChainsOptions = {}): ChainPrediction {
    return predictChains(this.prediction, this.logWeightBound, options);
  }

  /**
   * Recommends a selector: the cheapest that comes close enough to the data's law, or the closest at a price. See `recommend` of `@mhgan/mcmc/predictions`, which
   * gets the pilots, the bound, and that chains start at real samples.
   */
  recommend(target: RecommendTarget): Recommendation {
    return recommend(this.pilotLogWeights, target, { logWeightBound: this.logWeightBound, start: "target" });
  }

  /** log p(x)/q(x) from raw scores: calibrated log odds, shifted if the classes differed in number. */
  logWeights(scores: ArrayLike<number>): Float64Array {
    const logWeights = this.calibrator.logOdds(scores);
    for (let i = 0; i < logWeights.length; i++) logWeights[i] = logWeights[i]! + this.logPrior;
    return logWeights;
  }

  /**
   * The derivative of the log weight by the raw score, which latent-space samplers follow. Where the calibrator's log odds are steps, as
   * those of isotonic regression are, it is that of a Platt sigmoid fitted to the same scores.
   */
  logWeightSlopes(scores: ArrayLike<number>): Float64Array {
    if (this.calibrator.logOddsSlope) return this.calibrator.logOddsSlope(scores);
    this.#smooth ??= this.parts.fitSmooth();
    return this.#smooth.logOddsSlope!(scores);
  }
}
