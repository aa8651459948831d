import { adam, cosineDecay } from "@mhgan/gan-core/tfjs";
import { integer, type RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model as layersModel,
  type SymbolicTensor,
} from "@tensorflow/tfjs-layers";

/** Options of {@link trainImageFeatures}. */
export interface ImageFeaturesOptions {
  /** Grey images one after the other, in [−1, 1]. */
  readonly images: Float32Array;
  /** The class of each image, from 0. */
  readonly labels: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly random: RandomStream;
  /** Default 800. */
  readonly steps?: number;
  /** Units of the hidden layer that is the features. Default 64. */
  readonly units?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: number) => void;
}

/** What a classifier makes of images before it names their class. */
export interface ImageFeatures {
  /** One row of features for each image. */
  features(images: tf.Tensor): tf.Tensor;
  /** The share of images whose class is named rightly. */
  accuracy(images: tf.Tensor, labels: ArrayLike<number>): Promise<number>;
  dispose(): void;
}

const BATCH_SIZE = 64;
const LEARNING_RATE = 2e-3;

/**
 * Trains a small convolutional classifier: its last hidden layer says what is in an image, where pixels say how it was made. So a
 * critic that sees it goes by what matters.
 */
export async function trainImageFeatures(options: ImageFeaturesOptions): Promise<ImageFeatures> {
  const { images, labels, height, width, random, steps = 800, units = 64, signal, onProgress } = options;
  const classes = Math.max(...Array.from(labels)) + 1;
  const { hidden, classifier } = networks(height, width, units, classes, random);
  // tfjs-layers wraps each variable, and its type hides it.
  const variables = classifier.trainableWeights.map(
    (weight) => (weight as unknown as { val: tf.Variable }).val,
  );
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const schedule = cosineDecay();
  const size = height * width;
  try {
    for (let step = 1; step <= steps; step++) {
      const batch = new Float32Array(BATCH_SIZE * size);
      const wanted = Int32Array.from({ length: BATCH_SIZE }, (_, i) => {
        const row = integer(random, labels.length);
        batch.set(images.subarray(row * size, (row + 1) * size), i * size);
        return labels[row]!;
      });
      optimizer.learningRate = LEARNING_RATE * schedule(step - 1, steps);
      const { value, grads } = tf.variableGrads(() => {
        const x = tf.tensor4d(batch, [BATCH_SIZE, height, width, 1]);
        const logits = classifier.apply(x, { training: true }) as tf.Tensor2D;
        const target = tf.oneHot(tf.tensor1d(wanted, "int32"), classes);
        return tf.losses.softmaxCrossEntropy(target, logits) as tf.Scalar;
      }, variables);
      optimizer.applyGradients(grads);
      tf.dispose([value, ...Object.values(grads)]);
      if (step % 10 !== 0 && step !== steps) continue;
      onProgress?.(step);
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    }
  } finally {
    optimizer.dispose();
  }
  return {
    features: (batch) => hidden.predict(batch, { batchSize: 256 }) as tf.Tensor,
    accuracy: async (batch, truth) => {
      const guesses = tf.tidy(() => tf.argMax(classifier.predict(batch, { batchSize: 256 }) as tf.Tensor, 1));
      const guessed = await guesses.data();
      guesses.dispose();
      return Array.from(guessed).filter((label, i) => label === truth[i]).length / guessed.length;
    },
    // All layers of the one are the other's.
    dispose: () => {
      classifier.dispose();
    },
  };
}

function networks(
  height: number,
  width: number,
  units: number,
  classes: number,
  random: RandomStream,
): { hidden: LayersModel; classifier: LayersModel } {
  const initial = () => initializers.heNormal({ seed: Math.floor(random() * 2 ** 31) });
  const convolution = (filters: number) =>
    layers.conv2d({
      filters,
      kernelSize: 4,
      strides: 2,
      padding: "same",
      activation: "relu",
      kernelInitializer: initial(),
    });
  const dense = (count: number, activation: "relu" | "linear") =>
    layers.dense({ units: count, activation, kernelInitializer: initial() });
  const image = input({ shape: [height, width, 1] });
  const flat = layers.flatten().apply(convolution(32).apply(convolution(16).apply(image)));
  const hidden = dense(units, "relu").apply(flat) as SymbolicTensor;
  const logits = dense(classes, "linear").apply(hidden) as SymbolicTensor;
  return {
    hidden: layersModel({ inputs: image, outputs: hidden }),
    classifier: layersModel({ inputs: image, outputs: logits }),
  };
}
