import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { ArrayBatch } from "../../batch.ts";
import type { WeightAverage } from "../optimizers/weight-average.ts";
import { type AdversarialGame, adversarialStep, type StepLosses } from "./adversarial-step.ts";
import { assignWeights, notFinite, readWeights } from "./model-weights.ts";
import type { TrainGanOptions, TrainingProgress } from "./train-gan-options.ts";
import type { TrainingCheckpoint } from "./training-checkpoint.ts";
import { TrainingDivergedError } from "./training-diverged-error.ts";
import {
  requireSameRun,
  scheduleFingerprint,
  type TrainingFingerprint,
  trainingFingerprint,
} from "./training-fingerprint.ts";

/** What a run is, to tell it from another. */
export interface RunIdentity {
  readonly real: ArrayBatch;
  readonly seed: RandomStream;
  readonly heldOutSeed: RandomStream;
  readonly options: TrainingFingerprint;
  readonly rate: (step: number) => number;
}

interface Measured {
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly penalty?: number;
}

/** A game with a memory: where it is, the last state known to be good, and how to come back to it. */
export class TrainingRun {
  /** Steps done. */
  step = 0;
  readonly #game: AdversarialGame;
  readonly #average: WeightAverage | undefined;
  readonly #options: TrainGanOptions;
  readonly #identity: RunIdentity;
  #fingerprint: TrainingFingerprint = {};
  #good: Pick<TrainingCheckpoint, "step" | "generator" | "discriminator"> | undefined;
  /** Losses of the step just done, and their values once they are read. */
  #losses: StepLosses | undefined;
  #measured: Measured | undefined;

  constructor(
    game: AdversarialGame,
    average: WeightAverage | undefined,
    options: TrainGanOptions,
    identity: RunIdentity,
  ) {
    this.#game = game;
    this.#average = average;
    this.#options = options;
    this.#identity = identity;
  }

  /** Finds the place to go on from. Gives its step. */
  async start(): Promise<number> {
    const { checkpoints, resume = true, log } = this.#options;
    if (checkpoints !== undefined) {
      this.#fingerprint = await trainingFingerprint({ ...this.#game, ...this.#identity });
      const checkpoint = await checkpoints.latest();
      if (checkpoint !== undefined) {
        if (!resume) {
          throw new RangeError(
            `trainGan: checkpoints must be empty unless the run is to resume, got one of step ${checkpoint.step}`,
          );
        }
        this.#restore(checkpoint);
      }
      if (resume) await log?.rewind?.(this.step);
    }
    this.#good = { step: this.step, ...(await this.#weights()) };
    for (const name of ["generator", "discriminator"] as const) {
      const value = notFinite(this.#good[name]);
      if (value !== undefined) {
        throw new RangeError(`trainGan: ${name} must start with finite weights, got ${value}`);
      }
    }
    return this.step;
  }

  /** Takes a step. */
  advance(): void {
    this.dispose();
    this.#measured = undefined;
    this.#losses = adversarialStep(this.#game, ++this.step);
    this.#average?.update();
  }

  async progress(): Promise<TrainingProgress> {
    const { discriminatorLoss, generatorLoss } = await this.#measure();
    return { step: this.step, totalSteps: this.#options.steps, discriminatorLoss, generatorLoss };
  }

  /** Checks the losses and writes them down. */
  async log(): Promise<void> {
    const measured = await this.#measure();
    const { discriminatorOptimizer, generatorOptimizer } = this.#game;
    await this.#options.log?.({
      step: this.step,
      ...measured,
      discriminatorRate: discriminatorOptimizer.learningRate,
      generatorRate: generatorOptimizer.learningRate,
    });
  }

