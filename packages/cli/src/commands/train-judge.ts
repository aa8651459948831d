import { describeDataset } from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import { deserializeModel, serializeModel, useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream, shuffle } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { downloadReporter } from "../download-reporter.ts";
import { greyImages } from "../grey-images.ts";
import { imageClassifier, trainImageClassifier } from "../image-classifier.ts";
import { type ImageDatasetName, loadImages } from "../image-datasets.ts";
import type { Io } from "../io.ts";
import { JUDGE_MODEL, JUDGE_STAGE } from "../judge.ts";
import { printStage } from "../print-stage.ts";
import { progress } from "../progress.ts";
import { RunStages, type StageWriter } from "../run-stages.ts";

/** Options of `mhgan train-judge`. */
export interface TrainJudgeOptions {
  /** The images to train on. */
  readonly dataset: ImageDatasetName;
  /** Folder with the data files. Default: where the Debian package or the cache has them, else they are downloaded. */
  readonly dataDir?: string;
  /** Whether the data must be the published ones. */
  readonly verify: boolean;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Steps of the training. */
  readonly steps: number;
  /** Images in a step. */
  readonly batchSize: number;
  /** Features for each image. */
  readonly features: number;
  /** Folder for the judge. */
  readonly out: string;
  /** Whether a finished judge in the folder is replaced. */
  readonly force: boolean;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Of the training images, which only measure the accuracy. */
const HELD_OUT_SHARE = 1 / 12;

/** Wider than the network whose features critics see. */
const FILTERS = [32, 64] as const;

/**
 * Trains a classifier of images by whose features samples are judged, and measures it on images held out of the training and on the test images.
 * Writes the model into `judge/` and its record into `run.json`.
 */
export async function runTrainJudge(options: TrainJudgeOptions, io: Io): Promise<void> {
  const { dataset, verify, seed, steps, batchSize, features, force } = options;
  const run = await RunStages.create(options.out);
  const stage = {
    name: JUDGE_STAGE,
    options: { dataset, verify, seed, steps, batchSize, features },
    inputs: [],
    force,
  };
  const outcome = await run.run(stage, (writer) => trainJudge(options, writer, io));
  printStage("train-judge", run, outcome, options, io, () => {
    const { testAccuracy, heldOutAccuracy, images } = outcome.record.result as unknown as JudgeResult;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    return (
      `Accuracy: ${percent(testAccuracy)} of the ${images.test.toLocaleString("en")} test images, ${percent(heldOutAccuracy)} of ${images.heldOut.toLocaleString("en")} held-out training images\n` +
      `Judge: ${run.path}`
    );
  });
}

/** How the training of a judge went. */
interface JudgeResult {
  readonly testAccuracy: number;
  readonly heldOutAccuracy: number;
  readonly images: { readonly training: number; readonly heldOut: number; readonly test: number };
}

async function trainJudge(
  options: TrainJudgeOptions,
  writer: StageWriter,
  io: Io,
): Promise<JudgeResult & Record<string, unknown>> {
  const { dataset, seed, steps, batchSize, features: units } = options;
  const { backend } = await useBackend(options.backend);
  // A stream of its own: whatever the seed, no network that critics look through begins or trains as this one.
  const random = randomStream(seed).split("judge");

  const { train, test, source } = await loadImages(dataset, {
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    verify: options.verify,
    signal: io.signal,
    onProgress: downloadReporter(io.stderr),
  });
  const [count, height, width] = train.images.shape as [number, number, number];
  const order = shuffle(
    random.split("split"),
    Uint32Array.from({ length: count }, (_, row) => row),
  );
  const heldOutCount = Math.max(1, Math.round(HELD_OUT_SHARE * count));
  const [heldOutRows, rows] = [order.slice(0, heldOutCount), order.slice(heldOutCount)];
  const labelsOf = (chosen: ArrayLike<number>) => Array.from(chosen, (row) => train.labels.data[row]!);

  const { title } = describeDataset(dataset);
  io.stderr.write(
    `Training a judge on ${rows.length.toLocaleString("en")} images of ${title} (seed ${seed}, ${backend} backend)\n`,
  );
  const bar = progress(io.stderr, "judge", steps, "steps");
  const trained = await trainImageClassifier({
    images: greyImages(train.images, rows),
    labels: labelsOf(rows),
    height,
    width,
    random: random.split("training"),
    steps,
    batchSize,
    filters: FILTERS,
    units,
    signal: io.signal,
    onProgress: (step) => bar.update(step),
  });
  bar.finish();
  // Half precision halves the file. What is measured is what was saved.
  const files = await serializeModel(trained.model, { quantize: "float16" });
  trained.dispose();
  const judge = imageClassifier(await deserializeModel(files));
  try {
    const accuracy = async (images: Float32Array, labels: ArrayLike<number>) => {
      const tensor = tf.tensor(images, [labels.length, height, width, 1]);
      try {
        return await judge.accuracy(tensor, labels);
      } finally {
        tensor.dispose();
      }
    };
    const heldOutAccuracy = await accuracy(greyImages(train.images, heldOutRows), labelsOf(heldOutRows));
    const testAccuracy = await accuracy(greyImages(test.images), test.labels.data);
    for (const [file, bytes] of Object.entries(files)) await writer.write(`${JUDGE_MODEL}/${file}`, bytes);
    const images = { training: rows.length, heldOut: heldOutCount, test: test.labels.data.length };
    return { dataset, source, backend, images, heldOutAccuracy, testAccuracy };
  } finally {
    judge.dispose();
  }
}
