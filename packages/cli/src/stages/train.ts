import { resolve } from "node:path";
import { type DatasetSource, describeDataset, type LabelledImages } from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import { fileCheckpoints, jsonlLog } from "@mhgan/gan-core/node";
import {
  dcganDiscriminator,
  dcganGenerator,
  flatThenCosine,
  ranger,
  trainGan,
  useBackend,
} from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { downloadReporter } from "../download-reporter.ts";
import { greyImages } from "../grey-images.ts";
import { type ImageDatasetName, loadImages } from "../image-datasets.ts";
import { type Io, UsageError } from "../io.ts";
import { progress } from "../progress.ts";
import type { RunStages, StageOutcome, StageRecord } from "../run-stages.ts";
import { writeHeldOut } from "./held-out.ts";
import { writeModel } from "./stored-gan.ts";

/** Where images come from. */
export interface ImageSourceOptions {
  /** Which images. */
  readonly dataset: ImageDatasetName;
  /** Folder with the data files. Default: where the Debian package or the cache has them, else they are downloaded. */
  readonly dataDir?: string;
  /** Whether the data must be the published ones. */
  readonly verify: boolean;
}

/** Options of {@link trainStage}. */
export interface TrainStageOptions extends ImageSourceOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Steps of the training. */
  readonly steps: number;
  /** Images in a step. */
  readonly batchSize: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/**
 * Ranger's own momentum of .95 makes two players swing; .5 is what GANs are trained with since DCGAN. With its .999 for the squares RAdam warms up
 * for a thousand steps, in which the discriminator runs away from the generator.
 */
const RANGER = { learningRate: 5e-4, beta1: 0.5, beta2: 0.99 };
/** With one update for each of the generator's, the discriminator falls behind under these optimizers, until its scores say nothing. */
const CRITIC_STEPS = 2;
const GENERATOR_AVERAGE = 0.99;

/** Of the images, which calibrate the discriminator. */
const HELD_OUT_SHARE = 0.1;

/** What a run that was stopped goes on from. */
const CHECKPOINTS = "checkpoints";
const LOG = "log.jsonl";

/** Trains a least-squares GAN with Mish and Ranger on images, or goes on with one that was stopped, to the same bits. */
export function trainStage(run: RunStages, options: TrainStageOptions, io: Io): Promise<StageOutcome> {
  const { dataset, verify, seed, steps, batchSize, force } = options;
  const recorded = { dataset, verify, seed, steps, batchSize };
  const stage = { name: "train", options: recorded, inputs: [], force, unfinished: [CHECKPOINTS] };
  return run.run(stage, async (writer) => {
    // The log belongs to the checkpoints; a run that begins anew begins it anew.
    const goesOn = await run.has(CHECKPOINTS);
    if (!goesOn) await writer.remove(LOG);
    const { backend } = await useBackend(options.backend);
    const { images: labelled, source } = await loadSourceImages(options, "train", io);
    const { images } = labelled;
    const [count, height, width] = images.shape as [number, number, number];
    const root = randomStream(seed);
    const image = [height, width, 1] as const;
    const activation = "mish";
    const generator = dcganGenerator({ image, activation, random: root.split("generator") });
    const discriminator = dcganDiscriminator({ image, activation, random: root.split("discriminator") });
    const optimizers = [ranger(RANGER), ranger(RANGER)] as const;
    const [generatorOptimizer, discriminatorOptimizer] = optimizers;
    const trainingCount = count - Math.round(HELD_OUT_SHARE * count);
    io.stderr.write(
      `Training a least-squares GAN on ${trainingCount.toLocaleString("en")} images of ${describeDataset(dataset).title} (seed ${seed}, ${backend} backend)\n`,
    );
    const bar = progress(io.stderr, "train", steps, "steps");
    try {
      const { heldOut, resumedFrom } = await trainGan({
        generator,
        discriminator,
        real: { data: greyImages(images), shape: [count, ...image] },
        heldOutShare: HELD_OUT_SHARE,
        heldOutSeed: root.split("split"),
        steps,
        batchSize,
        seed: root.split("training"),
        generatorOptimizer,
        discriminatorOptimizer,
        criticSteps: CRITIC_STEPS,
        schedule: flatThenCosine(),
        generatorAverage: GENERATOR_AVERAGE,
        checkpoints: fileCheckpoints(run.pathOf(CHECKPOINTS)),
        checkpointEvery: 250,
        log: jsonlLog(run.pathOf(LOG)),
        progressEvery: 5,
        signal: io.signal,
        onProgress: ({ step, discriminatorLoss, generatorLoss }) =>
          bar.update(step, `loss D ${discriminatorLoss.toFixed(3)}, G ${generatorLoss.toFixed(3)}`),
      }).catch((error: unknown) => {
        if (!goesOn || !(error instanceof RangeError)) throw error;
        const reason = error.message.replace(/^trainGan: /, "");
        throw new UsageError(
          `${run.path} holds a training that was stopped: ${reason}. Give what it was begun with, another folder, or --force to begin anew`,
        );
      });
      bar.finish();
      if (resumedFrom > 0) io.stderr.write(`Went on from the checkpoint of step ${resumedFrom}\n`);
      await writeModel(writer, "generator", generator);
      await writeModel(writer, "discriminator", discriminator);
      await writeHeldOut(writer, images, heldOut.rows);
      await writer.include(LOG);
      return {
        backend,
        source,
        images: trainingCount,
        heldOut: heldOut.rows.length,
        resumedFrom,
      };
    } finally {
      for (const each of [...optimizers, generator, discriminator]) each.dispose();
    }
  });
}

/**
 * Where the images of a run are: in the folder that is given, or where any copy of the published ones is. Others, which cannot be verified, are
 * where the training found them.
 */
export function imageSourceOf(train: StageRecord, dataDir: string | undefined): ImageSourceOptions {
  const { dataset, verify } = train.options as unknown as ImageSourceOptions;
  const { kind, folder } = train.result["source"] as DatasetSource;
  const known = dataDir ?? (!verify && kind === "dataDir" ? folder : undefined);
  return { dataset, verify, ...(known !== undefined && { dataDir: known }) };
}

/** The images of a data set for training, or those for tests. */
export async function loadSourceImages(
  { dataset, dataDir, verify }: ImageSourceOptions,
  part: "train" | "test",
  io: Io,
): Promise<{ readonly images: LabelledImages; readonly source: DatasetSource }> {
  const options = {
    // Whole, as it is recorded for later stages, which may run elsewhere.
    ...(dataDir === undefined ? {} : { dataDir: resolve(dataDir) }),
    verify,
    signal: io.signal,
    onProgress: downloadReporter(io.stderr),
  };
  if (part === "test") {
    const { test, source } = await loadImages(dataset, { ...options, only: "test" });
    return { images: test, source };
  }
  const { train, source } = await loadImages(dataset, { ...options, only: "train" });
  return { images: train, source };
}
