import type { Features } from "@mhgan/metrics";
import * as tf from "@tensorflow/tfjs-core";
import { imageClassifier } from "./image-classifier.ts";
import { RunStages } from "./run-stages.ts";
import { readModel } from "./stages/stored-gan.ts";

/**
 * A classifier of images that no critic has ever seen, by whose features samples are judged.
 *
 * It takes and gives plain numbers, not tensors: so it cannot be handed to critics as their `features`, by which they would
 * learn to please it.
 */
export interface Judge {
  /** The images that it was trained on, such as "fashion-mnist". */
  readonly dataset: string;
  /** The share of the test images whose class it names rightly. */
  readonly testAccuracy: number;
  /** SHA-256 of its weights, by which results say who judged. */
  readonly sha256: string;
  /** What it sees in images: one row of features for each. */
  look(images: JudgedImages, options?: LookOptions): Promise<Features>;
  /** Frees the network. */
  dispose(): void;
}

/** Images in [−1, 1], of shape [images, height, width, 1]. */
export interface JudgedImages {
  /** Pixels in [−1, 1], image after image, row-major. */
  readonly data: Float32Array;
  /** [images, height, width, 1]. */
  readonly shape: readonly number[];
}

/** Options of {@link Judge.look}. */
export interface LookOptions {
  /** Stops the work between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch, with the images seen so far. */
  readonly onProgress?: (images: number) => void;
}

/** The folder of the model inside the folder that `mhgan train-judge` writes. */
export const JUDGE_MODEL = "judge";

/** The stage that makes it. */
export const JUDGE_STAGE = "train-judge";

const CHUNK = 1000;

/**
 * Loads a judge from the folder that `mhgan train-judge` wrote.
 *
 * @param folder - what `mhgan train-judge` wrote.
 * @throws {Error} if the folder is of something else, such as the features of critics, or a file of it is missing or was changed.
 */
export async function loadJudge(folder: string): Promise<Judge> {
  const run = await RunStages.open(folder, JUDGE_STAGE);
  const record = await run.required(JUDGE_STAGE, `make a judge: mhgan ${JUDGE_STAGE} --help`);
  const { dataset, testAccuracy } = record.result as { dataset: string; testAccuracy: number };
  const { features, dispose } = imageClassifier(await readModel(run, record, JUDGE_MODEL));
  return {
    dataset,
    testAccuracy,
    sha256: record.files[`${JUDGE_MODEL}/weights.bin`]!,
    look: (images, options = {}) => look(features, images, options),
    dispose,
  };
}

async function look(
  features: (images: tf.Tensor) => tf.Tensor,
  { data, shape }: JudgedImages,
  { signal, onProgress }: LookOptions,
): Promise<Features> {
  const [count, ...image] = shape as readonly [number, ...number[]];
  const size = image.reduce((product, side) => product * side, 1);
  if (!(data instanceof Float32Array) || shape.length !== 4 || data.length !== count * size || count === 0) {
    throw new RangeError(
      `look: images must be a Float32Array of shape [images, height, width, 1], got shape [${shape}]`,
    );
  }
  const bad = data.findIndex((value) => !(value >= -1 && value <= 1));
  if (bad !== -1) {
    throw new RangeError(
      `look: images must hold numbers from −1 to 1, got ${data[bad]} in image ${Math.floor(bad / size)}`,
    );
  }
  const parts: Float32Array[] = [];
  for (let first = 0; first < count; first += CHUNK) {
    signal?.throwIfAborted();
    const last = Math.min(count, first + CHUNK);
    const seen = tf.tidy(() =>
      features(tf.tensor(data.subarray(first * size, last * size), [last - first, ...image])),
    );
    parts.push(Float32Array.from(await seen.data()));
    seen.dispose();
    onProgress?.(last);
  }
  const columns = parts[0]!.length / Math.min(CHUNK, count);
  const all = new Float32Array(count * columns);
  parts.forEach((part, i) => {
    all.set(part, i * CHUNK * columns);
  });
  return { data: all, shape: [count, columns] };
}
