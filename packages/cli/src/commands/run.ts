import { describeDataset, type LabelledImages } from "@mhgan/datasets";
import { type BackendName, type CalibratorName, calibrateGan, type Gan } from "@mhgan/gan-core";
import { fileCheckpoints, jsonlLog } from "@mhgan/gan-core/node";
import {
  dcganDiscriminator,
  dcganGenerator,
  flatThenCosine,
  fromTfjs,
  ranger,
  serializeModel,
  trainGan,
  useBackend,
} from "@mhgan/gan-core/tfjs";
import { metropolisHastings, type RandomStream, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { calibrationFacts } from "../calibration-facts.ts";
import { downloadReporter } from "../download-reporter.ts";
import { type ImageDatasetName, loadImages } from "../image-datasets.ts";
import { trainImageFeatures } from "../image-features.ts";
import type { Io } from "../io.ts";
import { formatSeconds, progress } from "../progress.ts";
import { type RefitDraws, refitDraws } from "../refit-draws.ts";
import { calibrationFile } from "../report/calibration-file.ts";
import { imageGrid } from "../report/image-grid.ts";
import { predictedChains } from "../report/predicted-chains.ts";
import { predictedSamplers } from "../report/predicted-samplers.ts";
import { reportOf } from "../report/report.ts";
import type { SampleSet } from "../report/report-data.ts";
import { squareGrid } from "../report/square-grid.ts";
import { openRunFolder } from "../run-folder.ts";
import { textTable } from "../text-table.ts";
import { versions } from "../versions.ts";

/** Options of `mhgan run`. */
export interface RunImagesOptions {
  readonly dataset: ImageDatasetName;
  readonly dataDir?: string;
  /** Whether the data must be the published ones. */
  readonly verify: boolean;
  readonly seed: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly draws: number;
  readonly chainLength: number;
  readonly calibrator: CalibratorName;
  /** Steps of fresh critics on what a classifier makes of the images, to draw by too. */
  readonly refit?: number;
  readonly out: string;
  readonly force: boolean;
  readonly backend?: BackendName;
  readonly json: boolean;
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

/**
 * Images that a classifier and the critics on its features are trained on, critics, and steps of the classifier: fewer where the images
 * would be seen more than some ten times.
 */
const REFIT = {
  images: 20_000,
  critics: 3,
  classifierSteps: (images: number) => Math.min(800, Math.ceil(images / 6)),
};

/** Images shown in each row of the picture. */
const SHOWN = 15;

/**
 * Trains a least-squares GAN with Mish and Ranger on images, calibrates its discriminator on images it never saw, and draws with
 * Metropolis-Hastings. Writes `samples.png` (rows: real, GAN, MH-GAN), `calibration.svg`, `report.html`, the models, the calibrator, the log of
 * the training and `run.json`. A run that was stopped goes on from its last checkpoint, to the same bits.
 */
export async function runImages(options: RunImagesOptions, io: Io): Promise<void> {
  const { seed, steps, batchSize, draws, chainLength, json } = options;
  const started = performance.now();
  const folder = await openRunFolder(options.out, { overwrite: options.force });
  if (options.force) for (const name of ["run.json", CHECKPOINTS, LOG]) await folder.remove(name);
  const { backend } = await useBackend(options.backend);
  const root = randomStream(seed);

  const { title } = describeDataset(options.dataset);
  const images = await loadImages[options.dataset]({
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    verify: options.verify,
    only: "train",
    signal: io.signal,
    onProgress: downloadReporter(io.stderr),
  });
  const [count, height, width] = images.train.images.shape as [number, number, number];
  const trainingCount = count - Math.round(HELD_OUT_SHARE * count);

  const image = [height, width, 1] as const;
  const activation = "mish";
  const generator = dcganGenerator({ image, activation, random: root.split("generator") });
  const discriminator = dcganDiscriminator({ image, activation, random: root.split("discriminator") });
  const optimizers = [ranger(RANGER), ranger(RANGER)] as const;
  const [generatorOptimizer, discriminatorOptimizer] = optimizers;
  io.stderr.write(
    `Training a least-squares GAN on ${trainingCount.toLocaleString("en")} images of ${title} (seed ${seed}, ${backend} backend)\n`,
  );
  const training_ = progress(io.stderr, "train", steps, "steps");
  const { heldOut, resumedFrom } = await trainGan({
    generator,
    discriminator,
    real: { data: scaled(images.train.images.data), shape: [count, ...image] },
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
    checkpoints: fileCheckpoints(folder.pathOf(CHECKPOINTS)),
    checkpointEvery: 250,
    log: jsonlLog(folder.pathOf(LOG)),
    progressEvery: 5,
    signal: io.signal,
    onProgress: ({ step, discriminatorLoss, generatorLoss }) =>
      training_.update(step, `loss D ${discriminatorLoss.toFixed(3)}, G ${generatorLoss.toFixed(3)}`),
  });
  training_.finish();
  if (resumedFrom > 0) io.stderr.write(`Went on from the checkpoint of step ${resumedFrom}\n`);
  for (const optimizer of optimizers) optimizer.dispose();

  const gan = fromTfjs(generator, discriminator, { output: "unbounded", batchSize: 256 });
  const heldOutCount = heldOut.rows.length;
  const real = tf.tensor(heldOut.data, [...heldOut.shape]);
  io.stderr.write(`Calibrating on ${heldOutCount.toLocaleString("en")} held-out images\n`);
  const calibrated = await calibrateGan(gan, {
    real,
    calibrator: options.calibrator,
    seed: root.split("calibration"),
  });
  const raw = await gan.generate(draws, root.split("raw samples"));
  const scores = { real: await gan.score(real), fake: await gan.score(raw), output: "unbounded" } as const;
  const sampling = progress(io.stderr, "sample", draws, "draws");
  const { samples, info } = await calibrated.sample({
    draws,
    sampler: metropolisHastings({ chainLength }),
    seed: root.split("samples"),
    batchSize: 1024,
    signal: io.signal,
    onProgress: ({ draws: done }) => sampling.update(done),
  });
  sampling.finish();

  const refitted = options.refit
    ? await refitByFeatures(
        {
          images: images.train,
          heldOutRows: heldOut.rows,
          gan,
          real,
          options,
          steps: options.refit,
          random: root.split("refit"),
        },
        io,
      )
    : undefined;

  const columns = Math.min(SHOWN, draws, heldOutCount);
  const shown = [heldOut.data, await raw.data<"float32">(), await samples.data<"float32">()];
  if (refitted) shown.push(await refitted.samples.data<"float32">());
  tf.dispose([real, raw, samples, refitted?.samples ?? []]);
  const png = imageGrid({ rows: shown, columns, height, width });
  const result = {
    command: "run",
    dataset: options.dataset,
    source: images.source,
    seed,
    backend,
    steps,
    batchSize,
    draws,
    chainLength,
    calibrator: options.calibrator,
    capOutRate: info.capOuts / draws,
    proposals: info.proposals,
    calibration: calibrated.report,
    ...(refitted && {
      refit: {
        ...refitted.refit,
        calibration: refitted.calibration,
        selection: refitted.selection,
        strengths: refitted.strengths,
        sampler: refitted.info.sampler,
        proposals: refitted.info.proposals,
      },
    }),
    seconds: Math.round((performance.now() - started) / 100) / 10,
    versions: versions(),
  };
  const facts = calibrationFacts(calibrated.report, info, draws);
  const summary =
    `A least-squares GAN after ${steps.toLocaleString("en")} steps on ${title}; each image of the last row was picked by a ` +
    `chain over ${chainLength} generated ones.`;
  const set = (name: string, kind: SampleSet["kind"], samples: Float32Array, caption: string): SampleSet => ({
    name,
    kind,
    caption,
    content: { png: squareGrid({ images: samples, height, width }) },
  });
  const [shownReal, shownRaw, shownDraws, shownRefit] = shown as [Float32Array, ...Float32Array[]];
  const html = reportOf({
    title: `${title}: a GAN, improved by Metropolis-Hastings`,
    summary,
    sampleSets: [
      set("Real images", "real", shownReal, "Held out from training: what the others are to look like."),
      set("GAN", "gan", shownRaw!, "The generator's own samples, none left out."),
      set(
        `MH-GAN, K = ${chainLength}`,
        "draws",
        shownDraws!,
        "Picked by chains among samples of the same generator.",
      ),
      ...(shownRefit
        ? [set("refit", "draws", shownRefit, "Picked by fresh critics on what a classifier sees.")]
        : []),
    ],
    calibration: {
      report: calibrated.report,
      calibrator: options.calibrator,
      scores,
      logWeights: { real: calibrated.logWeights(scores.real), fake: calibrated.logWeights(scores.fake) },
    },
    chains: predictedChains(calibrated.prediction, chainLength),
    samplers: predictedSamplers(calibrated.prediction, {
      chainLength,
      logWeightBound: calibrated.logWeightBound,
    }),
    facts: [
      ["data", title],
      ["training", `${steps.toLocaleString("en")} steps`],
      ["seed", String(seed)],
      ["proposals for each draw", (info.proposals / draws).toFixed(1)],
      ["backend", backend],
      ["time", formatSeconds(result.seconds)],
    ],
    warnings: calibrated.report.warnings,
    manifest: result,
  });
  await folder.write("samples.png", png);
  await folder.write("calibration.svg", calibrationFile(calibrated.report.before, calibrated.report.after));
  await folder.write("report.html", html);
  for (const [name, model] of Object.entries({ generator, discriminator })) {
    for (const [file, bytes] of Object.entries(await serializeModel(model))) {
      await folder.write(`${name}/${file}`, bytes);
    }
  }
  await folder.write("calibrator.json", JSON.stringify(calibrated.calibrator));
  await folder.include(LOG);
  await folder.finish(result);
  await folder.remove(CHECKPOINTS);

  if (json) {
    io.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  io.stdout.write(`\n${textTable(["calibration and chains", ""], facts)}\n`);
  io.stdout.write(
    `\nPictures: ${folder.path}/samples.png (rows: real, GAN, MH-GAN${refitted ? ", refit" : ""}) and calibration.svg (before, after)\nReport: ${folder.path}/report.html (${formatSeconds(result.seconds)} in all)\n`,
  );
}

/** Trains a classifier, critics on its features, and draws by them as hard as held-out images say. */
async function refitByFeatures(
  given: {
    readonly images: LabelledImages;
    readonly heldOutRows: ArrayLike<number>;
    readonly gan: Gan<tf.Tensor>;
    readonly real: tf.Tensor;
    readonly options: RunImagesOptions;
    readonly steps: number;
    readonly random: RandomStream;
  },
  io: Io,
): Promise<RefitDraws> {
  const { gan, real, options, random } = given;
  const { images, labels } = given.images;
  const [all, height, width] = images.shape as [number, number, number];
  const heldOut = new Set(Array.from(given.heldOutRows));
  const rows = Array.from({ length: all }, (_, row) => row)
    .filter((row) => !heldOut.has(row))
    .slice(0, REFIT.images);
  const size = height * width;
  const bytes = new Uint8Array(rows.length * size);
  rows.forEach((row, i) => {
    bytes.set(images.data.subarray(row * size, (row + 1) * size), i * size);
  });
  const chosen = scaled(bytes);
  const steps = REFIT.classifierSteps(rows.length);
  const bar = progress(io.stderr, "classifier", steps, "steps");
  const classifier = await trainImageFeatures({
    images: chosen,
    labels: rows.map((row) => labels.data[row]!),
    height,
    width,
    random: random.split("classifier"),
    steps,
    signal: io.signal,
    onProgress: (step) => bar.update(step),
  });
  bar.finish();
  const training = tf.tensor(chosen, [rows.length, height, width, 1]);
  try {
    return await refitDraws(
      {
        gan,
        training,
        heldOut: real,
        features: classifier.features,
        critics: REFIT.critics,
        steps: given.steps,
        calibrator: options.calibrator,
        draws: options.draws,
        random,
      },
      io,
    );
  } finally {
    classifier.dispose();
    training.dispose();
  }
}

/** Images as floats in [−1, 1], the range of the generator. */
function scaled(bytes: Uint8Array): Float32Array {
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < data.length; i++) data[i] = bytes[i]! / 127.5 - 1;
  return data;
}
