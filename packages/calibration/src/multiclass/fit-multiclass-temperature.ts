import { toWeights } from "../checks.ts";
import { bestTemperature, type LossDerivatives } from "../parametric/inverse-temperature.ts";
import { toLabelledRows } from "./class-rows.ts";
import { largestOf, MulticlassTemperatureCalibrator } from "./multiclass-temperature-calibrator.ts";

/** Options of {@link fitMulticlassTemperature}. */
export interface FitMulticlassTemperatureOptions {
  /** k, an integer ≥ 2: the number of logits in a row. */
  readonly classes: number;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits the temperature T of softmax(logits / T) by maximum likelihood: how sure the logits are, not which class they favour.
 *
 * ln T is searched in [-10, 10]. Where every label has the largest logit of its row the likelihood grows for ever as T falls to 0, and
 * where the logits tell nothing it grows as T rises: T then stops at that end, and `atBound` is true. Where the logits of every row are
 * equal every temperature is the same, and T is 1. For two classes whose logits are 0 and l it is `fitTemperature` of l.
 *
 * @param logits - n × k, row-major, finite. A `Float32Array` is widened first.
 * @param labels - length n: the class of each row, an integer from 0 to k − 1.
 * @returns A calibrator of one number. O(n·k) per evaluation of the likelihood's slope, of which about ten are taken.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is no class, if a weight is negative or all are
 * 0, or if `classes` is out of range.
 * @see Guo, Pleiss, Sun and Weinberger (2017), "On calibration of modern neural networks", section 4.2.
 * @example
 * ```ts
 * import { fitMulticlassTemperature } from "@mhgan/calibration";
 * const logits = [4, 1, 0, 0, 3, 1, 2, 0, 3, 5, 0, 1];
 * const calibrator = fitMulticlassTemperature(logits, [0, 1, 0, 0], { classes: 3 });
 * calibrator.temperature; // ≈ 0.9856
 * calibrator.predict([2, 0, 1]); // ≈ [0.669, 0.088, 0.243]
 * ```
 */
export function fitMulticlassTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: FitMulticlassTemperatureOptions,
): MulticlassTemperatureCalibrator {
  const caller = "fitMulticlassTemperature";
  const checked = toLabelledRows(caller, "logits", logits, labels, options?.classes);
  const { classes, rows: z, labels: y } = checked;
  const w = toWeights(caller, options.weights, "labels", y.length);
  return new MulticlassTemperatureCalibrator(
    classes,
    bestTemperature((inverse) => derivatives(z, y, w, classes, inverse)),
  );
}

/** Of the log loss by the inverse temperature: how far the mean logit lies above that of the label, and the variance. */
function derivatives(
  z: Float64Array,
  y: Float64Array,
  w: Float64Array,
  classes: number,
  inverse: number,
): LossDerivatives {
  let slope = 0;
  let curvature = 0;
  for (let row = 0; row < y.length; row++) {
    if (w[row] === 0) continue;
    const start = row * classes;
    const end = start + classes;
    const largest = largestOf(z, start, end);
    let sum = 0;
    let mean = 0;
    let square = 0;
    for (let i = start; i < end; i++) {
      const gap = z[i]! - largest;
      const relative = Math.exp(inverse * gap);
      // Where it is 0 the gap may be infinite.
      if (relative === 0) continue;
      sum += relative;
      mean += relative * gap;
      square += relative * gap * gap;
    }
    mean /= sum;
    slope += w[row]! * (mean - (z[start + y[row]!]! - largest));
    curvature += w[row]! * (square / sum - mean * mean);
  }
  return { slope, curvature };
}
