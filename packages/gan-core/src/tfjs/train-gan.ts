import { normal, type RandomStream, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ArrayBatch } from "../batch.ts";
import { makePause } from "../pause.ts";
import type { GanLoss } from "./losses/gan-loss.ts";
import { leastSquaresLoss } from "./losses/least-squares-loss.ts";
import { adam } from "./optimizers/adam.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { weightAverage } from "./optimizers/weight-average.ts";
import { shuffledRows } from "./shuffled-rows.ts";

/** What training says of itself. */
export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
}

/** Options of {@link trainGan}. */
export interface TrainGanOptions {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
  /** Training samples; the first axis counts them. The calibration data must not be among them. */
  readonly real: ArrayBatch;
  readonly steps: number;
  readonly seed: number | string | RandomStream;
  /** Default 64. */
  readonly batchSize?: number;
  /** Default `leastSquaresLoss()`. */
  readonly loss?: GanLoss;
  /** Adam's rate at the start, for both. Default 2e-4. */
  readonly learningRate?: number;
  /** What multiplies the rate at a step, such as `cosineDecay`. Default 1. */
  readonly schedule?: (step: number, totalSteps: number) => number;
  /** Adam's decay rates. Default 0.5 and 0.999, as DCGAN. */
  readonly beta1?: number;
  readonly beta2?: number;
  /**
   * Decay of the running mean of the generator's weights, which replaces them at the end. 0 (default) keeps the last weights.
   * See Yazıcı et al., "The unusual effectiveness of averaging in GAN training", ICLR 2019.
   */
  readonly generatorAverage?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Steps between two looks at the losses: progress, abort, check for NaN. Default 25. */
  readonly progressEvery?: number;
}

/** A loss that is no longer a number: training cannot go on. */
export class TrainingDivergedError extends Error {
  override readonly name = "TrainingDivergedError";
  readonly step: number;
  constructor(step: number) {
    super(`trainGan: the loss must be finite, it was not at step ${step}; try a lower learningRate`);
    this.step = step;
  }
}

/**
 * Trains generator and discriminator against each other, in place: one discriminator and one generator step in turn.
 *
 * Same seed, models, data and backend: same weights.
 *
 * @returns The losses at the last look.
 * @throws {TrainingDivergedError} when a loss is not finite.
 * @throws the signal's reason once `signal` is aborted; the models then hold the weights of the last step.
 * @see Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, algorithm 1.
 */
export async function trainGan(options: TrainGanOptions): Promise<TrainingProgress> {
  const { generator, discriminator, real, steps, signal, onProgress } = options;
  const { batchSize = 64, learningRate = 2e-4, beta1 = 0.5, beta2 = 0.999, progressEvery = 25 } = options;
  const { loss = leastSquaresLoss(), schedule = () => 1, generatorAverage = 0 } = options;
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`trainGan: steps must be an integer from 1, got ${steps}`);
  }
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`trainGan: batchSize must be an integer from 1, got ${batchSize}`);
  }
  if (!(real.shape[0]! >= 1)) throw new RangeError("trainGan: real must hold at least one sample, got none");
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const nextLatents = latentSource(generator, random.split("latents"), batchSize);
  const nextReal = realSource(real, random.split("rows"), batchSize);
  const generatorOptimizer = adam({ learningRate, beta1, beta2 });
  const discriminatorOptimizer = adam({ learningRate, beta1, beta2 });
  const average =
    generatorAverage > 0
      ? weightAverage(variablesOf(generator, "all"), { decay: generatorAverage })
      : undefined;

  const pause = makePause();
  let progress: TrainingProgress | undefined;
  try {
    for (let step = 1; step <= steps; step++) {
      const rate = learningRate * schedule(step - 1, steps);
      const look = step % progressEvery === 0 || step === steps;
      const discriminatorLoss = descend(discriminator, discriminatorOptimizer, rate, () => {
        const fake = tf.tidy(() => apply(generator, nextLatents(), true));
        // One pass over both halves: a discriminator without batch statistics scores each row by itself.
        const scores = apply(discriminator, tf.concat([nextReal(), fake]), true);
        const [realScores, fakeScores] = tf.split(scores, 2);
        return loss.discriminator(realScores!, fakeScores!);
      });
      const generatorLoss = descend(generator, generatorOptimizer, rate, () =>
        loss.generator(apply(discriminator, apply(generator, nextLatents(), true), true)),
      );
      average?.update();
      if (look) {
        const values = await Promise.all([discriminatorLoss.data(), generatorLoss.data()]);
        progress = {
          step,
          totalSteps: steps,
          discriminatorLoss: values[0][0]!,
          generatorLoss: values[1][0]!,
        };
        if (!Number.isFinite(progress.discriminatorLoss + progress.generatorLoss)) {
          throw new TrainingDivergedError(step);
        }
        onProgress?.(progress);
        await pause();
        signal?.throwIfAborted();
      }
      tf.dispose([discriminatorLoss, generatorLoss]);
    }
    average?.copyTo(variablesOf(generator, "all"));
  } finally {
    generatorOptimizer.dispose();
    discriminatorOptimizer.dispose();
    average?.dispose();
  }
  return progress!;
}

/** One optimizer step of a model on a loss; gives the loss before the step. */
function descend(model: LayersModel, optimizer: Optimizer, rate: number, loss: () => tf.Scalar): tf.Scalar {
  optimizer.learningRate = rate;
  const { value, grads } = tf.variableGrads(loss, variablesOf(model, "trainable"));
  optimizer.applyGradients(grads);
  tf.dispose(grads);
  return value;
}

function apply(model: LayersModel, input: tf.Tensor, training: boolean): tf.Tensor {
  return model.apply(input, { training }) as tf.Tensor;
}

function variablesOf(model: LayersModel, which: "trainable" | "all"): tf.Variable[] {
  const weights = which === "trainable" ? model.trainableWeights : model.weights;
  // tfjs-layers wraps each variable; the wrapped one is what gradients and optimizers need, and its type hides it.
  return weights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
}

function latentSource(generator: LayersModel, random: RandomStream, batchSize: number): () => tf.Tensor {
  const size = generator.inputs[0]!.shape[1]!;
  return () =>
    tf.tensor2d(
      Float32Array.from({ length: batchSize * size }, () => normal(random)),
      [batchSize, size],
    );
}

function realSource({ data, shape }: ArrayBatch, random: RandomStream, batchSize: number): () => tf.Tensor {
  const rowShape = shape.slice(1);
  const rowSize = rowShape.reduce((size, side) => size * side, 1);
  const nextRows = shuffledRows(shape[0]!, random);
  return () => {
    const batch = new Float32Array(batchSize * rowSize);
    nextRows(batchSize).forEach((row, i) => {
      batch.set(data.subarray(row * rowSize, (row + 1) * rowSize), i * rowSize);
    });
    return tf.tensor(batch, [batchSize, ...rowShape]);
  };
}
