import { useBackend } from "@mhgan/gan-core/tfjs";
import { integer, type RandomStream, randomStream, selectDraws, selectorOf } from "@mhgan/mcmc";
import { predictSelection, recommend } from "@mhgan/mcmc/predictions";
import { modeMetrics } from "@mhgan/metrics";
import type { Study, StudyResult } from "../study.ts";
import { CHAIN_LENGTH, type CostEntrant, costEntrants, paperChains } from "./cost-entrants.ts";
import { costPicture } from "./cost-picture.ts";
import {
  type CostFigures,
  type CriticRun,
  chainsTable,
  cheapestTable,
  costTable,
  recommendedTable,
} from "./cost-tables.ts";
import { type CriticName, type Critics, criticsOf, FAKE_SAMPLES, HELD_OUT_POINTS } from "./critics.ts";
import { GRADIENT_COST, latentEntrantsAt } from "./entrants.ts";
import { jensenShannonError } from "./jensen-shannon-error.ts";
import { DRAWS } from "./measure.ts";
import { fillPool, type ProposalPool, pointsAt } from "./proposal-pool.ts";
import { data, discriminatorTraining, recipe } from "./recipe.ts";
import { trainingPointsOf } from "./train.ts";
import { trainedGan } from "./trained-gan.ts";

const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
const POOL = 300_000;
/** How many of the pool's weights predictions are made from. */
const PILOTS = 100_000;
const LATENT_COSTS: readonly number[] = [16, 64];

/** Whose weights samplers are compared on. */
const names = ["own", "trainedOn", "refit"] as const satisfies readonly CriticName[];
const titles = {
  own: "own discriminator",
  trainedOn: "own discriminator, trained on",
  refit: "refitted discriminator",
} as const;

/** What every sampler costs on the 25 Gaussians, and how good its draws are. */
export const costGaussians: Study = {
  name: "cost-gaussians",
  title: "25 Gaussians: cost against quality",
  async run(log) {
    await useBackend("wasm");
    const runs: CriticRun[] = [];
    for (const seed of SEEDS) runs.push(...(await measureSeed(seed, log)));
    return costResult(runs);
  },
};

/** All samplers on the GAN of one seed. */
export async function measureSeed(seed: number, log: (line: string) => void): Promise<CriticRun[]> {
  const trained = await trainedGan(recipe, seed, log);
  // The critics are those of the study of the paper's table.
  const random = randomStream(seed).split("evaluation");
  const critics = await criticsOf(trained, trainingPointsOf(recipe, randomStream(seed)), random);
  const pool = await fillPool(critics, names, POOL, random.split("cost").split("pool"));
  log(`seed ${seed}: the pool is full`);
  const runs: CriticRun[] = [];
  for (const critic of names) {
    const stream = random.split("cost").split(critic);
    runs.push({ seed, critic, ...(await measureCritic(critics, critic, pool, stream)) });
    log(`seed ${seed}: ${titles[critic]}`);
  }
  critics.dispose();
  trained.dispose();
  return runs;
}

/** What the runs of all seeds say. */
export function costResult(runs: readonly CriticRun[]): StudyResult {
  const ofCritic = (critic: CriticName): CriticRun[] => runs.filter((run) => run.critic === critic);
  return {
    settings: {
      seeds: [...new Set(runs.map(({ seed }) => seed))],
      draws: DRAWS,
      pool: POOL,
      pilots: PILOTS,
      heldOutPoints: HELD_OUT_POINTS,
      fakeSamples: FAKE_SAMPLES,
      chainLength: CHAIN_LENGTH,
      recipe,
      discriminatorTraining,
    },
    tables: [
      chainsTable(runs, titles),
      recommendedTable(runs, titles),
      cheapestTable(names.map((critic) => ({ title: titles[critic], runs: ofCritic(critic) }))),
      ...names.map((critic) => costTable(titles[critic], ofCritic(critic))),
    ],
    pictures: Object.fromEntries(
      names.map((critic) => [
        `cost-gaussians-${critic === "trainedOn" ? "trained-on" : critic}.svg`,
        costPicture(titles[critic], ofCritic(critic)),
      ]),
    ),
  };
}

