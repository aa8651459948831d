import type { RandomStream } from "@mhgan/mcmc";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ArrayBatch } from "../../batch.ts";
import type { LatentPrior } from "../../latent-prior.ts";
import type { CriticPenalty } from "../losses/critic-penalty.ts";
import type { GanLoss } from "../losses/gan-loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Schedule } from "../schedule.ts";
import type { CheckpointStore } from "./training-checkpoint.ts";
import type { TrainingLog } from "./training-log.ts";

/** What training says of itself. */
export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** Without the penalty. */
  readonly discriminatorLoss: number;
  /** The loss that the generator's last update had. */
  readonly generatorLoss: number;
}

/** Options of `trainGan`. */
export interface TrainGanOptions {
  /** One input of shape [latent]. */
  readonly generator: LayersModel;
  /** Takes what the generator gives; one number a sample. */
  readonly discriminator: LayersModel;
  /** Real samples; the first axis counts them. */
  readonly real: ArrayBatch;
  /**
   * Share of the real samples, in [0, 1), that is set aside and never trained on; `trainGan` returns them, to calibrate on. 0 says that
   * the caller has set calibration data aside himself: it has no default, since calibrating on training data spoils everything after it.
   */
  readonly heldOutShare: number;
  /**
   * Decides which samples are held out. The default is one for all runs, whatever their `seed`: so models that are trained on, with
   * another seed or other options, do not meet the samples that were held out before.
   */
  readonly heldOutSeed?: number | string | RandomStream;
  /** Updates of the generator. */
  readonly steps: number;
  /** Seed of all random numbers, or a stream to take them from. Those of step s depend on it and s alone. */
  readonly seed: number | string | RandomStream;
  /** Real samples, and as many generated ones, in an update. Default 64. */
  readonly batchSize?: number;
  /** The law of the latents. Default `"normal"`. */
  readonly latentPrior?: LatentPrior;
  /** Default `leastSquaresLoss()`. */
  readonly loss?: GanLoss;
  /** Adam's rate at the start, for both. Default 2e-4. For players without an optimizer of their own. */
  readonly learningRate?: number;
  /** Adam's decay rates. Default 0.5 and 0.999, as DCGAN. */
  readonly beta1?: number;
  /** Decay of the running mean of squares. Default 0.999. */
  readonly beta2?: number;
  /** An optimizer of one's own instead of Adam. It stays the caller's, to dispose after use. */
  readonly generatorOptimizer?: Optimizer;
  /** As `generatorOptimizer`, for the discriminator. */
  readonly discriminatorOptimizer?: Optimizer;
  /** What multiplies both rates at a step (from 0), such as `cosineDecay`. Default 1. */
  readonly schedule?: Schedule;
  /**
   * Decay of the running mean of the generator's weights, which replaces them at the end. 0 (default) keeps the last weights.
   * See Yazıcı et al., "The unusual effectiveness of averaging in GAN training", ICLR 2019.
   */
  readonly generatorAverage?: number;
  /** Updates of the discriminator for each one of the generator. Default 1. */
  readonly criticSteps?: number;
  /** Added to the discriminator's loss, such as a gradient penalty. */
  readonly penalty?: CriticPenalty;
  /** The penalty is computed at every k-th update of the discriminator, and then counts k times. Default 1. */
  readonly penaltyEvery?: number;
  /** What multiplies the penalty at a step (from 0), such as `cosineDecay`. Default 1. */
  readonly penaltySchedule?: Schedule;
  /**
   * Keeps every weight of the discriminator in [−c, c], from its first update on.
   * See Arjovsky, Chintala and Bottou, "Wasserstein generative adversarial networks", ICML 2017, algorithm 1.
   */
  readonly weightClip?: number;
  /** Stops training before the next step. */
  readonly signal?: AbortSignal;
  /** Called every `progressEvery` steps and at the last. A promise is waited for. */
  readonly onProgress?: (progress: TrainingProgress) => unknown;
  /** Steps between two looks at the losses: progress, log, check for NaN. Default 25. */
  readonly progressEvery?: number;
  /** Takes an entry at every look, such as `jsonlLog` of `@mhgan/gan-core/node`. */
  readonly log?: TrainingLog;
  /** Where checkpoints go, and where a run that was stopped is found again. */
  readonly checkpoints?: CheckpointStore;
  /**
   * Steps between two checkpoints. Default 1000. Without a store, weights are checked and copied in memory as often, to come back to if
   * training diverges. The last step, and the one at which `signal` stops, are saved too.
   */
  readonly checkpointEvery?: number;
  /** Whether to go on from the store's checkpoint, if it has one. Default true. False makes one in the store an error. */
  readonly resume?: boolean;
}
