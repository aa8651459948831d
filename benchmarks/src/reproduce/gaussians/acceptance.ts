import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { calibrationZ, type ScoreKind, standardCalibrators } from "@mhgan/calibration";
import { shippedGan } from "@mhgan/cli";
import { parseNpy } from "@mhgan/datasets";
import type { Gan } from "@mhgan/gan-core";
import { fromTfjs, useBackend } from "@mhgan/gan-core/tfjs";
import { type RandomStream, randomStream, shuffle } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import type { Study, StudyResult, StudyTable } from "../study.ts";
import { type AcceptanceFigures, calibrators } from "./acceptance-figures.ts";
import { acceptancePicture } from "./acceptance-picture.ts";
import { aucWithError } from "./auc-with-error.ts";
import { criticsOf, FAKE_SAMPLES, HELD_OUT_POINTS } from "./critics.ts";
import { chains, measuredAcceptance } from "./measured-acceptance.ts";
import { stepOfEpoch } from "./paper-epochs.ts";
import { data, recipe } from "./recipe.ts";
import { eachSnapshot } from "./snapshots.ts";
import { trainingPointsOf } from "./train.ts";
import { trainedGan } from "./trained-gan.ts";

const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
/** After which of the paper's epochs GANs are looked at, besides the finished ones: those that the study of its epochs trains too. */
const EPOCHS: readonly number[] = [10, 30, 50, 80, 120];

interface Scores {
  readonly real: Float64Array;
  readonly fake: Float64Array;
}

/** Whether chains accept 2(1 − AUC) of what they are offered, as they should if weights are calibrated. */
export const acceptance: Study = {
  name: "acceptance",
  title: "Acceptance is 2(1 − AUC) of a calibrated discriminator",
  async run(log) {
    await useBackend("wasm");
    const figures: AcceptanceFigures[] = [];
    for (const seed of SEEDS) figures.push(...(await seedFigures(seed, log)));
    figures.push(...(await imageFigures()));
    return acceptanceResult(figures);
  },
};

/** The discriminators of one seed: during training, finished, trained on and refitted. */
async function seedFigures(seed: number, log: (line: string) => void): Promise<AcceptanceFigures[]> {
  const figures: AcceptanceFigures[] = [];
  const add = (discriminator: string, scores: Scores, random: RandomStream): void => {
    figures.push(...figuresOf(discriminator, scores, "logit", random));
  };
  const random = randomStream(seed).split("acceptance");
  const steps = EPOCHS.map((epoch) => stepOfEpoch(epoch, recipe));
  await eachSnapshot(recipe, seed, steps, log, async ({ generator, discriminator }, step) => {
    const stream = random.split(step);
    const gan = fromTfjs(generator, discriminator, { output: "logit" });
    add(`own, step ${step.toLocaleString("en")}`, await scoresOf(gan, stream), stream);
  });
  const trained = await trainedGan(recipe, seed, log);
  const evaluation = randomStream(seed).split("evaluation");
  const critics = await criticsOf(trained, trainingPointsOf(recipe, randomStream(seed)), evaluation);
  add("own, finished", critics.own.scores, random.split("own"));
  add("own, trained on", critics.trainedOn.scores, random.split("trained on"));
  add("refitted", critics.refit.scores, random.split("refitted"));
  critics.dispose();
  trained.dispose();
  log(`seed ${seed}: measured`);
  return figures;
}

/** The discriminators of the GAN that comes with the command-line tool. */
async function imageFigures(): Promise<AcceptanceFigures[]> {
  const figures: AcceptanceFigures[] = [];
  for (const [name, folder, output] of [
    ["Fashion-MNIST, own", "scores", "unbounded"],
    ["Fashion-MNIST, refitted", "refit/scores", "logit"],
  ] as const) {
    figures.push(...figuresOf(name, await shippedScores(folder), output, randomStream(1).split(name)));
  }
  return figures;
}

/** What all figures say. */
function acceptanceResult(figures: readonly AcceptanceFigures[]): StudyResult {
  return {
    settings: { seeds: SEEDS, heldOutPoints: HELD_OUT_POINTS, fakeSamples: FAKE_SAMPLES, chains, recipe },
    tables: [tableOf(figures)],
    pictures: { "acceptance.svg": acceptancePicture(figures) },
  };
}

/** Raw scores of held-out points and of generated ones. */
async function scoresOf(gan: Gan<Tensor>, random: RandomStream): Promise<Scores> {
  const real = tensor2d(Float32Array.from(data.sample(HELD_OUT_POINTS, random.split("held-out data"))), [
    HELD_OUT_POINTS,
    2,
  ]);
  const fake = await gan.generate(FAKE_SAMPLES, random.split("generate"));
  const scores = {
    real: Float64Array.from(await gan.score(real)),
    fake: Float64Array.from(await gan.score(fake)),
  };
  real.dispose();
  fake.dispose();
  return scores;
}

