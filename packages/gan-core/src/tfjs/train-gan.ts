import { type RandomStream, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { ArrayBatch } from "../batch.ts";
import { drawLatents } from "../latent-prior.ts";
import { makePause } from "../pause.ts";
import { leastSquaresLoss } from "./losses/least-squares-loss.ts";
import { adam } from "./optimizers/adam.ts";
import { weightAverage } from "./optimizers/weight-average.ts";
import type { AdversarialGame } from "./training/adversarial-step.ts";
import { type HeldOutRows, holdOutRows } from "./training/held-out-rows.ts";
import { variablesOf } from "./training/model-weights.ts";
import { requireOptions } from "./training/require-options.ts";
import { shuffledRows } from "./training/shuffled-rows.ts";
import type { TrainGanOptions, TrainingProgress } from "./training/train-gan-options.ts";
import { TrainingRun } from "./training/training-run.ts";

/** What `trainGan` gives back, besides the weights of the models. */
export interface TrainingResult {
  /** The losses at the last step. */
  readonly progress: TrainingProgress;
  /** The real samples that were set aside: calibrate on these. None if `heldOutShare` is 0. */
  readonly heldOut: HeldOutRows;
  /** The step of the checkpoint from which the run went on; 0 if it began at the start. */
  readonly resumedFrom: number;
}

/**
 * Trains generator and discriminator against each other, in place, on those real samples that it does not set aside.
 *
 * Same seed, options, models, data and backend: same weights, and the same log, however often the run is stopped and resumed from
 * its checkpoints. All random numbers of a step come from `seed` and the number of the step. (Layers with random numbers of their own,
 * such as dropout, are beyond that.) Memory is bounded: the models, the optimizers and one step.
 *
 * @throws {RangeError} if an option is off, or the checkpoint in the store is of another run; the message says what differs.
 * @throws {TrainingDivergedError} when a loss or, at a checkpoint, a weight is not finite; both models then hold the weights of the last
 * checkpoint again.
 * @throws the signal's reason once `signal` is aborted; the models then hold the weights of the last step, and the store that step.
 * @see Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, algorithm 1.
 * @example
 * ```ts
 * import { multilayerPerceptron, trainGan, useBackend } from "@mhgan/gan-core/tfjs";
 * import { normal, randomStream } from "@mhgan/mcmc";
 * await useBackend("cpu");
 * const random = randomStream(1);
 * const { heldOut } = await trainGan({
 *   generator: multilayerPerceptron({ inputs: 1, outputs: 1, hidden: [8], random }),
 *   discriminator: multilayerPerceptron({ inputs: 1, outputs: 1, hidden: [8], random }),
 *   real: { data: Float32Array.from({ length: 200 }, () => 3 + normal(random)), shape: [200, 1] },
 *   heldOutShare: 0.1,
 *   steps: 10,
 *   seed: 1,
 * });
 * heldOut.shape; // => [20, 1]
 * ```
 */
export async function trainGan(options: TrainGanOptions): Promise<TrainingResult> {
  requireOptions(options);
  const { generator, discriminator, real, steps, signal } = options;
  const { schedule = () => 1, penaltySchedule = () => 1 } = options;
  const { batchSize = 64, learningRate = 2e-4, beta1 = 0.5, beta2 = 0.999, latentPrior = "normal" } = options;
  const { progressEvery = 25, checkpointEvery = 1000, generatorAverage = 0 } = options;
  signal?.throwIfAborted();
  const random = streamOf(options.seed);
  const heldOutSeed = streamOf(options.heldOutSeed ?? "held out");
  const { training, heldOut } = holdOutRows(real, options.heldOutShare, heldOutSeed);
  const latentSize = generator.inputs[0]!.shape[1]!;
  const makeAdam = () => adam({ learningRate, beta1, beta2 });
  const game: AdversarialGame = {
    generator,
    discriminator,
    generatorOptimizer: options.generatorOptimizer ?? makeAdam(),
    discriminatorOptimizer: options.discriminatorOptimizer ?? makeAdam(),
    loss: options.loss ?? leastSquaresLoss(),
    criticSteps: options.criticSteps ?? 1,
    penalty: options.penalty,
    penaltyEvery: options.penaltyEvery ?? 1,
    penaltyFactor: (step) => checkedFactor("penaltySchedule", penaltySchedule(step, steps), step),
    weightClip: options.weightClip,
    realBatch: realSource(real, training, random.split("rows"), batchSize),
    latents: (stream) =>
      tf.tensor2d(drawLatents(latentPrior, batchSize, latentSize, stream), [batchSize, latentSize]),
    random: random.split("steps"),
  };
  const { generatorOptimizer, discriminatorOptimizer } = game;
  const [generatorRate, discriminatorRate] = [
    generatorOptimizer.learningRate,
    discriminatorOptimizer.learningRate,
  ];
  const average =
    generatorAverage > 0
      ? weightAverage(variablesOf(generator, "all"), { decay: generatorAverage })
      : undefined;
  const run = new TrainingRun(game, average, options, {
    real,
    seed: random,
    heldOutSeed,
    rate: (step) => checkedFactor("schedule", schedule(step, steps), step),
    options: {
      loss: game.loss.name,
      heldOutShare: options.heldOutShare,
      batchSize,
      latentPrior,
      generatorRate,
      discriminatorRate,
      ...(options.generatorOptimizer && options.discriminatorOptimizer ? {} : { beta1, beta2 }),
      generatorAverage,
      criticSteps: game.criticSteps,
      penalty: game.penalty !== undefined,
      penaltyEvery: game.penaltyEvery,
      weightClip: game.weightClip ?? "none",
    },
  });
  const pause = makePause();
  try {
    const resumedFrom = await run.start();
    for (;;) {
      await pause();
      if (signal?.aborted && options.checkpoints !== undefined) await run.save();
      signal?.throwIfAborted();
      if (run.step === steps) break;
      const factor = checkedFactor("schedule", schedule(run.step, steps), run.step);
      generatorOptimizer.learningRate = generatorRate * factor;
      discriminatorOptimizer.learningRate = discriminatorRate * factor;
      run.advance();
      const look = run.step % progressEvery === 0 || run.step === steps;
      if (look) await run.log();
      if (run.step % checkpointEvery === 0 || run.step === steps) await run.save();
      if (look) await options.onProgress?.(await run.progress());
    }
    average?.copyTo(variablesOf(generator, "all"));
    return { progress: await run.progress(), heldOut, resumedFrom };
  } finally {
    run.dispose();
    average?.dispose();
    generatorOptimizer.learningRate = generatorRate;
    discriminatorOptimizer.learningRate = discriminatorRate;
    if (options.generatorOptimizer === undefined) generatorOptimizer.dispose();
    if (options.discriminatorOptimizer === undefined) discriminatorOptimizer.dispose();
  }
}

const streamOf = (seed: number | string | RandomStream): RandomStream =>
  typeof seed === "function" ? seed : randomStream(seed);

function checkedFactor(name: string, factor: number, step: number): number {
  if (Number.isFinite(factor) && factor >= 0) return factor;
  throw new RangeError(
    `trainGan: ${name} must give finite numbers of at least 0, got ${factor} for step ${step}`,
  );
}

/** Batches of the rows to train on: update k has those from place k · batchSize of the shuffled passes on. */
function realSource(
  { data, shape }: ArrayBatch,
  training: Uint32Array,
  random: RandomStream,
  batchSize: number,
): (update: number) => tf.Tensor {
  const rowShape = shape.slice(1);
  const rowSize = rowShape.reduce((size, side) => size * side, 1);
  const rowsAt = shuffledRows(training, random);
  return (update) => {
    const batch = new Float32Array(batchSize * rowSize);
    rowsAt(update * batchSize, batchSize).forEach((row, i) => {
      batch.set(data.subarray(row * rowSize, (row + 1) * rowSize), i * rowSize);
    });
    return tf.tensor(batch, [batchSize, ...rowShape]);
  };
}
