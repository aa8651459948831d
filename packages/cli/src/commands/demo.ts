import { twentyFiveGaussians } from "@mhgan/datasets";
import { type BackendName, type CalibratorName, calibrateGan } from "@mhgan/gan-core";
import { cosineDecay, fromTfjs, multilayerPerceptron, trainGan, useBackend } from "@mhgan/gan-core/tfjs";
import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import { type ModeMetrics, modeMetrics } from "@mhgan/metrics";
import * as tf from "@tensorflow/tfjs-core";
import { calibrationFacts, drawFacts } from "../calibration-facts.ts";
import { type Io, UsageError } from "../io.ts";
import { formatSeconds, progress } from "../progress.ts";
import { refitDraws } from "../refit-draws.ts";
import type { EvaluationRow } from "../report/evaluation.ts";
import { predictedChains } from "../report/predicted-chains.ts";
import { predictedSamplers } from "../report/predicted-samplers.ts";
import { reportOf } from "../report/report.ts";
import type { SampleSet } from "../report/report-data.ts";
import { RunStages, type StageWriter } from "../run-stages.ts";
import { textTable } from "../text-table.ts";
import { prose } from "../wrapped.ts";

/** Options of `mhgan demo`. */
export interface DemoOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Steps of the training. */
  readonly steps: number;
  /** Samples to draw for the comparison. */
  readonly draws: number;
  /** K: the proposals that each Metropolis-Hastings chain sees. */
  readonly chainLength: number;
  /** How scores of the discriminator become probabilities. */
  readonly calibrator: CalibratorName;
  /** Steps of a fresh discriminator on the finished generator, to draw by too. */
  readonly refit?: number;
  /** Folder for `report.html` and `run.json`. */
  readonly out: string;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

const TRAINING_POINTS = 64_000;
const HELD_OUT_POINTS = 20_000;
const LATENT = 2;
const BATCH_SIZE = 256;
const LEARNING_RATE = 2e-3;

/**
 * Trains a GAN on 25 Gaussians, calibrates its discriminator and compares the GAN's samples with those that
 * Metropolis-Hastings picks among them. Needs no network. Writes `report.html` and `run.json` into `out`.
 */
export async function runDemo(options: DemoOptions, io: Io): Promise<void> {
  const { seed, steps, draws, chainLength, calibrator, refit } = options;
  const run = await RunStages.create(options.out);
  const { stages } = await run.read();
  const others = Object.keys(stages).filter((name) => name !== "demo");
  if (others.length > 0) {
    throw new UsageError(`--out ${options.out} holds another run (${others[0]}); give another folder`);
  }
  const stage = {
    name: "demo",
    options: { seed, steps, draws, chainLength, calibrator, refit },
    inputs: [],
    force: true,
  };
  const shown = { text: "" };
  const { record } = await run.run(stage, (writer) => makeDemo(options, writer, shown, io));
  if (options.json) {
    const { options: asked, result, seconds, versions } = record;
    io.stdout.write(`${JSON.stringify({ command: "demo", ...asked, ...result, seconds, versions })}\n`);
    return;
  }
  io.stdout.write(
    prose(
      io.stdout,
      `${shown.text}Report: ${run.pathOf("report.html")} (${formatSeconds(record.seconds)} in all)\n`,
    ),
  );
}

