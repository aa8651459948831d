import { describeDataset } from "@mhgan/datasets";
import { type BackendName, type CalibratorName, calibrateGan } from "@mhgan/gan-core";
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
import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { calibrationFacts } from "../calibration-facts.ts";
import { downloadReporter } from "../download-reporter.ts";
import { type ImageDatasetName, loadImages } from "../image-datasets.ts";
import type { Io } from "../io.ts";
import { formatSeconds, progress } from "../progress.ts";
import { calibrationFile, calibrationPlot } from "../report/calibration-plot.ts";
import { imageGrid } from "../report/image-grid.ts";
import { figures, htmlTable, pngImage, reportPage } from "../report/report-page.ts";
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
  readonly out: string;
  readonly force: boolean;
  readonly backend?: BackendName;
  readonly json: boolean;
}

/** Ranger's own momentum of .95 makes two players swing; .5 is what GANs are trained with since DCGAN. */
const RANGER = { learningRate: 1e-3, beta1: 0.5 };
const GENERATOR_AVERAGE = 0.99;

/** Of the images, which calibrate the discriminator. */
const HELD_OUT_SHARE = 0.1;

/** What a run that was stopped goes on from. */
const CHECKPOINTS = "checkpoints";
const LOG = "log.jsonl";

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

  const columns = Math.min(SHOWN, draws, heldOutCount);
  const shown = [heldOut.data, await raw.data<"float32">(), await samples.data<"float32">()];
  tf.dispose([real, raw, samples]);
  const png = imageGrid({ rows: shown, columns, height, width });
  const curve = calibrationPlot(calibrated.report.before, calibrated.report.after);
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
    seconds: Math.round((performance.now() - started) / 100) / 10,
    versions: versions(),
  };
  const facts = calibrationFacts(calibrated.report, info, draws);
  const summary =
    `A least-squares GAN after ${steps.toLocaleString("en")} steps on ${title}; each image of the last row was picked by a ` +
    `chain over ${chainLength} generated ones.`;
  const rowsCaption = `From above: real held-out images, the GAN's samples, the samples of MH-GAN (K = ${chainLength})`;
  const html = reportPage({
    title: `${title}: a GAN, improved by Metropolis-Hastings`,
    summary,
    sections: [
      { title: "Samples", html: figures([{ caption: rowsCaption, content: pngImage(png, rowsCaption) }]) },
      {
        title: "Calibration of the discriminator",
        html:
          `${curve}<p>On held-out images: <span class="key-before">before</span> and <span class="key-after">after</span> ${options.calibrator} calibration. On the dashed line a probability means what it says.</p>` +
          htmlTable(["", ""], facts),
      },
    ],
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
    `\nPictures: ${folder.path}/samples.png (rows: real, GAN, MH-GAN) and calibration.svg (before, after)\nReport: ${folder.path}/report.html (${formatSeconds(result.seconds)} in all)\n`,
  );
}

/** Images as floats in [−1, 1], the range of the generator. */
function scaled(bytes: Uint8Array): Float32Array {
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < data.length; i++) data[i] = bytes[i]! / 127.5 - 1;
  return data;
}
