import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toFinite } from "../checks.ts";
import { binOf } from "./bin-of.ts";

/** The JSON form of a {@link ScalingBinningCalibrator}. */
export interface ScalingBinningJSON extends CalibratorJSON {
  readonly kind: "scaling-binning";
  /** The scaling function, in its own JSON form. */
  readonly calibrator: CalibratorJSON;
  /** Length k − 1, strictly ascending, in log odds of the scaling function: bin `i` is (`edges[i - 1]`, `edges[i]`]. */
  readonly edges: readonly number[];
  /** Length k, non-decreasing, in [0, 1]: the probability in each bin. */
  readonly values: readonly number[];
  /** Length k, non-increasing: 1 − `values`, to full precision where values are close to 1. */
  readonly complements: readonly number[];
}

/** What a {@link ScalingBinningCalibrator} is made of. */
export interface ScalingBinningParts {
  readonly calibrator: Calibrator;
  readonly edges: Float64Array;
  readonly values: Float64Array;
  readonly complements: Float64Array;
}

/** A step function of what another calibrator gives, as `fitScalingBinning` and `scalingBinningFromJSON` return it. */
export class ScalingBinningCalibrator implements Calibrator {
  readonly kind: "scaling-binning" = "scaling-binning";
  /** The scaling function. */
  readonly calibrator: Calibrator;
  /** Length k − 1, strictly ascending: bin `i` holds log odds of the scaling function in (`edges[i - 1]`, `edges[i]`]. */
  readonly edges: Float64Array;
  /** Length k, non-decreasing, in [0, 1]: the probability in each bin. */
  readonly values: Float64Array;
  /** Length k, non-increasing: 1 − `values`, to full precision where values are close to 1. */
  readonly complements: Float64Array;
  /** The log odds of the first bin; `-Infinity` if its value is 0. */
  readonly minLogOdds: number;
  /** The log odds of the last bin; `Infinity` if its complement is 0. */
  readonly maxLogOdds: number;
  readonly #logOdds: Float64Array;

  /** @internal */
  constructor({ calibrator, edges, values, complements }: ScalingBinningParts) {
    this.calibrator = calibrator;
    this.edges = edges;
    this.values = values;
    this.complements = complements;
    this.#logOdds = values.map((value, bin) => Math.log(value) - Math.log(complements[bin]!));
    this.minLogOdds = this.#logOdds[0]!;
    this.maxLogOdds = this.#logOdds[edges.length]!;
  }

  /**
   * The value of the bin that holds each score; NaN where the scaling function gives NaN.
   *
   * @throws {RangeError} if a score is not finite, or as the scaling function throws.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    return this.#lookUp("predict", scores, this.values);
  }

  /**
   * The log odds of the value of the bin that holds each score, accurate where that rounds to 1.
   *
   * @throws {RangeError} as `predict`.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    return this.#lookUp("logOdds", scores, this.#logOdds);
  }

  toJSON(): ScalingBinningJSON {
    return {
      version: 1,
      kind: "scaling-binning",
      calibrator: this.calibrator.toJSON(),
      edges: Array.from(this.edges),
      values: Array.from(this.values),
      complements: Array.from(this.complements),
    };
  }

  #lookUp(caller: string, scores: ArrayLike<number>, perBin: Float64Array): Float64Array {
    const scaled = this.calibrator.logOdds(toFinite(caller, "scores", scores));
    return scaled.map((logOdds) => (Number.isNaN(logOdds) ? logOdds : perBin[binOf(logOdds, this.edges)]!));
  }
}