async function makeDemo(
  options: DemoOptions,
  writer: StageWriter,
  shown: { text: string },
  io: Io,
): Promise<Record<string, unknown>> {
  const { seed, steps, draws, chainLength } = options;
  const { backend } = await useBackend(options.backend);
  const root = randomStream(seed);

  const data = twentyFiveGaussians({ standardize: true });
  const training = Float32Array.from(data.sample(TRAINING_POINTS, root.split("training data")));
  const heldOut = Float32Array.from(data.sample(HELD_OUT_POINTS, root.split("held-out data")));
  const generator = multilayerPerceptron({ inputs: LATENT, outputs: 2, random: root.split("generator") });
  const discriminator = multilayerPerceptron({ inputs: 2, outputs: 1, random: root.split("discriminator") });

  io.stderr.write(`Training a GAN on 25 Gaussians (seed ${seed}, ${backend} backend)\n`);
  const training_ = progress(io.stderr, "train", steps, "steps");
  await trainGan({
    generator,
    discriminator,
    real: { data: training, shape: [TRAINING_POINTS, 2] },
    // The held-out points are a sample of their own.
    heldOutShare: 0,
    steps,
    batchSize: BATCH_SIZE,
    learningRate: LEARNING_RATE,
    schedule: cosineDecay(),
    beta1: 0.5,
    beta2: 0.9,
    generatorAverage: 0.999,
    seed: root.split("training"),
    signal: io.signal,
    onProgress: ({ step }) => training_.update(step),
  });
  training_.finish();

  const gan = fromTfjs(generator, discriminator, { output: "unbounded" });
  const real = tf.tensor2d(heldOut, [HELD_OUT_POINTS, 2]);
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
    signal: io.signal,
    onProgress: ({ draws: done }) => sampling.update(done),
  });
  sampling.finish();
  const trained = tf.tensor2d(training, [TRAINING_POINTS, 2]);
  const refitted = options.refit
    ? await refitDraws(
        {
          gan,
          training: trained,
          heldOut: real,
          critics: 1,
          steps: options.refit,
          calibrator: options.calibrator,
          draws,
          sampler: metropolisHastings({ chainLength }),
          random: root.split("refit"),
        },
        io,
      )
    : undefined;

  const points = {
    real: data.sample(draws, root.split("fresh data")),
    gan: await raw.data<"float32">(),
    mhgan: await samples.data<"float32">(),
    refit: await refitted?.samples.data<"float32">(),
  };
  tf.dispose([real, raw, samples, trained, refitted?.samples ?? []]);
  const measure = (sample: ArrayLike<number>) =>
    modeMetrics(sample, { modes: data.modes, modeSd: data.modeSd, dimensions: 2 });
  const metrics = {
    real: measure(points.real),
    gan: measure(points.gan),
    mhgan: measure(points.mhgan),
    refit: points.refit && measure(points.refit),
  };
  const result = {
    backend,
    metrics: {
      real: figuresOf(metrics.real),
      gan: figuresOf(metrics.gan),
      mhgan: figuresOf(metrics.mhgan),
      ...(metrics.refit && { refit: figuresOf(metrics.refit) }),
    },
    capOutRate: info.capOuts / draws,
    proposals: info.proposals,
    calibration: calibrated.report,
    ...(refitted && {
      refit: {
        ...refitted.refit,
        calibration: refitted.calibration,
        selection: refitted.selection,
        proposals: refitted.info.proposals,
        capOutRate: refitted.info.capOuts / draws,
      },
    }),
  };

  const header = ["", "high quality", "modes", "JSD", "within-mode sd"];
  const mhName = `MH-GAN, K = ${chainLength}`;
  const rows = [
    tableRow("real data", metrics.real, data.scale),
    tableRow("GAN", metrics.gan, data.scale),
    tableRow(mhName, metrics.mhgan, data.scale),
    ...(metrics.refit ? [tableRow(`refit + ${mhName}`, metrics.refit, data.scale)] : []),
  ];
  const facts = [
    ...calibrationFacts(calibrated.report),
    ...drawFacts({ proposalsPerDraw: info.proposals / draws, capOutRate: info.capOuts / draws }),
  ];
  const summary =
    `High-quality points: ${percent(metrics.gan.highQualityShare)} of the GAN's samples, ` +
    `${percent(metrics.mhgan.highQualityShare)} with Metropolis-Hastings. Jensen-Shannon divergence from the data's modes: ` +
    `${metrics.gan.jensenShannon.toFixed(3)} and ${metrics.mhgan.jensenShannon.toFixed(3)}. The networks are the same.`;
  const extent = 2.4 * data.scale;
  const set = (
    name: string,
    kind: SampleSet["kind"],
    sample: ArrayLike<number>,
    caption: string,
  ): SampleSet => ({
    name,
    kind,
    caption,
    content: { points: sample, extent },
  });
  const evaluationRow = (name: string, sample: ModeMetrics, reference = false): EvaluationRow => ({
    name,
    cells: [
      sample.highQualityShare,
      sample.recoveredModes,
      sample.jensenShannon,
      sample.withinModeSd / data.scale,
    ].map((value) => ({ value })),
    ...(reference && { reference }),
  });
  const html = reportOf({
    title: "A GAN on 25 Gaussians, improved by Metropolis-Hastings",
    summary,
    sampleSets: [
      set(
        "Real data",
        "real",
        points.real,
        "What the generator is to learn: 25 small round heaps, all alike.",
      ),
      set(
        "GAN",
        "gan",
        points.gan,
        "The generator's own samples: bridges between heaps, and heaps of unequal size.",
      ),
      set(
        mhName,
        "draws",
        points.mhgan,
        "Picked among samples of the same generator: bridges should be gone.",
      ),
      ...(points.refit
        ? [
            set(
              `refit + ${mhName}`,
              "draws",
              points.refit,
              "Picked by a discriminator trained on the finished generator.",
            ),
          ]
        : []),
    ],
    evaluation: {
      columns: [
        { name: "high quality", better: "higher", digits: 1, percent: true },
        { name: "modes", better: "higher", digits: 0 },
        { name: "JSD", better: "lower", digits: 4 },
        { name: "within-mode sd", better: data.modeSd / data.scale, digits: 4 },
      ],
      rows: [
        evaluationRow("real data", metrics.real, true),
        evaluationRow("GAN", metrics.gan),
        evaluationRow(mhName, metrics.mhgan),
        ...(metrics.refit ? [evaluationRow(`refit + ${mhName}`, metrics.refit)] : []),
      ],
      caption: `Of ${draws.toLocaleString("en")} samples each. High quality: within 4 standard deviations of a mode. JSD: Jensen-Shannon divergence in nats between the share of each mode and equal shares, with all other points as a 26th bin. The within-mode sd is in units of the data before standardisation; right is 0.05.`,
    },
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
      ["training", `${steps.toLocaleString("en")} steps`],
      ["seed", String(seed)],
      ["draws", draws.toLocaleString("en")],
      ["chain length K", String(chainLength)],
      ["proposals for each draw", (info.proposals / draws).toFixed(1)],
      ["chains that never left their start", percent(info.capOuts / draws)],
      ["backend", backend],
    ],
    warnings: calibrated.report.warnings,
    manifest: result,
  });
  await writer.write("report.html", html);
  shown.text = `\n${textTable(header, rows)}\n\n${textTable(["calibration and chains", ""], facts)}\n\n${summary}\n`;
  return result;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const figuresOf = ({ highQualityShare, recoveredModes, jensenShannon, withinModeSd }: ModeMetrics) => ({
  highQualityShare,
  recoveredModes,
  jensenShannon,
  withinModeSd,
});

/** The within-mode sd is shown in the units of the grid, where the data have 0.05. */
function tableRow(name: string, metrics: ModeMetrics, scale: number): string[] {
  return [
    name,
    percent(metrics.highQualityShare),
    String(metrics.recoveredModes),
    metrics.jensenShannon.toFixed(4),
    (metrics.withinModeSd / scale).toFixed(4),
  ];
}