/** All samplers on the weights of one critic. */
async function measureCritic(
  critics: Critics,
  critic: CriticName,
  pool: ProposalPool,
  random: RandomStream,
): Promise<Omit<CriticRun, "seed" | "critic">> {
  const { logWeightBound, realLogWeights } = critics[critic];
  const logWeights = pool.logWeights[critic]!;
  const pilots = logWeights.subarray(0, PILOTS);
  const prediction = predictSelection(pilots);
  const target = {
    proposeBatch: (streams: readonly RandomStream[]) => streams.map((stream) => integer(stream, POOL)),
    logWeightBatch: (numbers: readonly number[]) => numbers.map((number) => logWeights[number]!),
  };
  const draw = async (
    entrant: CostEntrant,
    seed: RandomStream,
  ): Promise<CostFigures & { picked: readonly number[] }> => {
    const { draws, proposals, proposalsUsed, capOuts } = await selectDraws<number>(target, {
      draws: DRAWS,
      selector: entrant.selector,
      seed,
      start: (stream) => ({ logWeight: realLogWeights[integer(stream, realLogWeights.length)]! }),
      logWeightBound,
      pilotLogWeights: pilots,
      batchSize: 4096,
    });
    const cost = proposalsUsed.reduce((sum, used) => sum + used, 0) / DRAWS;
    const { family, name, predicted } = entrant;
    return {
      family,
      name,
      cost,
      calls: proposals / DRAWS,
      capOuts: capOuts / DRAWS,
      totalVariation: predicted.totalVariation,
      ...qualityOf(pointsAt(pool, draws)),
      picked: draws,
    };
  };

  const figures: CostFigures[] = [];
  const add = ({ picked, ...rest }: CostFigures & { picked: readonly number[] }): readonly number[] => {
    figures.push(rest);
    return picked;
  };
  const raw = pointsAt(
    pool,
    Array.from({ length: DRAWS }, (_, i) => PILOTS + i),
  );
  figures.push({ family: "the GAN itself", name: "the GAN itself", cost: 1, calls: 1, ...qualityOf(raw) });
  // The same seed: the draws should be the same.
  const [forward, backward] = paperChains(prediction, logWeightBound);
  const forwardPicks = add(await draw(forward!, random.split("chains")));
  const backwardPicks = add(await draw(backward!, random.split("chains")));
  const same = forwardPicks.every((number, i) => number === backwardPicks[i]);
  for (const entrant of costEntrants(prediction, logWeightBound)) {
    add(await draw(entrant, random.split(entrant.name)));
  }
  const { totalVariation } = forward!.predicted;
  const wanted = { "TV of K = 640": Math.max(totalVariation, 1e-9), "TV .01": 0.01 };
  const recommendations = [];
  for (const [name, wantedTotalVariation] of Object.entries(wanted)) {
    const choice = recommend(
      pilots,
      { totalVariation: wantedTotalVariation },
      { logWeightBound, start: "target" },
    );
    const entrant = {
      family: `recommended, ${name}`,
      name: `recommended, ${name}`,
      selector: selectorOf(choice),
      predicted: choice,
    };
    add(await draw(entrant, random.split(entrant.name)));
    recommendations.push({ wanted: wantedTotalVariation, choice: describe(choice) });
  }
  if (critic === "own") {
    for (const cost of LATENT_COSTS) {
      for (const { name, sampler } of latentEntrantsAt(cost)) {
        if (!("run" in sampler)) continue;
        const { samples, info } = await critics[critic].sample({
          draws: DRAWS,
          sampler,
          seed: random.split(name).split(cost),
        });
        const { evaluations, gradientEvaluations } = info.statistics;
        const calls = (evaluations + GRADIENT_COST * gradientEvaluations) / DRAWS;
        const quality = qualityOf(await samples.data());
        samples.dispose();
        figures.push({ family: name, name: `${name}, about ${cost}`, cost: calls, calls, ...quality });
      }
    }
  }
  return {
    maximumWeight: Math.exp(logWeightBound - prediction.logMeanWeight),
    acceptanceRate: prediction.acceptanceRate,
    same,
    recommendations,
    figures,
  };
}

function describe(choice: { readonly selector: string; readonly options: object }): string {
  const options = Object.entries(choice.options)
    .filter(([name]) => name !== "restart")
    .map(([name, value]) => `${name} ${Number((value as number).toPrecision(3))}`);
  return [choice.selector, ...options].join(", ");
}

function qualityOf(points: ArrayLike<number>) {
  const metrics = modeMetrics(points, { modes: data.modes, modeSd: data.modeSd, dimensions: 2 });
  return {
    highQualityShare: metrics.highQualityShare,
    withinModeSd: metrics.withinModeSd / data.scale,
    jensenShannon: metrics.jensenShannon,
    jensenShannonError: jensenShannonError(metrics.counts, metrics.unassigned),
  };
}
