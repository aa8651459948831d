import type { ScoreKind } from "@mhgan/calibration";
import type { MaybePromise, RandomStream } from "@mhgan/mcmc";
import type { LatentPrior } from "./latent-prior.ts";
import type { PlainSamples } from "./plain-samples.ts";

/**
 * Any GAN: whatever can generate and score, in any framework.
 *
 * `Batch` is an array of samples, a `{ data, shape }` whose first axis is the samples, or anything else for which
 * `take` and `concat` are given.
 */
export interface Gan<Batch> {
  /** Makes `count` samples, taking all randomness from `random`. */
  generate(count: number, random: RandomStream): MaybePromise<Batch>;
  /** Gives the raw score of each sample. */
  score(batch: Batch): MaybePromise<ArrayLike<number>>;
  /** What the scores say. Default `"unbounded"`. */
  readonly output?: ScoreKind;
  /**
   * Makes a batch of plain samples: with it, real samples may be given as `{ data, shape }` or as nested lists, whatever `Batch` is.
   * The result is freed by `dispose`.
   */
  toBatch?(samples: PlainSamples): MaybePromise<Batch>;
  /** Copies some rows of a batch, in the order given; a row may be taken twice. */
  take?(batch: Batch, rows: ArrayLike<number>): MaybePromise<Batch>;
  /** Joins batches, in order, into one that stays when they are disposed. */
  concat?(batches: readonly Batch[]): MaybePromise<Batch>;
  /** Frees a batch that came from `generate`, `toBatch`, `take` or `concat` and is no longer needed. */
  dispose?(batch: Batch): void;
  /**
   * For generators that are functions of a latent vector: lets the proposals of many chains share one model call.
   * `generate(count, random)` must equal `decode(latents(count, random))`, row by row whatever the other rows are.
   */
  readonly latent?: Latent<Batch>;
  /** Samples as rows of numbers, for samplers that move the samples themselves. */
  readonly dataSpace?: DataSpace<Batch> | undefined;
}

/** A generator as a function of latent vectors. */
export interface Latent<Batch> {
  /** Length of one latent vector. */
  readonly size: number;
  /** The law that `draw` draws from, which latent-space samplers must know. Default `"normal"`. */
  readonly prior?: LatentPrior;
  /** Draws `count` latent vectors, row after row. */
  draw(count: number, random: RandomStream): Float32Array;
  /** Generates one sample from each latent vector. */
  decode(latents: Float32Array): MaybePromise<Batch>;
  /**
   * Scores the samples of some latents and gives the gradient of each score with respect to its own latent: what latent-space samplers
   * that follow gradients need.
   */
  scoreGradients?(latents: Float32Array): MaybePromise<ScoreGradients>;
}

/** Samples as rows of numbers. */
export interface DataSpace<Batch> {
  /** How many numbers one sample has. */
  readonly size: number;
  /** The numbers of some samples, row after row. */
  read(batch: Batch): MaybePromise<ArrayLike<number>>;
  /** The samples that have these numbers. */
  decode(values: Float32Array): MaybePromise<Batch>;
  /** Scores samples and gives the gradient of each score with respect to its own sample. */
  scoreGradients(values: Float32Array): MaybePromise<ScoreGradients>;
}

/** Scores of samples and their gradients with respect to the latents, or to the samples, row after row. */
export interface ScoreGradients {
  /** One score for each sample. */
  readonly scores: ArrayLike<number>;
  /** Row after row: the gradient of each score with respect to its latent, or to its sample. */
  readonly gradients: ArrayLike<number>;
}
