import { type Calibrator, fitVennAbers } from "@mhgan/calibration";
import type { RandomStream } from "@mhgan/mcmc";
import { bumpClassifier, type Score } from "./bump-classifier.ts";
import { type Generator, gaussianGenerator } from "./gaussian-generator.ts";
import { type Points, splitMoons } from "./moons.ts";

/** All that selection needs, made of training and calibration rows alone. */
export interface Pipeline {
  readonly generator: Generator;
  readonly score: Score;
  readonly calibrator: Calibrator;
  /** Log weights of fresh rows of the generator, to which nothing was fitted. */
  readonly pilotLogWeights: Float64Array;
  /** Real rows for the judge: generator, classifier and calibrator have not seen them. */
  readonly judge: Points;
}

/** Generator → classifier → scores → calibrator → log weights. */
export function buildPipeline(random: RandomStream): Pipeline {
  const { train, calibrate, judge } = splitMoons(random.split("table"));
  const generator = gaussianGenerator(train);
  const score = bumpClassifier(train, generator.generate(train.shape[0]!, random.split("train")), {
    bumps: 100,
    width: 0.25,
    penalty: 0.1,
  });

  // As many generated rows as real ones, so that log odds are log p(x)/q(x); where the numbers differ, `shiftPrior` corrects them.
  const real = score(calibrate);
  const fake = score(generator.generate(real.length, random.split("calibrate")));
  const calibrator = fitScores(real, fake);

  const pilotLogWeights = calibrator.logOdds(score(generator.generate(4000, random.split("pilots"))));
  return { generator, score, calibrator, pilotLogWeights, judge };
}

/** A calibrator of the scores of real and of generated rows, as many of either. */
export function fitScores(real: Float64Array, fake: Float64Array): Calibrator {
  const labels = Float64Array.from({ length: real.length + fake.length }, (_, i) => Number(i < real.length));
  return fitVennAbers(Float64Array.of(...real, ...fake), labels);
}
