import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toFinite, toProbabilities } from "../checks.ts";
import { logit } from "../numerics/log-odds.ts";
import type { ScoreKind } from "../score-kind.ts";
import { binOf } from "./bin-of.ts";

/** The JSON form of a {@link HistogramCalibrator}. */
export interface HistogramJSON extends CalibratorJSON {
  readonly kind: "histogram";
  /** What the scores are. */
  readonly input: ScoreKind;
  /** Length k − 1, strictly ascending: bin `i` is (`edges[i - 1]`, `edges[i]`]. */
  readonly edges: readonly number[];
  /** Length k, in [0, 1]: the probability in each bin. */
  readonly values: readonly number[];
}

/** What a {@link HistogramCalibrator} is made of. */
export interface HistogramBins {
  readonly input: ScoreKind;
  readonly edges: Float64Array;
  readonly values: Float64Array;
}

/** A step function of the score, in general not monotone, as `fitHistogram` and `histogramFromJSON` return it. */
export class HistogramCalibrator implements Calibrator {
  readonly kind: "histogram" = "histogram";
  /** What the scores are; probabilities must lie in [0, 1]. */
  readonly input: ScoreKind;
  /** Length k − 1, strictly ascending: bin `i` is (`edges[i - 1]`, `edges[i]`], and the first and the last have no end. */
  readonly edges: Float64Array;
  /** Length k, in [0, 1]: the probability in each bin. */
  readonly values: Float64Array;
  /** The log odds of the smallest value; `-Infinity` if that is 0. */
  readonly minLogOdds: number;
  /** The log odds of the largest value; `Infinity` if that is 1. */
  readonly maxLogOdds: number;
  readonly #logOdds: Float64Array;

  /** @internal */
  constructor({ input, edges, values }: HistogramBins) {
    this.input = input;
    this.edges = edges;
    this.values = values;
    this.#logOdds = values.map(logit);
    this.minLogOdds = this.#logOdds.reduce((low, value) => Math.min(low, value));
    this.maxLogOdds = this.#logOdds.reduce((high, value) => Math.max(high, value));
  }

  /**
   * The value of the bin that holds each score; O(log k) each.
   *
   * @throws {RangeError} if a score is not finite, or no probability where it should be one.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    return this.#lookUp("predict", scores, this.values);
  }

  /**
   * The log odds of the value of the bin that holds each score: `-Infinity` at 0 and `Infinity` at 1.
   *
   * @throws {RangeError} as `predict`.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    return this.#lookUp("logOdds", scores, this.#logOdds);
  }

  toJSON(): HistogramJSON {
    return {
      version: 1,
      kind: "histogram",
      input: this.input,
      edges: Array.from(this.edges),
      values: Array.from(this.values),
    };
  }

  #lookUp(caller: string, scores: ArrayLike<number>, perBin: Float64Array): Float64Array {
    const queries =
      this.input === "probability"
        ? toProbabilities(caller, scores, "scores")
        : toFinite(caller, "scores", scores);
    return queries.map((score) => perBin[binOf(score, this.edges)]!);
  }
}
