import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { greyImages } from "@mhgan/cli";
import { loadFashionMnist } from "@mhgan/datasets";
import { type CalibratedGan, type CalibratorName, calibrateGan, type Gan } from "@mhgan/gan-core";
import { loadModel } from "@mhgan/gan-core/node";
import { fromTfjs } from "@mhgan/gan-core/tfjs";
import { randomStream, shuffle } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";

/** A GAN of `mhgan run` with its own discriminator, and the images that it was and was not trained on. */
export interface GanFolder {
  readonly gan: Gan<tf.Tensor>;
  /** Its discriminator, calibrated as the run did. */
  readonly own: CalibratedGan<tf.Tensor>;
  readonly training: LabelledImages;
  /** What the run kept from training, to calibrate with. */
  readonly heldOut: tf.Tensor;
  /** The test images, in [−1, 1]. */
  readonly test: { readonly data: Float32Array; readonly shape: readonly number[] };
  readonly record: { readonly seed: number; readonly steps: number };
}

export interface LabelledImages {
  readonly images: Float32Array;
  readonly labels: readonly number[];
  readonly height: number;
  readonly width: number;
}

interface RunRecord {
  readonly stages: {
    readonly train?: {
      readonly options: { readonly dataset: string; readonly seed: number; readonly steps: number };
    };
    readonly calibrate?: { readonly options: { readonly calibrator: CalibratorName } };
  };
}

/** Of the training images, what `mhgan run` holds out. */
const HELD_OUT_SHARE = 0.1;

/**
 * Reads a folder of `mhgan run` and deals the images as that run did.
 *
 * @throws {Error} if the folder is of something else, or calibration does not come out as in the folder: then the images held out are not those
 * that the run held out.
 */
export async function readGanFolder(folder: string): Promise<GanFolder> {
  const { stages } = JSON.parse(await readFile(join(folder, "run.json"), "utf8")) as RunRecord;
  if (stages.train?.options.dataset !== "fashion-mnist" || stages.calibrate === undefined) {
    throw new Error(`${folder} must hold a GAN that mhgan trained on fashion-mnist and calibrated`);
  }
  const record = { ...stages.train.options, ...stages.calibrate.options };
  const { train, test } = await loadFashionMnist();
  const [count, height, width] = train.images.shape as [number, number, number];
  const root = randomStream(record.seed);
  const order = shuffle(
    root.split("split"),
    Uint32Array.from({ length: count }, (_, row) => row),
  );
  const held = Math.round(HELD_OUT_SHARE * count);
  const [heldOutRows, trainingRows] = [order.slice(0, held), order.slice(held)];
  const heldOut = tf.tensor(greyImages(train.images, heldOutRows), [held, height, width, 1]);

  const [generator, discriminator] = [
    await loadModel(join(folder, "generator")),
    await loadModel(join(folder, "discriminator")),
  ];
  const gan = fromTfjs(generator, discriminator, { output: "unbounded", batchSize: 256 });
  const own = await calibrateGan(gan, {
    real: heldOut,
    calibrator: record.calibrator,
    seed: root.split("calibration"),
  });
  if (JSON.stringify(own.calibrator) !== (await readFile(join(folder, "calibrator.json"), "utf8")).trim()) {
    throw new Error(`${folder}: calibration must come out as in calibrator.json, and did not`);
  }
  return {
    gan,
    own,
    training: {
      images: greyImages(train.images, trainingRows),
      labels: Array.from(trainingRows, (row) => train.labels.data[row]!),
      height,
      width,
    },
    heldOut,
    test: { data: greyImages(test.images), shape: [test.labels.data.length, height, width, 1] },
    record: { seed: record.seed, steps: record.steps },
  };
}
