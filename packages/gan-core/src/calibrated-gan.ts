import type { Calibrator } from "@mhgan/calibration";
import { integer, type RandomStream, type Selector, type SelectProgress, selectDraws } from "@mhgan/mcmc";
import { type BatchOperations, batchOperations } from "./batch.ts";
import type { CalibrationReport } from "./calibration-report.ts";
import type { Gan } from "./gan.ts";
import { type Drawn, GanProposals, type ProposedBlock } from "./gan-proposals.ts";
import type { LogWeight } from "./log-weight.ts";
import { type LatentSampleOptions, type LatentSamples, sampleLatents } from "./sample-latents.ts";

/** Options of {@link CalibratedGan.sample}. */
export interface GanSampleOptions {
  /** How many samples to give. */
  readonly draws: number;
  /** Which proposals become draws, for example `metropolisHastings({ chainLength: 640 })`. */
  readonly sampler: Selector;
  readonly seed: number | string | RandomStream;
  /** About how many samples are generated and scored in one call, where the GAN has latents. Default 4096. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SelectProgress) => void;
}

/** The record of a run. */
export interface GanSampleInfo {
  readonly sampler: string;
  /** log p(x)/q(x) of each draw. */
  readonly logWeights: Float64Array;
  /** What each run accepted. A run is one draw, except where the selector says otherwise. */
  readonly acceptCounts: Uint32Array;
  /**
   * Accepted out of all decisions. NaN where only decisions were looked at that are not typical, as when chains are found backward: then
   * `report.predictedAcceptance` says it.
   */
  readonly acceptanceRate: number;
  /** Chains that never left the real sample they started from, or runs where nothing was accepted. */
  readonly capOuts: number;
  /** Samples that each run looked at. */
  readonly proposalsUsed: Uint32Array;
  /** Samples generated for all this. */
  readonly proposals: number;
}

/** A GAN whose scores have become log weights. Made by `calibrateGan`. */
export class CalibratedGan<Batch> implements LogWeight {
  readonly gan: Gan<Batch>;
  readonly calibrator: Calibrator;
  /** What calibration did, measured on scores it was not fitted on. */
  readonly report: CalibrationReport;
  readonly #real: Batch;
  readonly #realLogWeights: Float64Array;
  readonly #logPrior: number;
  readonly #fitSmooth: () => Calibrator;
  #smooth: Calibrator | undefined;
  /** log p/q of generated samples that the calibrator was not fitted on: what predictions and some selectors are made from. */
  readonly pilotLogWeights: Float64Array;
  /** No generated sample can have a larger log p/q: what lets chains be found backward. `Infinity` if the calibrator has no bound. */
  readonly logWeightBound: number;
  readonly #batches: BatchOperations<Batch>;

  /** @internal */
  constructor(
    gan: Gan<Batch>,
    parts: {
      readonly real: Batch;
      readonly realScores: Float64Array;
      readonly pilotScores: Float64Array;
      readonly calibrator: Calibrator;
      /** Fits a calibrator with a slope to the same scores, in case it is needed. */
      readonly fitSmooth: () => Calibrator;
      readonly logPrior: number;
      readonly report: CalibrationReport;
    },
  ) {
    this.gan = gan;
    this.calibrator = parts.calibrator;
    this.report = parts.report;
    this.#real = parts.real;
    this.#logPrior = parts.logPrior;
    this.#fitSmooth = parts.fitSmooth;
    this.#realLogWeights = this.logWeights(parts.realScores);
    this.pilotLogWeights = this.logWeights(parts.pilotScores);
    this.logWeightBound = parts.calibrator.maxLogOdds + parts.logPrior;
    this.#batches = batchOperations(gan);
  }

  /** log p(x)/q(x) from raw scores: calibrated log odds, shifted if the classes differed in number. */
  logWeights(scores: ArrayLike<number>): Float64Array {
    const logWeights = this.calibrator.logOdds(scores);
    for (let i = 0; i < logWeights.length; i++) logWeights[i] = logWeights[i]! + this.#logPrior;
    return logWeights;
  }

  /**
   * The derivative of the log weight by the raw score, which latent-space samplers follow. Where the calibrator's log odds are steps, as
   * those of isotonic regression are, it is that of a Platt sigmoid fitted to the same scores.
   */
  logWeightSlopes(scores: ArrayLike<number>): Float64Array {
    if (this.calibrator.logOddsSlope) return this.calibrator.logOddsSlope(scores);
    this.#smooth ??= this.#fitSmooth();
    return this.#smooth.logOddsSlope!(scores);
  }

  /**
   * Draws better samples than the generator's own, by any selector of `@mhgan/mcmc`. Chains start at a random held-out real sample.
   *
   * The calibrator bounds the weights, so `metropolisHastings` finds its chains backward, from far fewer samples, and
   * `couplingFromThePast` and `rejection` can be used. `budgetedRejection` and `discriminatorRejection` learn their rule from
   * `pilotLogWeights`.
   *
   * Draw i works from `stream.split(i)` alone, so it does not depend on the batch size or on how many draws there are
   * (as far as the model gives a row the same score whatever the other rows are).
   *
   * @throws {RangeError} if an option is off or a score is NaN.
   * @throws the signal's reason once `signal` is aborted.
   */
  sample(options: GanSampleOptions): Promise<{ samples: Batch; info: GanSampleInfo }>;
  /**
   * Draws better samples with a sampler that moves through the latent space along gradients of the score, such as `mala`: see
   * `sampleLatents`. Chains start at fresh samples of the generator.
   */
  sample(options: LatentSampleOptions): Promise<LatentSamples<Batch>>;
  async sample(
    options: GanSampleOptions | LatentSampleOptions,
  ): Promise<{ samples: Batch; info: GanSampleInfo } | LatentSamples<Batch>> {
    if (isLatent(options)) return sampleLatents(this.gan, { ...options, logWeight: this });
    const { draws, sampler, seed, batchSize = 4096, signal, onProgress } = options;
    if (!(Number.isSafeInteger(draws) && draws >= 1)) {
      throw new RangeError(`sample: draws must be an integer from 1, got ${draws}`);
    }
    const proposals = new GanProposals(this.gan, this.#batches, {
      logWeights: (scores) => this.logWeights(scores),
      batchSize,
      signal,
    });
    try {
      const selected = await selectDraws<Drawn<Batch>, ProposedBlock<Batch>>(proposals, {
        draws,
        selector: sampler,
        seed,
        start: (random) => {
          const real = integer(random, this.#realLogWeights.length);
          return { logWeight: this.#realLogWeights[real]!, position: { real } };
        },
        logWeightBound: this.logWeightBound,
        pilotLogWeights: this.pilotLogWeights,
        batchSize,
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      });
      const samples = await proposals.assemble(selected.draws, this.#real);
      const { logWeights, acceptCounts, acceptanceRate, capOuts, proposalsUsed } = selected;
      const info = { logWeights, acceptCounts, acceptanceRate, capOuts, proposalsUsed };
      return { samples, info: { sampler: sampler.name, ...info, proposals: selected.proposals } };
    } finally {
      proposals.dispose();
    }
  }
}

function isLatent(options: GanSampleOptions | LatentSampleOptions): options is LatentSampleOptions {
  return "run" in options.sampler;
}