  /** Checks losses and weights and keeps them, in memory and in the store if there is one, unless this step is kept already. */
  async save(): Promise<void> {
    if (this.#good?.step === this.step) return;
    const { discriminatorLoss, generatorLoss } = await this.#measure();
    const weights = await this.#weights();
    for (const name of ["generator", "discriminator"] as const) {
      const value = notFinite(weights[name]);
      if (value !== undefined) this.#diverge(`the ${name}'s weights must be finite, got ${value}`);
    }
    const { checkpoints, log } = this.#options;
    if (checkpoints !== undefined) {
      const { generatorOptimizer, discriminatorOptimizer } = this.#game;
      await log?.sync?.();
      await checkpoints.save({
        version: 1,
        step: this.step,
        fingerprint: this.#fingerprintAt(this.step),
        discriminatorLoss,
        generatorLoss,
        ...weights,
        generatorOptimizer: await generatorOptimizer.getState(),
        discriminatorOptimizer: await discriminatorOptimizer.getState(),
        ...(this.#average === undefined ? {} : { generatorAverage: await this.#average.getState() }),
      });
    }
    this.#good = { step: this.step, ...weights };
  }

  /** Frees the losses of the last step. */
  dispose(): void {
    if (this.#losses === undefined) return;
    const { discriminator, generator, penalty } = this.#losses;
    tf.dispose([discriminator, generator, penalty ?? []]);
    this.#losses = undefined;
  }

  #fingerprintAt(step: number): TrainingFingerprint {
    return {
      ...this.#fingerprint,
      schedule: scheduleFingerprint(this.#identity.rate, step),
      penaltySchedule: scheduleFingerprint(this.#game.penaltyFactor, step),
    };
  }

  #restore(checkpoint: TrainingCheckpoint): void {
    const { version, step, discriminatorLoss, generatorLoss } = checkpoint;
    if (version !== 1) throw new RangeError(`trainGan: checkpoints must be of version 1, got ${version}`);
    if (step > this.#options.steps) {
      throw new RangeError(
        `trainGan: steps must be at least those of the checkpoint, ${step}, got ${this.#options.steps}`,
      );
    }
    requireSameRun(checkpoint.fingerprint, this.#fingerprintAt(step));
    const { generator, discriminator, generatorOptimizer, discriminatorOptimizer } = this.#game;
    generatorOptimizer.setState(checkpoint.generatorOptimizer);
    discriminatorOptimizer.setState(checkpoint.discriminatorOptimizer);
    this.#average?.setState(checkpoint.generatorAverage!);
    assignWeights(generator, checkpoint.generator, "generator");
    assignWeights(discriminator, checkpoint.discriminator, "discriminator");
    this.step = step;
    this.#measured = { discriminatorLoss, generatorLoss };
  }

  async #weights(): Promise<Pick<TrainingCheckpoint, "generator" | "discriminator">> {
    const { generator, discriminator } = this.#game;
    return { generator: await readWeights(generator), discriminator: await readWeights(discriminator) };
  }

  async #measure(): Promise<Measured> {
    if (this.#measured !== undefined) return this.#measured;
    const { discriminator, generator, penalty } = this.#losses!;
    const [discriminatorLoss, generatorLoss, penaltyValue] = await Promise.all(
      [discriminator, generator, ...(penalty === undefined ? [] : [penalty])].map(
        async (loss) => (await loss.data())[0]!,
      ),
    );
    const measured = {
      discriminatorLoss: discriminatorLoss!,
      generatorLoss: generatorLoss!,
      ...(penaltyValue === undefined ? {} : { penalty: penaltyValue }),
    };
    for (const [name, value] of [
      ["discriminator's loss", discriminatorLoss],
      ["generator's loss", generatorLoss],
      ["penalty", penaltyValue ?? 0],
    ] as const) {
      if (!Number.isFinite(value)) this.#diverge(`the ${name} must be finite, got ${value}`);
    }
    this.#measured = measured;
    return measured;
  }

  #diverge(what: string): never {
    const { generator, discriminator } = this.#game;
    const good = this.#good!;
    assignWeights(generator, good.generator, "generator");
    assignWeights(discriminator, good.discriminator, "discriminator");
    throw new TrainingDivergedError(what, this.step, good.step);
  }
}
