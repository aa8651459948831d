import type { CalibrationReport } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { memory } from "@tensorflow/tfjs-core";
import type { Study } from "../study.ts";
import { type CriticName, criticsOf, FAKE_SAMPLES, HELD_OUT_POINTS } from "./critics.ts";
import {
  budgets,
  compared,
  type Entrant,
  entrantsAt,
  exactEntrants,
  latentEntrantsAt,
  paperEntrants,
} from "./entrants.ts";
import { gradientCost } from "./gradient-cost.ts";
import { DRAWS, measure } from "./measure.ts";
import { paperRows } from "./paper.ts";
import { qualityOf } from "./quality.ts";
import { data, discriminatorTraining, recipe } from "./recipe.ts";
import { Rows } from "./rows.ts";
import { trainingPointsOf } from "./train.ts";
import { trainedGan } from "./trained-gan.ts";

const SEEDS: readonly number[] = [1, 2, 3, 4, 5];

/** The 25 Gaussians of the MH-GAN paper: its table with more samplers, and all samplers at equal cost. */
export const gaussians: Study = {
  name: "gaussians",
  title: "25 Gaussians, as in the MH-GAN paper",
  async run(log) {
    await useBackend("wasm");
    const paper = new Rows();
    const exact = new Rows();
    const comparisons = compared.flatMap((critic) =>
      budgets.map((budget) => ({ critic, budget, rows: new Rows() })),
    );
    const seeds: unknown[] = [];
    for (const seed of SEEDS) {
      const trained = await trainedGan(recipe, seed, log);
      const { gan, trainingSeconds } = trained;
      const random = randomStream(seed).split("evaluation");
      paper.add("true points", qualityOf(data.sample(DRAWS, random.split("true points"))));
      const raw = await gan.generate(DRAWS, random.split("raw samples"));
      paper.add("GAN", { ...qualityOf(await raw.data()), callsPerDraw: 1 });
      raw.dispose();

      const training = trainingPointsOf(recipe, randomStream(seed));
      const critics = await criticsOf(trained, training, random);
      const run = async (table: string, rows: Rows, entrants: readonly Entrant[]): Promise<void> => {
        for (const entrant of entrants) {
          log(`seed ${seed}: ${table}: ${entrant.name}`);
          rows.add(entrant.name, await measure(entrant, critics, random.split(table).split(entrant.name)));
        }
      };
      await run("paper", paper, paperEntrants);
      await run("exact", exact, exactEntrants);
      for (const { critic, budget, rows } of comparisons) {
        const table = `${critic}, ${budget} calls`;
        const prediction = predictSelection(critics[critic].pilotLogWeights);
        await run(table, rows, entrantsAt(budget, critic, prediction));
        if (critic === "own") await run(table, rows, latentEntrantsAt(budget));
      }

      const calibration = { own: summaryOf(critics.own.report), refit: summaryOf(critics.refit.report) };
      seeds.push({ seed, trainingSeconds, ...calibration, gradientCost: await gradientCost(gan) });
      critics.dispose();
      trained.dispose();
      log(`seed ${seed}: ${memory().numTensors} tensors left`);
    }
    for (const [name, quality] of Object.entries(paperRows)) paper.add(name, quality);

    const fixed = {
      draws: DRAWS,
      heldOutPoints: HELD_OUT_POINTS,
      fakeSamples: FAKE_SAMPLES,
      recipe,
      discriminatorTraining,
    };
    const tables = [
      paper.table("The paper's table", PAPER_NOTE),
      ...comparisons.map(({ critic, budget, rows }) =>
        rows.table(`About ${budget} generator calls a draw, ${criticTitles[critic]}`, COST_NOTE),
      ),
      exact.table(`Exact samplers at the cost they have, ${criticTitles.own}`, COST_NOTE),
    ];
    return { settings: { ...fixed, seeds }, tables };
  },
};

/** What of a calibration report explains a row. */
function summaryOf({ auc, meanWeight, maxWeight, predictedAcceptance, before, after }: CalibrationReport) {
  return { auc, meanWeight, maxWeight, predictedAcceptance, z: { before: before.z, after: after.z } };
}

const PAPER_NOTE = `${DRAWS.toLocaleString("en")} draws a row, GANs of ${SEEDS.length} seeds. High quality: within 4 sd of a mode. JSD in nats, with all other points as a 26th bin. Within-mode sd in the units in which the data have 0.05. Calls: samples generated for one draw. DRS is that of the paper: first accepted of 640, γ the 95th percentile. The paper's rows are its GAN after 150 epochs, one seed.`;

const criticTitles: Readonly<Record<CriticName, string>> = {
  identity: "own discriminator, uncalibrated",
  own: "own discriminator",
  trainedOn: "own discriminator, trained on",
  refit: "refitted discriminator",
};

const COST_NOTE =
  "TV: total variation between the law of a draw and the target that the calibrated weights define, foretold from the weights of other samples. Calls are more than proposals where samples are made in blocks. A gradient is one evaluation forward and backward, taken as 3 calls when steps were chosen.";
