import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { installGradients } from "../gradients/install-gradients.ts";

/**
 * A term of the discriminator's loss that bounds its slope.
 *
 * @param critic - samples to scores; rows must not influence each other, so no batch normalisation.
 * @param real - a batch of real samples; the first axis counts them.
 * @param fake - as many generated ones, of the same shape.
 * @param random - for penalties that draw where they look.
 */
export type CriticPenalty = (
  critic: (samples: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  random: RandomStream,
) => tf.Scalar;

/** Options of {@link gradientPenalty}. */
export interface GradientPenaltyOptions {
  /** λ. Default 10, as the paper. */
  readonly weight?: number;
  /** The norm that gradients should have. Default 1, which makes a Wasserstein critic 1-Lipschitz. */
  readonly target?: number;
}

/**
 * The penalty of WGAN-GP: λ E(|∇D(x̂)| − target)², at random points x̂ on the lines between real and generated samples.
 *
 * Its gradient is a second derivative: dense, convolution and transposed convolution layers have one, and ReLU, leaky ReLU, Mish, tanh,
 * sigmoid and softplus. Where a layer has none, the critic can be bounded by `clipWeights`.
 *
 * @returns A penalty that throws an Error naming the operation without a second derivative, and a RangeError for shapes that do not fit.
 * @throws {RangeError} if an option is negative or not finite.
 * @see Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville, "Improved training of Wasserstein GANs", NeurIPS 2017, section 4.
 */
export function gradientPenalty(options: GradientPenaltyOptions = {}): CriticPenalty {
  const { weight = 10, target = 1 } = options;
  requireAtLeastZero("gradientPenalty", { weight, target });
  return (critic, real, fake, random) =>
    tf.tidy(() => {
      const points = interpolates(real, fake, random);
      // At a gradient of zero the root has no slope: without the small number it would be infinity times zero.
      const norms = tf.sqrt(tf.add(squaredSlopes("gradientPenalty", critic, points), 1e-12));
      return tf.mul(weight, tf.mean(tf.square(tf.sub(norms, target))));
    });
}

/** Options of {@link r1Penalty}. */
export interface R1PenaltyOptions {
  /** γ. Default 10, as the paper. */
  readonly weight?: number;
}

/**
 * The R₁ penalty: γ/2 E|∇D(x)|² at real samples. It makes GAN training converge locally, with any loss.
 *
 * Its gradient is a second derivative, see {@link gradientPenalty}.
 *
 * @returns A penalty that throws an Error naming the operation without a second derivative.
 * @throws {RangeError} if the weight is negative or not finite.
 * @see Mescheder, Geiger and Nowozin, "Which training methods for GANs do actually converge?", ICML 2018, equation 9.
 */
export function r1Penalty({ weight = 10 }: R1PenaltyOptions = {}): CriticPenalty {
  requireAtLeastZero("r1Penalty", { weight });
  return (critic, real) =>
    tf.tidy(() => tf.mul(weight / 2, tf.mean(squaredSlopes("r1Penalty", critic, real))));
}

/** |∇D|² at each sample. */
function squaredSlopes(
  caller: string,
  critic: (samples: tf.Tensor) => tf.Tensor,
  samples: tf.Tensor,
): tf.Tensor1D {
  const count = samples.shape[0] ?? 0;
  if (count === 0) throw new RangeError(`${caller}: real must hold at least one sample, got none`);
  installGradients();
  const recorded = tape().length;
  // Each score depends on its own sample alone: the gradient of their sum is that of each.
  const slopes = tf.grad((points) => {
    const scores = critic(points);
    if (scores.size !== count) {
      throw new RangeError(
        `${caller}: critic must give one score a sample, got shape [${scores.shape}] for ${count}`,
      );
    }
    return tf.sum(scores);
  })(samples);
  requireSecondDerivatives(caller, tape().slice(recorded), slopes);
  const axes = samples.shape.map((_, axis) => axis).slice(1);
  return tf.sum(tf.square(slopes), axes) as tf.Tensor1D;
}

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor | null>>;
  readonly outputs: readonly tf.Tensor[];
  readonly gradient?: unknown;
}

/** What the engine has recorded so far; nothing while no gradient is wanted. */
function tape(): readonly TapeNode[] {
  return (tf.engine().state as unknown as { activeTape: readonly TapeNode[] | null }).activeTape ?? [];
}

/**
 * Says now, in terms of the critic, what would fail later inside the engine: a kernel between the critic's weights and the slopes that
 * has no gradient itself, such as `MaxPoolGrad`.
 */
function requireSecondDerivatives(caller: string, nodes: readonly TapeNode[], slopes: tf.Tensor): void {
  const leading = new Set([slopes.id]);
  const towardsSlopes: TapeNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some(({ id }) => leading.has(id))) continue;
    towardsSlopes.push(node);
    for (const input of inputsOf(node)) leading.add(input.id);
  }
  const fromWeights = new Set<number>();
  for (const node of towardsSlopes.reverse()) {
    const depends = inputsOf(node).some((input) => isWeight(input) || fromWeights.has(input.id));
    if (!depends) continue;
    if (node.gradient === undefined) {
      throw new Error(
        `${caller}: critic must be twice differentiable, TensorFlow.js has no second derivative through ${node.kernelName}; ` +
          "replace that layer, or bound the critic with clipWeights instead",
      );
    }
    for (const output of node.outputs) fromWeights.add(output.id);
  }
}

function inputsOf({ inputs }: TapeNode): tf.Tensor[] {
  return Object.values(inputs).filter((input) => input !== null && input !== undefined);
}

function isWeight(tensor: tf.Tensor): boolean {
  return tensor instanceof tf.Variable && tensor.trainable;
}

function interpolates(real: tf.Tensor, fake: tf.Tensor, random: RandomStream): tf.Tensor {
  if (real.shape.join() !== fake.shape.join()) {
    throw new RangeError(
      `gradientPenalty: real and fake must have the same shape, got [${real.shape}] and [${fake.shape}]`,
    );
  }
  const count = real.shape[0]!;
  const shares = Float32Array.from({ length: count }, () => random());
  const share = tf.tensor(shares, [count, ...real.shape.slice(1).fill(1)]);
  return tf.add(fake, tf.mul(share, tf.sub(real, fake)));
}

function requireAtLeastZero(caller: string, options: Record<string, number>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${caller}: ${name} must be finite and at least 0, got ${value}`);
    }
  }
}