/** Held-out scores of the GAN that comes with the command-line tool. */
async function shippedScores(folder: string): Promise<Scores> {
  const [real, fake] = await Promise.all(
    ["real", "fake"].map(async (kind) => {
      const bytes = await readFile(join(shippedGan, folder, `${kind}.npy`));
      return Float64Array.from(parseNpy(bytes).data as ArrayLike<number>);
    }),
  );
  return { real: real!, fake: fake! };
}

/** Fits on a half of the scores and measures on the other. */
function figuresOf(
  discriminator: string,
  scores: Scores,
  output: ScoreKind,
  random: RandomStream,
): AcceptanceFigures[] {
  const [realFit, real] = halves(scores.real, random.split("real half"));
  const [fakeFit, fake] = halves(scores.fake, random.split("fake half"));
  const fits = standardCalibrators({ input: output });
  return calibrators.flatMap((name) => {
    const fit = fits[name];
    // Scores without bounds are no probabilities as they are.
    if (fit === undefined) return [];
    const calibrator = fit(joined(realFit, fakeFit), labelsOf(realFit, fakeFit), {});
    // A constant shifts no decision of a chain, so the classes' numbers do not matter here.
    const [realWeights, fakeWeights] = [calibrator.logOdds(real), calibrator.logOdds(fake)];
    const { rate, error } = measuredAcceptance(realWeights, fakeWeights, random.split(name));
    const { auc, error: aucError } = aucWithError(realWeights, fakeWeights);
    const equal = fake.subarray(0, real.length);
    const prior = name === "identity" ? 0 : Math.log(fakeFit.length / realFit.length);
    const probabilities = joined(realWeights, calibrator.logOdds(equal)).map(
      (logOdds) => 1 / (1 + Math.exp(-(logOdds + prior))),
    );
    return [
      {
        discriminator,
        calibrator: name,
        measured: rate,
        measuredError: error,
        foretold: predictSelection(fakeWeights).acceptanceRate,
        byAuc: 2 * (1 - auc),
        byAucError: 2 * aucError,
        z: calibrationZ(probabilities, labelsOf(real, equal)).z,
      },
    ];
  });
}

function halves(values: Float64Array, random: RandomStream): [Float64Array, Float64Array] {
  const shuffled = Float64Array.from(shuffle(random, values));
  const middle = Math.floor(values.length / 2);
  return [shuffled.subarray(0, middle), shuffled.subarray(middle)];
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function labelsOf(real: Float64Array, fake: Float64Array): Float64Array {
  return new Float64Array(real.length + fake.length).fill(1, 0, real.length);
}

/** How many standard errors apart. */
export function distanceOf(figures: AcceptanceFigures): number {
  const { measured, measuredError, byAuc, byAucError } = figures;
  return (measured - byAuc) / Math.hypot(measuredError, byAucError);
}

const labels: Readonly<Record<AcceptanceFigures["calibrator"], string>> = {
  identity: "uncalibrated",
  platt: "Platt",
  isotonic: "isotonic",
};

function tableOf(figures: readonly AcceptanceFigures[]): StudyTable {
  const groups = new Map<string, AcceptanceFigures[]>();
  for (const each of figures) {
    const name = `${each.discriminator}: ${labels[each.calibrator]}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const rounded = (value: number): number => Number(value.toPrecision(5));
  return {
    title: "Measured and foretold",
    note: `Of calibrated weights w = p/q a stationary chain accepts ∫∫ min(p(x) q(y), p(y) q(x)), the chance that a generated sample outweighs a real one counted twice, and ties once: 2(1 − AUC). Of other weights it accepts something else, and the AUC does not notice: so a distance between the two says that weights are wrong, also where Z, which is about a mean, sees nothing. Measured: ${chains.count} chains of ${chains.steps.toLocaleString("en")} steps, after ${chains.burnIn} more, that start at held-out real samples, with scores that the calibrator was not fitted on. 2(1 − AUC) is of the same scores after calibration, a tie counting one half. From the weights: \`predictSelection\`, which sees the weights of generated samples and no real one, so it holds for any weights. Apart: the largest distance between measured and 2(1 − AUC) over the GANs, in standard errors of both; they know neither the error of the calibrator's fit nor that few generated samples carry much of the weight, as with the refitted discriminators, so that up to 5 or so is no alarm. Z: Dawid's, the largest in absolute value. Of the finished GANs the generator is averaged. GANs of ${SEEDS.length} seeds on the 25 Gaussians; the one of Fashion-MNIST comes with the command-line tool, and its own scores are no probabilities as they are.`,
    columns: [
      { name: "measured", digits: 4 },
      { name: "2(1 − AUC)", digits: 4 },
      { name: "from the weights", digits: 4 },
      { name: "apart", digits: 1 },
      { name: "Z", digits: 1 },
    ],
    rows: [...groups].map(([name, group]) => ({
      name,
      cells: [
        group.map(({ measured }) => rounded(measured)),
        group.map(({ byAuc }) => rounded(byAuc)),
        group.map(({ foretold }) => rounded(foretold)),
        [rounded(Math.max(...group.map((each) => Math.abs(distanceOf(each)))))],
        [rounded(Math.max(...group.map(({ z }) => Math.abs(z))))],
      ],
    })),
  };
}
