import { type RingOfGaussians, ringOfGaussians } from "@mhgan/datasets";
import { type CalibratedGan, calibrateGan } from "@mhgan/gan-core";
import { cosineDecay, fromTfjs, multilayerPerceptron, trainGan } from "@mhgan/gan-core/tfjs";
import { type RandomStream, randomStream, selectFromArray } from "@mhgan/mcmc";
import { modeMetrics } from "@mhgan/metrics";
import { type Tensor, type Tensor2D, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { meanOf, shareOf, totalVariationOf } from "./measure.ts";
import type { Choice, Figures, Measured, Quality } from "./messages.ts";
import { samplers } from "./samplers.ts";

/** What is to be learnt. */
export const data: RingOfGaussians = ringOfGaussians({ radius: 1.6, sd: 0.08 });

const TRAINING = 20_000;
/** Many, so that predictions are good to the third digit. */
const HELD_OUT = 40_000;
const STEPS = 1000;
const LATENT = 2;
const HIDDEN = [64, 64];
/** Points that are shown, and draws, of which the first are shown. */
const SHOWN = 2000;
const DRAWS = 4000;
/** Proposals that measure acceptance, and real samples that measure total variation. */
const MEASURED = 40_000;

/** How good some points are. */
export function qualityOf(points: ArrayLike<number>): Quality {
  const { highQualityShare, recoveredModes } = modeMetrics(points, data);
  return { highQuality: highQualityShare, modes: recoveredModes };
}

/** Fresh real points to show. */
export function realPoints(): Float32Array {
  return Float32Array.from(data.sample(SHOWN, randomStream("shown")));
}

/** A GAN that was trained and calibrated, and what it takes to measure what samplers make of it. */
export interface RingGan {
  readonly points: Float32Array;
  readonly z: { readonly before: number; readonly after: number };
  predict(choice: Choice): Figures<number>;
  /** Draws, and measures what was drawn. */
  draw(choice: Choice, signal: AbortSignal): Promise<{ points: Float32Array; measured: Figures<Measured> }>;
}

/** Trains a GAN on the ring and calibrates its discriminator: a few seconds. Same seed, same GAN. */
export async function trainRingGan(
  seed: number,
  onProgress: (progress: { step: number; totalSteps: number; points: Float32Array }) => void,
): Promise<RingGan> {
  const random = randomStream(seed);
  const real = (count: number, name: string): Float32Array =>
    Float32Array.from(data.sample(count, random.split(name)));
  const network = (inputs: number, outputs: number, name: string) =>
    multilayerPerceptron({ inputs, outputs, hidden: HIDDEN, random: random.split(name) });
  const generator = network(LATENT, 2, "generator");
  const discriminator = network(2, 1, "discriminator");
  const gan = fromTfjs(generator, discriminator, { output: "unbounded" });

  await trainGan({
    generator,
    discriminator,
    real: { data: real(TRAINING, "training data"), shape: [TRAINING, 2] },
    heldOutShare: 0, // the held-out points are a sample of their own
    steps: STEPS,
    batchSize: 128,
    learningRate: 3e-3,
    schedule: cosineDecay(),
    beta1: 0.5,
    beta2: 0.9,
    generatorAverage: 0.99,
    seed: random.split("training"),
    progressEvery: 20,
    onProgress: async ({ step, totalSteps }) =>
      // The same latents every time, so that points are seen to move.
      onProgress({
        step,
        totalSteps,
        points: await pointsOf(await gan.generate(SHOWN / 2, random.split("seen"))),
      }),
  });

  const calibrated = await calibrateGan(gan, {
    real: tensor2d(real(HELD_OUT, "held-out data"), [HELD_OUT, 2]),
    seed: random.split("calibration"),
  });
  const { before, after } = calibrated.report;
  return {
    points: await pointsOf(await gan.generate(SHOWN, random.split("plain samples"))),
    z: { before: before.z, after: after.z },
    ...(await measuring(calibrated, real(MEASURED, "measured data"), random.split("draws"))),
  };
}

/** Reads the points of a batch and frees it. */
async function pointsOf(batch: Tensor): Promise<Float32Array> {
  try {
    return await batch.data<"float32">();
  } finally {
    batch.dispose();
  }
}

/** What samplers make of a GAN: predicted from held-out scores, and measured on samples that calibration never saw. */
async function measuring(
  calibrated: CalibratedGan<Tensor>,
  real: Float32Array,
  random: RandomStream,
): Promise<Pick<RingGan, "predict" | "draw">> {
  const { gan, prediction, logWeightBound } = calibrated;
  const logWeightsOf = async (batch: Tensor): Promise<Float64Array> => {
    const scores = await gan.score(batch);
    batch.dispose();
    return calibrated.logWeights(scores);
  };
  const realLogWeights = await logWeightsOf(tidy((): Tensor2D => tensor2d(real, [MEASURED, 2])));
  const proposals = await logWeightsOf(await gan.generate(MEASURED, random.split("proposals")));

  /** Chains that go forward tell how often they accept; those that are found backward see untypical steps only. */
  const acceptanceOf = (chainLength: number): Measured => {
    const { acceptCounts } = selectFromArray(proposals, {
      selector: samplers.metropolisHastings.selector(chainLength),
      startLogWeights: realLogWeights,
      seed: random.split("forward"),
    });
    return meanOf(Float64Array.from(acceptCounts, (count) => count / chainLength));
  };

  return {
    predict({ sampler, strength }) {
      const figures = samplers[sampler].predict(prediction, strength, logWeightBound);
      if (sampler !== "metropolisHastings") return figures;
      return { acceptance: prediction.acceptanceRate, capOut: prediction.capOut(strength), ...figures };
    },

    async draw({ sampler, strength }, signal) {
      const { samples, info } = await calibrated.sample({
        draws: DRAWS,
        sampler: samplers[sampler].selector(strength),
        seed: random.split("samples"),
        signal,
      });
      const measured = {
        totalVariation: totalVariationOf(info.logWeights, realLogWeights),
        cost: meanOf(info.proposalsUsed),
      };
      return {
        points: (await pointsOf(samples)).slice(0, 2 * SHOWN),
        measured:
          sampler === "metropolisHastings"
            ? { acceptance: acceptanceOf(strength), capOut: shareOf(info.capOuts, DRAWS), ...measured }
            : measured,
      };
    },
  };
}
