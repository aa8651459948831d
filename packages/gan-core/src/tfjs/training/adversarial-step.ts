import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { clipWeights } from "../losses/clip-weights.ts";
import type { CriticPenalty } from "../losses/critic-penalty.ts";
import type { GanLoss } from "../losses/gan-loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { variablesOf } from "./model-weights.ts";

/** Two models, how they play and where their samples come from. */
export interface AdversarialGame {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
  readonly generatorOptimizer: Optimizer;
  readonly discriminatorOptimizer: Optimizer;
  readonly loss: GanLoss;
  readonly criticSteps: number;
  readonly penalty: CriticPenalty | undefined;
  readonly penaltyEvery: number;
  /** What multiplies the penalty at a step, from 0. */
  readonly penaltyFactor: (step: number) => number;
  readonly weightClip: number | undefined;
  /** The real samples of the discriminator's update with this number, from 0. */
  readonly realBatch: (update: number) => tf.Tensor;
  readonly latents: (random: RandomStream) => tf.Tensor;
  /** All random numbers of step s come from its child s. */
  readonly random: RandomStream;
}

/** Losses of the last updates in a step, before they were made. */
export interface StepLosses {
  readonly discriminator: tf.Tensor;
  readonly generator: tf.Tensor;
  /** If one was due. */
  readonly penalty?: tf.Tensor;
}

/**
 * Takes one step of both players: the discriminator's updates and then one of the generator. What it does depends on the weights, the
 * optimizers and the number of the step alone.
 *
 * @param step - from 1.
 */
export function adversarialStep(game: AdversarialGame, step: number): StepLosses {
  const random = game.random.split(step);
  const factor = game.penaltyFactor(step - 1);
  let losses = discriminatorUpdate(game, (step - 1) * game.criticSteps, factor, random.split(0));
  for (let i = 1; i < game.criticSteps; i++) {
    tf.dispose([losses.discriminator, losses.penalty ?? []]);
    losses = discriminatorUpdate(game, (step - 1) * game.criticSteps + i, factor, random.split(i));
  }
  return { ...losses, generator: generatorUpdate(game, random.split("generator")) };
}

function discriminatorUpdate(
  game: AdversarialGame,
  update: number,
  penaltyFactor: number,
  random: RandomStream,
): { readonly discriminator: tf.Tensor; readonly penalty?: tf.Tensor } {
  const { generator, discriminator, penalty, penaltyEvery } = game;
  const critic = (samples: tf.Tensor): tf.Tensor => apply(discriminator, samples);
  const real = game.realBatch(update);
  const fake = tf.tidy(() => apply(generator, game.latents(random.split("latents"))));
  const variables = variablesOf(discriminator, "trainable");
  let terms: { discriminator: tf.Tensor; penalty?: tf.Tensor } | undefined;
  const { value, grads } = tf.variableGrads(() => {
    // One pass over both halves: a discriminator without batch statistics scores each row by itself.
    const [realScores, fakeScores] = tf.split(critic(tf.concat([real, fake])), 2);
    const loss = game.loss.discriminator(realScores!, fakeScores!);
    if (penalty === undefined || update % penaltyEvery !== 0) return loss;
    const due = tf.mul(penalty(critic, real, fake, random.split("penalty")), penaltyFactor);
    terms = { discriminator: tf.keep(tf.clone(loss)), penalty: tf.keep(tf.clone(due)) };
    // A penalty that comes every k-th time counts k times (Karras et al., "Analyzing and improving the image quality of
    // StyleGAN", CVPR 2020, section 3.1, lazy regularisation).
    return tf.add(loss, tf.mul(due, penaltyEvery)) as tf.Scalar;
  }, variables);
  game.discriminatorOptimizer.applyGradients(grads);
  tf.dispose([real, fake, grads]);
  if (game.weightClip !== undefined) clipWeights(variables, game.weightClip);
  if (terms === undefined) return { discriminator: value };
  value.dispose();
  return terms;
}

function generatorUpdate(game: AdversarialGame, random: RandomStream): tf.Tensor {
  const { generator, discriminator, loss } = game;
  const latents = game.latents(random.split("latents"));
  const { value, grads } = tf.variableGrads(
    () => loss.generator(apply(discriminator, apply(generator, latents))),
    variablesOf(generator, "trainable"),
  );
  game.generatorOptimizer.applyGradients(grads);
  tf.dispose([latents, grads]);
  return value;
}

const apply = (model: LayersModel, input: tf.Tensor): tf.Tensor =>
  model.apply(input, { training: true }) as tf.Tensor;
