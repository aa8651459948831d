import type { BackendName, CalibratorName, Gan } from "@mhgan/gan-core";
import { criticGan, refitGan, useBackend } from "@mhgan/gan-core/tfjs";
import { type RandomStream, randomStream } from "@mhgan/mcmc";
import type * as tf from "@tensorflow/tfjs-core";
import { greyImages } from "../grey-images.ts";
import { type ImageClassifier, imageClassifier, trainImageClassifier } from "../image-classifier.ts";
import type { Io } from "../io.ts";
import { progress } from "../progress.ts";
import { digestOf, type RunStages, type StageOutcome, type StageRecord } from "../run-stages.ts";
import { readHeldOut, readHeldOutRows } from "./held-out.ts";
import { openStoredGan, readModel, type StoredGan, writeModel } from "./stored-gan.ts";
import { type CalibrationSettings, writeScores } from "./stored-scores.ts";
import { imageSourceOf, loadSourceImages } from "./train.ts";
import { openUnfinishedRefit } from "./unfinished-refit.ts";

/** Options of {@link refitStage}. */
export interface RefitStageOptions {
  /** Folder with the data files. Default: where the Debian package or the cache has them, else they are downloaded. */
  readonly dataDir?: string;
  /** Steps of each critic. */
  readonly steps: number;
  /** Critics whose scores are averaged. */
  readonly critics: number;
  /** How scores of the critics become probabilities. */
  readonly calibrator: CalibratorName;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/** Images that a classifier and the critics on its features are trained on. */
const IMAGES = 20_000;
/** Steps of the classifier: fewer where the images would be seen more than some ten times. */
const classifierSteps = (images: number) => Math.min(800, Math.ceil(images / 6));
/** What a refit that was stopped goes on from. */
const UNFINISHED = "refit/unfinished";
/** Generated images for the report and for choosing the strength: as many as are held out, up to so many. */
const MEASURED = 4096;

/**
 * Trains a classifier of the images, critics on its features that tell real images from generated ones, calibrates these, and
 * chooses on held-out images how hard to select by them.
 */
export function refitStage(run: RunStages, options: RefitStageOptions, io: Io): Promise<StageOutcome> {
  const { steps, critics, calibrator, seed, force } = options;
  const recorded = { steps, critics, calibrator, seed };
  const stage = { name: "refit", options: recorded, inputs: ["train"], force, unfinished: [UNFINISHED] };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    const { backend } = await useBackend(options.backend);
    const random = randomStream(seed).split("refit");
    const heldOut = await readHeldOut(run, train);
    const source = imageSourceOf(train, options.dataDir);
    const { images, labels } = (await loadSourceImages(source, "train", io)).images;
    const [all, height, width] = images.shape as [number, number, number];
    const held = await readHeldOutRows(run, train);
    const rows = Array.from({ length: all }, (_, row) => row)
      .filter((row) => !held.has(row))
      .slice(0, IMAGES);
    const real = { data: greyImages(images, rows), shape: [rows.length, height, width, 1] };
    const stored = await openStoredGan(run, train);
    let classifier: ImageClassifier | undefined;
    try {
      const unfinished = await openUnfinishedRefit(run.pathOf(UNFINISHED), [
        recorded,
        digestOf(train),
        backend,
      ]);
      const before = await unfinished.loadClassifier();
      if (before !== undefined) classifier = imageClassifier(before);
      else {
        classifier = await trainClassifier(
          real.data,
          rows.map((row) => labels.data[row]!),
          { height, width, random: random.split("classifier") },
          io,
        );
        await unfinished.saveClassifier(classifier.model);
      }
      await writeModel(writer, "refit/classifier", classifier.model);
      const bar = progress(io.stderr, "refit", critics * steps, "steps");
      const refitted = await refitGan(stored.gan, {
        real,
        heldOut,
        features: featuresOf(classifier),
        critics,
        steps,
        calibrator,
        measuredCount: Math.min(MEASURED, heldOut.shape[0]!),
        seed: random,
        store: unfinished,
        signal: io.signal,
        onProgress: ({ critic, step }) => bar.update((critic - 1) * steps + step),
      });
      bar.finish();
      try {
        const { calibrated, refit, selection, strength } = refitted;
        await writeScores(writer, "refit/", calibrated);
        for (const [i, model] of refitted.critics.entries()) {
          await writeModel(writer, `refit/critics/${i}`, model);
        }
        const settings: CalibrationSettings = { output: "logit", calibrator, seed };
        return {
          settings,
          backend,
          report: calibrated.report,
          refit,
          selection,
          strength: { strength: strength.strength, curve: strength.curve },
        };
      } finally {
        refitted.dispose();
      }
    } finally {
      classifier?.dispose();
      stored.dispose();
    }
  });
}

/** A GAN with the scores of critics, and the classes that the network they look through names. */
export interface RefittedGan {
  readonly gan: Gan<unknown>;
  readonly classCount: number;
  classes(batch: unknown): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** The GAN of a run with the scores of its critics. */
export async function openRefittedGan(
  run: RunStages,
  refit: StageRecord,
  stored: StoredGan,
): Promise<RefittedGan> {
  const classifier = imageClassifier(await readModel(run, refit, "refit/classifier"));
  const critics: Awaited<ReturnType<typeof readModel>>[] = [];
  for (let i = 0; i < (refit.options["critics"] as number); i++) {
    critics.push(await readModel(run, refit, `refit/critics/${i}`));
  }
  return {
    gan: criticGan(stored.gan, critics, { features: featuresOf(classifier) }),
    classCount: classifier.model.outputs[0]!.shape[1]!,
    classes: (batch) => classifier.classes(batch as tf.Tensor),
    dispose: () => {
      for (const model of critics) model.dispose();
      classifier.dispose();
    },
  };
}

const featuresOf =
  (classifier: ImageClassifier) =>
  (batch: unknown): tf.Tensor =>
    classifier.features(batch as tf.Tensor);

async function trainClassifier(
  images: Float32Array,
  labels: readonly number[],
  given: { readonly height: number; readonly width: number; readonly random: RandomStream },
  io: Io,
): Promise<ImageClassifier> {
  const steps = classifierSteps(labels.length);
  const bar = progress(io.stderr, "classifier", steps, "steps");
  const classifier = await trainImageClassifier({
    images,
    labels,
    ...given,
    steps,
    signal: io.signal,
    onProgress: (step) => bar.update(step),
  });
  bar.finish();
  return classifier;
}
