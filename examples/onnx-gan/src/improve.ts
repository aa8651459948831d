import { fileURLToPath } from "node:url";
import { type CalibratedGan, calibrateGan } from "@mhgan/gan-core";
import { fromOnnx, type OnnxGan } from "@mhgan/gan-core/onnx";
import { budgetedRejection, metropolisHastings, randomStream } from "@mhgan/mcmc";
import { grid, type Quality, qualityOf } from "./quality.ts";

type Calibrated = CalibratedGan<Awaited<ReturnType<OnnxGan["generate"]>>>;

export interface Improvement {
  readonly report: Calibrated["report"];
  readonly prediction: ReturnType<Calibrated["predict"]>;
  readonly recommendation: ReturnType<Calibrated["recommend"]>;
  readonly rows: readonly {
    readonly name: string;
    readonly proposalsPerDraw: number | undefined;
    readonly quality: Quality;
  }[];
}

export const chainLength = 100;
export const budget = 1 / 4;

/** The file of a model. */
export const modelFile = (name: string): string =>
  fileURLToPath(new URL(`../models/${name}.onnx`, import.meta.url));

/** Loads the GAN, calibrates its discriminator, says what sampling will cost, samples, and measures what came of it. */
export async function improve(options: {
  readonly heldOut: number;
  readonly draws: number;
  readonly seed: number;
}): Promise<Improvement> {
  const { heldOut, draws } = options;
  const random = randomStream(options.seed);
  const gan = await fromOnnx({
    generator: modelFile("generator"),
    discriminator: modelFile("discriminator"),
    output: "logit",
  });
  try {
    // Points that training never saw: here they are drawn anew; of a data set, set some aside before training.
    const real = { data: grid.sample(heldOut, random.split("held out")), shape: [heldOut, 2] };
    const calibrated = await calibrateGan(gan, { real, seed: random.split("calibration") });

    const rows: Improvement["rows"][number][] = [];
    const measure = (name: string, points: ArrayLike<number>, used?: Uint32Array): void => {
      const proposalsPerDraw = used && used.reduce((sum, count) => sum + count, 0) / draws;
      rows.push({ name, proposalsPerDraw, quality: qualityOf(points, random.split(`quality ${name}`)) });
    };
    measure("real", grid.sample(draws, random.split("real")));
    measure("GAN", (await gan.generate(draws, random.split("plain"))).data, new Uint32Array(draws).fill(1));
    for (const [name, sampler] of [
      [`Metropolis-Hastings, K = ${chainLength}`, metropolisHastings({ chainLength })],
      [`budgeted rejection, budget ${budget}`, budgetedRejection({ budget })],
    ] as const) {
      const { samples, info } = await calibrated.sample({ draws, sampler, seed: random.split(name) });
      measure(name, samples.data, info.proposalsUsed);
    }
    return {
      report: calibrated.report,
      prediction: calibrated.predict({ chainLength }),
      recommendation: calibrated.recommend({ totalVariation: 0.01 }),
      rows,
    };
  } finally {
    await gan.release();
  }
}
