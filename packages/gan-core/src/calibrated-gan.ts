import { integer, type RandomStream, type Selector, type SelectProgress, selectDraws } from "@mhgan/mcmc";
import { type BatchOperations, batchOperations } from "./batch-operations.ts";
import { CalibratedScores, type CalibratedScoresParts } from "./calibrated-scores.ts";
import type { Gan } from "./gan.ts";
import { type Drawn, GanProposals, type Kept, type ProposedBlock } from "./gan-proposals.ts";
import type { PlainSamples } from "./plain-samples.ts";
import { requireOneOf, requirePositiveCount } from "./requirements.ts";
import { type LatentSampleOptions, type LatentSamples, sampleLatents } from "./sample-latents.ts";
import { type WeightedSampleInfo, type WeightedSampleOptions, weightedDraws } from "./weighted-samples.ts";

/** Options of {@link CalibratedGan.sample}. */
export interface GanSampleOptions {
  /** How many samples to give. */
  readonly draws: number;
  /** Which proposals become draws, for example `metropolisHastings({ chainLength: 640 })`. */
  readonly sampler: Selector;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** Gives the draws from this number on, up to `draws`: the same as in a run that gives all of them. Default 0. */
  readonly firstDraw?: number;
  /** About how many samples are generated and scored in one call, where the GAN has latents. Default 4096. */
  readonly batchSize?: number;
  /**
   * What is kept of proposals until some are picked, where the GAN has latents. `"latents"` (default): little memory; the picked are
   * generated again. `"samples"`: the picked are the very rows that were scored, for models whose last bits depend on the other rows.
   */
  readonly keep?: "latents" | "samples";
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: SelectProgress) => void;
}

/** The record of a run. */
export interface GanSampleInfo {
  /** The name of the selector. */
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

/** What {@link CalibratedGan.sample} gives. */
export interface GanSamples<Batch> {
  /** The draws, in order. Yours to dispose, where batches need that. */
  readonly samples: Batch;
  /**
   * The latent vector of each draw, row after row, of a GAN that has latents. The row of a draw that is a real sample (only
   * with `restart: "never"`) is NaN.
   */
  readonly latents?: Float32Array;
  /** What the run took. */
  readonly info: GanSampleInfo;
}

/** What {@link CalibratedGan.sampleWeighted} gives. */
export interface WeightedGanSamples<Batch> {
  /** The proposals, in order. Yours to dispose, where batches need that. */
  readonly samples: Batch;
  /** As in {@link GanSamples}. */
  readonly latents?: Float32Array;
  /** What the run took, and the weights. */
  readonly info: WeightedSampleInfo;
}

/** A GAN whose scores have become log weights. Made by `calibrateGan` or `withCalibration`. */
export class CalibratedGan<Batch> extends CalibratedScores {
  /** The GAN whose scores were calibrated. */
  readonly gan: Gan<Batch>;
  readonly #real: Batch | PlainSamples | undefined;
  readonly #batches: BatchOperations<Batch>;

  /** @internal */
  constructor(gan: Gan<Batch>, real: Batch | PlainSamples | undefined, parts: CalibratedScoresParts) {
    super(parts);
    this.gan = gan;
    this.#real = real;
    this.#batches = batchOperations(gan);
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
  sample(options: GanSampleOptions): Promise<GanSamples<Batch>>;
  /**
   * Draws better samples with a sampler that moves through the latent space along gradients of the score, such as `latentMala`: see
   * `sampleLatents`. Chains start at fresh samples of the generator.
   */
  sample(options: LatentSampleOptions): Promise<LatentSamples<Batch>>;
  sample(options: GanSampleOptions | LatentSampleOptions): Promise<GanSamples<Batch> | LatentSamples<Batch>>;
  async sample(
    options: GanSampleOptions | LatentSampleOptions,
  ): Promise<GanSamples<Batch> | LatentSamples<Batch>> {
    if (isLatent(options)) return sampleLatents(this.gan, { ...options, logWeight: this });
    const { draws, sampler, seed, firstDraw = 0, batchSize = 4096 } = options;
    const { keep = "latents", signal, onProgress } = options;
    requirePositiveCount("sample", "draws", draws);
    requireOneOf("sample", "keep", keep, ["latents", "samples"]);
    const proposals = this.#proposals(batchSize, keep, signal);
    try {
      const selected = await selectDraws<Drawn<Batch>, ProposedBlock<Batch>>(proposals, {
        draws,
        selector: sampler,
        seed,
        firstDraw,
        start: (random) => {
          const real = integer(random, this.realLogWeights.length);
          return { logWeight: this.realLogWeights[real]!, position: { kind: "real", real } };
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
      return {
        samples,
        ...this.#latentsOf(selected.draws),
        info: { sampler: sampler.name, ...info, proposals: selected.proposals },
      };
    } finally {
      proposals.dispose();
    }
  }

  /**
   * Gives proposals with weights instead of draws: what estimators want, since a mean over all proposals of a chain varies less than one over its
   * draw (Rao and Blackwell).
   *
   * With `chainLength` the weight of a proposal is the exact probability that it is its chain's draw; proposals that cannot be
   * are left out, and some log K of a chain are left. Without, all proposals are given and weighted by p/q (self-normalised importance sampling).
   * Weights sum to 1. The samples depend on the seed alone, not on the batch size.
   *
   * @throws {RangeError} if an option is off, a score is NaN or every weight is 0.
   * @throws the signal's reason once `signal` is aborted.
   * @see Casella and Robert, "Rao-Blackwellisation of sampling schemes", Biometrika 83 (1996), section 4; the MH-GAN paper does so in its figure of scores
   * against the number of steps.
   */
  async sampleWeighted(options: WeightedSampleOptions): Promise<WeightedGanSamples<Batch>> {
    const proposals = this.#proposals(options.batchSize ?? 4096, "latents", options.signal);
    try {
      const { draws, info } = await weightedDraws(proposals, this.realLogWeights, options);
      const samples = await proposals.assemble(draws, this.#real);
      return { samples, ...this.#latentsOf(draws), info };
    } finally {
      proposals.dispose();
    }
  }

  #proposals(batchSize: number, keep: Kept, signal: AbortSignal | undefined): GanProposals<Batch> {
    return new GanProposals(this.gan, this.#batches, {
      logWeights: (scores) => this.logWeights(scores),
      batchSize,
      keep,
      signal,
    });
  }

  #latentsOf(draws: readonly Drawn<Batch>[]): { latents?: Float32Array } {
    const { latent } = this.gan;
    if (latent === undefined) return {};
    const latents = new Float32Array(draws.length * latent.size).fill(Number.NaN);
    for (const [i, draw] of draws.entries()) if (draw.latent) latents.set(draw.latent, i * latent.size);
    return { latents };
  }
}

function isLatent(options: GanSampleOptions | LatentSampleOptions): options is LatentSampleOptions {
  return "run" in options.sampler;
}
