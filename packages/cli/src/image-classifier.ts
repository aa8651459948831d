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

/** Options of {@link trainImageClassifier}. */
export interface ImageClassifierOptions {
  /** Grey images one after the other, in [−1, 1]. */
  readonly images: Float32Array;
  /** The class of each image, from 0. */
  readonly labels: ArrayLike<number>;
  /** Rows of pixels in an image. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  /** Source of the initial weights, and of what batches hold. */
  readonly random: RandomStream;
  /** Steps of the training. */
  readonly steps: number;
  /** Images in a step. Default 64. */
  readonly batchSize?: number;
  /** Adam's rate at the first step, from where it falls along half a cosine. Default 0.002. */
  readonly learningRate?: number;
  /** Channels at half and at quarter resolution. Default [16, 32]. */
  readonly filters?: readonly [number, number];
  /** Units of the hidden layer that is the features. Default 64. */
  readonly units?: number;
  /** Stops training before the next step: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called every tenth step. */
  readonly onProgress?: (step: number) => void;
}

/** A network from an image to one logit for each class, and what lies behind it. */
export interface ImageClassifier {
  /** From images in [−1, 1], of shape [images, height, width, 1], to logits. */
  readonly model: LayersModel;
  /** What it makes of each image before it names the class: one row of features. */
  features(images: tf.Tensor): tf.Tensor;
  /** The class that it names for each image. */
  classes(images: tf.Tensor): Promise<Int32Array>;
  /** The share of images whose class is named rightly. */
  accuracy(images: tf.Tensor, labels: ArrayLike<number>): Promise<number>;
  /** Frees the model. */
  dispose(): void;
}

/** The name of the layer that is the features. */
const FEATURES = "features";

/** Images that go through the network in one call. */
const CHUNK = 256;

/** Trains a small convolutional classifier. Same seed and backend: same classifier. */
export async function trainImageClassifier(options: ImageClassifierOptions): Promise<ImageClassifier> {
  const { images, labels, height, width, random, steps, signal, onProgress } = options;
  const { batchSize = 64, learningRate = 2e-3, filters = [16, 32], units = 64 } = options;
  const classes = Math.max(...Array.from(labels)) + 1;
  const model = network({ height, width, filters, units, classes, random });
  // tfjs-layers wraps each variable, and its type hides it.
  const variables = model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
  const optimizer = adam({ learningRate });
  const schedule = cosineDecay();
  const size = height * width;
  try {
    for (let step = 1; step <= steps; step++) {
      const batch = new Float32Array(batchSize * size);
      const wanted = Int32Array.from({ length: batchSize }, (_, i) => {
        const row = integer(random, labels.length);
        batch.set(images.subarray(row * size, (row + 1) * size), i * size);
        return labels[row]!;
      });
      optimizer.learningRate = learningRate * schedule(step - 1, steps);
      const { value, grads } = tf.variableGrads(() => {
        const x = tf.tensor4d(batch, [batchSize, height, width, 1]);
        const logits = model.apply(x, { training: true }) as tf.Tensor2D;
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
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    optimizer.dispose();
  }
  return imageClassifier(model);
}

/**
 * A classifier of a network that {@link trainImageClassifier} made, and that may have been saved and loaded since.
 *
 * @param model - the network; the classifier frees it when it is disposed of.
 * @throws {Error} if the network has no layer of features.
 */
export function imageClassifier(model: LayersModel): ImageClassifier {
  const hidden = layersModel({
    inputs: model.inputs,
    outputs: model.getLayer(FEATURES).output as SymbolicTensor,
  });
  const classes = async (images: tf.Tensor): Promise<Int32Array> => {
    const named = tf.tidy(() => tf.argMax(model.predict(images, { batchSize: CHUNK }) as tf.Tensor, 1));
    const read = Int32Array.from(await named.data());
    named.dispose();
    return read;
  };
  return {
    model,
    classes,
    features: (images) => hidden.predict(images, { batchSize: CHUNK }) as tf.Tensor,
    accuracy: async (images, labels) => {
      const named = await classes(images);
      return named.filter((label, i) => label === labels[i]).length / named.length;
    },
    // All layers of the one are the other's.
    dispose: () => {
      model.dispose();
    },
  };
}

function network(given: {
  readonly height: number;
  readonly width: number;
  readonly filters: readonly [number, number];
  readonly units: number;
  readonly classes: number;
  readonly random: RandomStream;
}): LayersModel {
  const { height, width, filters, units, classes, random } = given;
  const initial = () => initializers.heNormal({ seed: Math.floor(random() * 2 ** 31) });
  const image = input({ shape: [height, width, 1] });
  let inner = image;
  for (const count of filters) {
    const convolution = layers.conv2d({
      filters: count,
      kernelSize: 4,
      strides: 2,
      padding: "same",
      activation: "relu",
      kernelInitializer: initial(),
    });
    inner = convolution.apply(inner) as SymbolicTensor;
  }
  const hidden = layers.dense({
    units,
    activation: "relu",
    kernelInitializer: initial(),
    name: FEATURES,
  });
  const last = layers.dense({ units: classes, kernelInitializer: initial() });
  const logits = last.apply(hidden.apply(layers.flatten().apply(inner))) as SymbolicTensor;
  return layersModel({ inputs: image, outputs: logits });
}
