import type { MaybePromise } from "@mhgan/mcmc";

/** A line of a training log: plain data, with nothing of time in it, so that equal runs have equal logs. */
export interface TrainingLogEntry {
  /** Steps done. */
  readonly step: number;
  /** Without the penalty. */
  readonly discriminatorLoss: number;
  /** The loss that the generator's last update had. */
  readonly generatorLoss: number;
  /** The critic's penalty, where one was due at this step. */
  readonly penalty?: number;
  /** The discriminator's learning rate at this step, with what the schedule makes of it. */
  readonly discriminatorRate: number;
  /** The generator's learning rate at this step, with what the schedule makes of it. */
  readonly generatorRate: number;
}

/** Where a log goes: any function that takes entries. Promises are waited for. */
export interface TrainingLog {
  (entry: TrainingLogEntry): unknown;
  /** Called when a run starts or resumes at a step: forgets all entries after it. */
  rewind?(step: number): MaybePromise<void>;
  /** Called before a checkpoint is saved: makes sure that entries outlast a crash as well as it does. */
  sync?(): MaybePromise<void>;
}
