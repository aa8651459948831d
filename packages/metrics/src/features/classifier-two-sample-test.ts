import { normalTail } from "../numerics/normal-tail.ts";
import { requireProperShare, requireRandom } from "../requirements.ts";
import { areaUnderCurve } from "./area-under-curve.ts";
import { type Features, requireFeaturePair } from "./features.ts";
import { nearestNeighbourClassifier } from "./nearest-neighbour-classifier.ts";
import type { TwoSampleClassifier } from "./two-sample-classifier.ts";

/** What tells the samples apart, and on which rows it is tested. */
export interface ClassifierTwoSampleTestOptions {
  /** Uniform on [0, 1): which rows are held out. */
  readonly random: () => number;
  /** What learns to tell real from fake. Default: `nearestNeighbourClassifier()`. */
  readonly classifier?: TwoSampleClassifier;
  /** The share of either sample that is held out from learning, in (0, 1), rounded to whole rows. Default: 0.5. */
  readonly heldOutShare?: number;
}

/** How well a classifier tells rows apart that it did not learn from. */
export interface ClassifierTwoSampleTest {
  /** The share of held-out rows it names rightly; a score of ½ is half right. ½ on average if the samples are of one law. */
  readonly accuracy: number;
  /** The chance that a held-out real row scores above a fake one, a tie counting one half. */
  readonly auc: number;
  /** How often samples of one law give an accuracy at least this high. */
  readonly pValue: number;
  /** The number of held-out rows, of both samples together. */
  readonly heldOut: number;
}

/**
 * The classifier two-sample test: if a classifier tells real rows from fake ones that it has not seen, their laws differ.
 *
 * Both samples lend the same number of rows to learning and to the test. If the laws are one, the accuracy is ½ on average
 * whatever the classifier does, and the p value takes it for normal with variance 1 / (4 · heldOut). It moves in steps of
 * 2 / heldOut, so with few rows it is coarse: p < 0.05 comes by chance 0.059, 0.025 and 0.043 of the time with 50, 100 and
 * 250 held-out rows and nearest neighbours.
 *
 * A small p value is evidence of a difference. A large one is not evidence of none: this classifier did not find one
 * in so many rows. An accuracy of ½ + ε is significant at level 0.05 with chance Φ((ε √heldOut − 0.82) / √(¼ − ε²)): nine
 * times in ten, 0.55 takes 850 held-out rows, 0.51 takes 21,400. And with enough rows any model fails: compare accuracies,
 * not p values.
 *
 * @param real - at least two rows.
 * @param fake - as many rows and columns.
 * @param options - random numbers, the classifier, the share held out.
 * @returns accuracy, AUC and p value. The cost is that of the classifier.
 * @throws {RangeError} if features are no matrices of finite numbers of one shape, the share leaves no row to learn from or to
 * test, or the classifier's scores are not one number in [0, 1] for each row.
 * @throws {TypeError} if `random` is not a function.
 * @see Lopez-Paz and Oquab (ICLR 2017), Revisiting classifier two-sample tests, section 3.
 * @example
 * ```ts
 * import { classifierTwoSampleTest } from "@mhgan/metrics";
 * let draws = 0;
 * const random = () => (draws++ * 0.6180339887) % 1;
 * const column = (start: number) => ({ data: Float64Array.from({ length: 100 }, (_, i) => start + i / 100), shape: [100, 1] });
 * const { accuracy, heldOut } = classifierTwoSampleTest(column(0), column(2), { random });
 * accuracy; // => 1
 * heldOut; // => 100
 * classifierTwoSampleTest(column(0), column(0), { random }).pValue > 0.05; // => true
 * ```
 */
export function classifierTwoSampleTest(
  real: Features,
  fake: Features,
  options: ClassifierTwoSampleTestOptions,
): ClassifierTwoSampleTest {
  const { random, classifier = nearestNeighbourClassifier(), heldOutShare = 0.5 } = options;
  requireFeaturePair("classifierTwoSampleTest", real, fake, 2);
  requireProperShare("classifierTwoSampleTest", "heldOutShare", heldOutShare);
  requireRandom("classifierTwoSampleTest", random);
  const [rows, columns] = real.shape as [number, number];
  if (fake.shape[0] !== rows) {
    throw new RangeError(
      `classifierTwoSampleTest: fake must have as many rows as real, ${rows}, got ${fake.shape[0]}`,
    );
  }
  const tested = Math.round(heldOutShare * rows);
  if (tested < 1 || tested >= rows) {
    throw new RangeError(
      `classifierTwoSampleTest: heldOutShare must leave rows of ${rows} to learn from and to test, got ${heldOutShare}`,
    );
  }

  const realOrder = shuffled(rows, random);
  const fakeOrder = shuffled(rows, random);
  const learned = rows - tested;
  const score = classifier(
    {
      data: rowsOf(real, realOrder.subarray(tested), fake, fakeOrder.subarray(tested)),
      shape: [2 * learned, columns],
    },
    new Uint8Array(2 * learned).fill(1, 0, learned),
  );
  const scores = checked(
    score({
      data: rowsOf(real, realOrder.subarray(0, tested), fake, fakeOrder.subarray(0, tested)),
      shape: [2 * tested, columns],
    }),
    2 * tested,
  );
  const ofReal = scores.subarray(0, tested);
  const ofFake = scores.subarray(tested);
  const accuracy = (aboveHalf(ofReal) + tested - aboveHalf(ofFake)) / (2 * tested);
  return {
    accuracy,
    auc: areaUnderCurve(ofReal, ofFake),
    pValue: normalTail((accuracy - 0.5) * 2 * Math.sqrt(2 * tested)),
    heldOut: 2 * tested,
  };
}

/** The numbers below the count, in random order: Fisher and Yates. */
function shuffled(count: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const row = order[last]!;
    order[last] = order[other]!;
    order[other] = row;
  }
  return order;
}

/** Rows of a, then as many of b, in the given orders. */
function rowsOf(a: Features, orderOfA: Uint32Array, b: Features, orderOfB: Uint32Array): Float64Array {
  const columns = a.shape[1]!;
  const taken = new Float64Array(2 * orderOfA.length * columns);
  for (let i = 0; i < orderOfA.length; i++) {
    for (let column = 0; column < columns; column++) {
      taken[i * columns + column] = a.data[orderOfA[i]! * columns + column]!;
      taken[(orderOfA.length + i) * columns + column] = b.data[orderOfB[i]! * columns + column]!;
    }
  }
  return taken;
}

/** How many scores are above ½, those equal to it counting one half. */
function aboveHalf(scores: Float64Array): number {
  return scores.reduce((sum, score) => sum + (score > 0.5 ? 1 : score === 0.5 ? 0.5 : 0), 0);
}

function checked(scores: ArrayLike<number>, count: number): Float64Array {
  if (scores.length !== count) {
    throw new RangeError(
      `classifierTwoSampleTest: classifier must give ${count} scores, got ${scores.length}`,
    );
  }
  return Float64Array.from(scores, (score, i) => {
    if (!(score >= 0 && score <= 1)) {
      throw new RangeError(
        `classifierTwoSampleTest: classifier must give scores in [0, 1], got ${String(score)} at ${i}`,
      );
    }
    return score;
  });
}
