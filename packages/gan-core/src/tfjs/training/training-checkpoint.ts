import type { MaybePromise } from "@mhgan/mcmc";
import type { OptimizerState } from "../optimizers/optimizer.ts";
import type { TrainingFingerprint } from "./training-fingerprint.ts";

/**
 * All that training needs to go on from a step to the same bits: plain data that survives `structuredClone`. Random numbers are
 * addressed by step, so none of their state is in it.
 */
export interface TrainingCheckpoint {
  /** The version of this form. */
  readonly version: 1;
  /** Steps done. */
  readonly step: number;
  /** What the run is, to refuse to resume another one. */
  readonly fingerprint: TrainingFingerprint;
  /** At this step. */
  readonly discriminatorLoss: number;
  /** At this step. */
  readonly generatorLoss: number;
  /** All weights of a model, moving statistics included, one array each. */
  readonly generator: readonly Float32Array[];
  /** All weights of the discriminator, in the same way. */
  readonly discriminator: readonly Float32Array[];
  /** The state of the generator's optimizer. */
  readonly generatorOptimizer: OptimizerState;
  /** The state of the discriminator's optimizer. */
  readonly discriminatorOptimizer: OptimizerState;
  /** The running mean of the generator's weights, if it is wanted. */
  readonly generatorAverage?: readonly Float32Array[];
}

/** Where checkpoints of one run are kept: files (`fileCheckpoints` of `@mhgan/gan-core/node`), a database, memory. */
export interface CheckpointStore {
  /** Keeps a checkpoint, whole or not at all. */
  save(checkpoint: TrainingCheckpoint): MaybePromise<void>;
  /** The newest checkpoint that is whole. */
  latest(): MaybePromise<TrainingCheckpoint | undefined>;
}
