import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Rows } from "../../batch-rows.ts";
import { makePause } from "../../pause.ts";
import { cosineDecay } from "../cosine-decay.ts";
import { nonSaturatingLoss } from "../losses/non-saturating-loss.ts";
import { adam } from "../optimizers/adam.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { variablesOf } from "../training/model-weights.ts";
import type { Critic } from "./critic.ts";
import { binaryLogLoss } from "./log-loss.ts";
import type { RowSource } from "./row-source.ts";

/** How the training of a critic went. */
export interface CriticTraining {
  /** Steps taken: all, or fewer if the held-out log loss had not fallen for long. */
  readonly steps: number;
  /** The step whose weights were kept. */
  readonly bestStep: number;
  /** Held-out log loss in nats of the weights that were kept. log 2 is a critic that knows nothing. */
  readonly logLoss: number;
  /** Every look: the mean loss of the training batches since the last, and the held-out one. */
  readonly history: readonly {
    /** Steps done. */
    readonly step: number;
    /** Mean log loss, in nats, of the batches since the last look. */
    readonly trainingLogLoss: number;
    /** Held-out log loss in nats. */
    readonly logLoss: number;
  }[];
}

/** Settings of {@link trainCritic}. */
export interface TrainCriticSettings {
  readonly nextReal: RowSource;
  readonly nextFake: RowSource;
  readonly stopping: { readonly real: Rows; readonly fake: Rows };
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly evaluateEvery: number;
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  readonly onLook: (step: number, logLoss: number) => void;
}

/** A log loss that is no longer a number: training cannot go on. */
export class CriticDivergedError extends Error {
  /** The name of the class. */
  override readonly name = "CriticDivergedError";
  /** The step at which it was seen. */
  readonly step: number;
  /** Words the message from what the error carries. */
  constructor(step: number) {
    super(
      `refitDiscriminator: the log loss must be finite, it was not at step ${step}; try a lower learningRate`,
    );
    this.step = step;
  }
}

/** Trains a critic to tell real rows from generated ones and leaves it with the weights of the lowest held-out log loss. */
export async function trainCritic(critic: Critic, settings: TrainCriticSettings): Promise<CriticTraining> {
  const { nextReal, nextFake, stopping, steps, batchSize, learningRate, signal, onLook } = settings;
  const { model } = critic;
  const optimizer = adam({ learningRate });
  const schedule = cosineDecay();
  const loss = nonSaturatingLoss();
  const pause = makePause();
  const history: { step: number; trainingLogLoss: number; logLoss: number }[] = [];
  let best = { step: 0, logLoss: Infinity };
  let kept: tf.Tensor[] = [];
  let losses: tf.Scalar[] = [];
  try {
    for (let step = 1; step <= steps; step++) {
      const [real, fake] = [await nextReal(batchSize), await nextFake(batchSize)];
      optimizer.learningRate = learningRate * schedule(step - 1, steps);
      losses.push(
        descend(model, optimizer, () => {
          const rows = tf.concat([
            tf.tensor(real.data, [...real.shape]),
            tf.tensor(fake.data, [...fake.shape]),
          ]);
          const [realLogits, fakeLogits] = tf.split(critic.logits(rows, true), 2);
          // Half the loss of a GAN's discriminator is the mean log loss: each kind of row counts one half.
          return tf.mul(0.5, loss.discriminator(realLogits!, fakeLogits!)) as tf.Scalar;
        }),
      );
      if (step % settings.evaluateEvery !== 0 && step !== steps) continue;

      const trainingLogLoss = await meanOf(losses.splice(0));
      const logLoss = binaryLogLoss(await critic.scores(stopping.real), await critic.scores(stopping.fake));
      if (!Number.isFinite(trainingLogLoss + logLoss)) throw new CriticDivergedError(step);
      history.push({ step, trainingLogLoss, logLoss });
      if (logLoss < best.logLoss) {
        best = { step, logLoss };
        tf.dispose(kept);
        kept = variablesOf(model, "all").map((variable) => tf.clone(variable));
      }
      onLook(step, logLoss);
      await pause();
      signal?.throwIfAborted();
      if (step - best.step >= settings.patience) break;
    }
    variablesOf(model, "all").forEach((variable, i) => {
      variable.assign(kept[i]!);
    });
  } finally {
    optimizer.dispose();
    tf.dispose(kept);
    tf.dispose(losses);
    losses = [];
  }
  return { steps: history.at(-1)!.step, bestStep: best.step, logLoss: best.logLoss, history };
}

function descend(model: LayersModel, optimizer: Optimizer, loss: () => tf.Scalar): tf.Scalar {
  const { value, grads } = tf.variableGrads(loss, variablesOf(model, "trainable"));
  optimizer.applyGradients(grads);
  tf.dispose(grads);
  return value;
}

async function meanOf(values: readonly tf.Scalar[]): Promise<number> {
  const read = await Promise.all(values.map((value) => value.data()));
  tf.dispose([...values]);
  return read.reduce((sum, [value]) => sum + value!, 0) / read.length;
}
