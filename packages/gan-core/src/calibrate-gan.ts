import { randomStream } from "@mhgan/mcmc";
import { batchOperations } from "./batch-operations.ts";
import {
  type CalibrateScoresOptions,
  calibratedParts,
  finiteScores,
  requireCalibration,
  requireScoreCounts,
} from "./calibrate-scores.ts";
import { CalibratedGan } from "./calibrated-gan.ts";
import type { Gan } from "./gan.ts";
import { makePause } from "./pause.ts";
import type { PlainSamples } from "./plain-samples.ts";

/** Options of {@link calibrateGan}. */
export interface CalibrateGanOptions<Batch> extends CalibrateScoresOptions {
  /**
   * Held-out real samples: never seen in training. A batch or, where the GAN has `toBatch` as all adapters do, `{ data, shape }` or nested
   * lists, on the scale of the generator's samples. They also start the chains, so keep them until sampling is done.
   */
  readonly real: Batch | PlainSamples;
  /** Generated samples to score. Default: as many as there are real ones. */
  readonly fakeCount?: number;
  /** Stops the work between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: CalibrationProgress) => void;
}

/** How far {@link calibrateGan} is. */
export interface CalibrationProgress {
  /** Samples scored, real and generated. */
  readonly scored: number;
  /** Samples that there are to score, real and generated. */
  readonly total: number;
}

/** Samples that are generated and scored at a time. */
const BLOCK = 4096;

/**
 * Calibrates a GAN's discriminator on held-out data, which makes its scores log weights log p(x)/q(x) for samplers.
 *
 * Scores real and generated samples, and does with the scores what `calibrateScores` does.
 *
 * Generated samples are made, scored and freed some thousand at a time; all of their randomness is that of one stream.
 *
 * @param gan - finished: it is not trained any further.
 * @throws {RangeError} if there are fewer than 4 real samples, a score is not finite (the message says which), or an option is off.
 * @throws the signal's reason once `signal` is aborted.
 * @see Turner et al., "Metropolis-Hastings generative adversarial networks", ICML 2019, section 3.2.
 */
export async function calibrateGan<Batch>(
  gan: Gan<Batch>,
  options: CalibrateGanOptions<NoInfer<Batch>>,
): Promise<CalibratedGan<Batch>> {
  const { real } = options;
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const output = gan.output ?? "unbounded";
  requireCalibration("calibrateGan", options, output);

  const realScores = await scoresOf(gan, real, "real", 0);
  const { fakeCount = realScores.length, signal, onProgress } = options;
  requireScoreCounts("calibrateGan", realScores.length, fakeCount);
  const fakeScores = new Float64Array(fakeCount);
  const fakeStream = random.split("generate");
  const { dispose } = batchOperations(gan);
  const pause = makePause();
  for (let done = 0; done < fakeCount; ) {
    onProgress?.({ scored: realScores.length + done, total: realScores.length + fakeCount });
    await pause();
    signal?.throwIfAborted();
    const count = Math.min(BLOCK, fakeCount - done);
    const fake = await gan.generate(count, fakeStream);
    try {
      fakeScores.set(await scoresOf(gan, fake, "generated", done, count), done);
    } finally {
      dispose(fake);
    }
    done += count;
  }
  onProgress?.({ scored: realScores.length + fakeCount, total: realScores.length + fakeCount });

  const scores = { real: realScores, fake: fakeScores };
  return new CalibratedGan(
    gan,
    real,
    calibratedParts("calibrateGan", scores, { ...options, output, random }),
  );
}

/** The scores of samples, the first of which has the number `first`; `count` is how many there must be, where that is known. */
async function scoresOf<Batch>(
  gan: Gan<Batch>,
  samples: Batch | PlainSamples,
  kind: "real" | "generated",
  first: number,
  count?: number,
): Promise<Float64Array> {
  const scores = await batchOperations(gan).score(samples);
  if (count !== undefined && scores.length !== count) {
    throw new RangeError(
      `calibrateGan: score must give ${count} scores for ${count} ${kind} samples, got ${scores.length}`,
    );
  }
  return finiteScores("calibrateGan", scores, kind, first);
}
