import { evaluateSamples, type QualityFigure } from "@mhgan/cli";
import {
  discriminatorTransport,
  gradientFlow,
  type LatentSampler,
  latentIteratedSirMala,
  latentMala,
} from "@mhgan/gan-core";
import { metropolisHastings, type RandomStream, randomStream, selectFromArray } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Features } from "@mhgan/metrics";
import { samePicks } from "../same-picks.ts";
import type { Cell, Study, StudyTable } from "../study.ts";
import {
  type CostEntrant,
  type CostGroup,
  groupFor,
  LONG_CHAIN,
  longChains,
  type PredictedCurve,
  predictedCurves,
  type Weights,
} from "./cost-entrants.ts";
import { costPicture, type MeasuredPoint, predictedCostPicture } from "./cost-pictures.ts";
import { type CriticName, criticTitles, type JudgedGan, judgedGan } from "./judged-gan.ts";
import { fillPool, judgedRows, type Pool } from "./pool.ts";
import { columnsOf, intervalCell, type QualityColumn, qualityCells, rounded } from "./quality-table.ts";
import { shippedCritics } from "./shipped-critics.ts";

const SEED = 1;
const DRAWS = 1000;
/** Enough for the draws of an exact sampler by the critics whose largest weight is some 130. */
const PROPOSALS = 180_000;
/** Proposals by which rules are made and costs foretold. */
const PILOTS = 20_000;
/** A total variation that few will see. */
const CLOSE = 0.05;
/** What a draw may cost where it has to be cheap. */
const PRICE = 16;

const columns: readonly QualityColumn[] = [
  { key: "frechetDistance", name: "Fréchet distance", digits: 1 },
  { key: "precision", name: "precision", digits: 3 },
  { key: "recall", name: "recall", digits: 3 },
  { key: "coverage", name: "coverage", digits: 3 },
];

/** Samplers that move through the latent space, with as many steps as cost some 30 proposals, else as published. */
const latentSamplers: Readonly<Record<string, LatentSampler>> = {
  "latentMala, tuned, 10 steps": latentMala({ stepSize: "tuned", steps: 10 }),
  "latentIteratedSirMala, 2 steps": latentIteratedSirMala({ localSteps: 1, steps: 2 }),
  "gradientFlow, 10 steps": gradientFlow({ steps: 10 }),
  "discriminatorTransport, 10 steps": discriminatorTransport({ steps: 10 }),
};

/** About what one evaluation with a gradient costs, in evaluations without. */
const GRADIENT_COST = 3;

const PLAIN = "GAN";

const NOTE = `${DRAWS.toLocaleString("en")} draws a row; empty where they would take more than ${PROPOSALS.toLocaleString("en")} proposals. ± is half the width of the 95 % interval, of proposals the standard error. Foretold from ${PILOTS.toLocaleString("en")} pilots: proposals a draw, also as a share of ${LONG_CHAIN}, and TV, the total variation from the law that the calibrated weights define. Class JSD: between the shares of the classes that the judge names, in nats. Change: of the Fréchet distance from that of K = ${LONG_CHAIN}, paired. Samplers stand in the order in which they are recommended, forward chains last.`;

/** Cost against quality of all samplers on images, by its discriminator and by critics, whose largest weights are about 100 and 130. */
export const costFashionMnist: Study = {
  name: "cost-fashion-mnist",
  title: "Fashion-MNIST: what a draw costs, and how good it is",
  async run(log) {
    const random = randomStream(SEED).split("cost on images");
    const judged = await judgedGan((folder) => shippedCritics(folder, random.split("critics")));
    const { folder, critics, refit, judge } = judged;
    const pool = await fillPool({
      gan: folder.gan,
      critics,
      classes: refit.classes,
      judge,
      count: PROPOSALS + DRAWS + PILOTS,
      random: random.split("proposals"),
      log,
    });
    const tables: StudyTable[] = [];
    const points: MeasuredPoint[] = [];
    const curves: PredictedCurve[] = [];
    const summaries: Record<string, unknown> = {};
    for (const critic of Object.keys(criticTitles) as CriticName[]) {
      const found = await compare(critic, judged, pool, random.split(critic), log);
      tables.push(...found.tables);
      points.push(...found.points);
      curves.push(...found.curves);
      summaries[critic] = found.summary;
    }
    const [first, ...others] = tables;
    return {
      settings: {
        gan: folder.record,
        judge: { testAccuracy: judge.testAccuracy, sha256: judge.sha256 },
        seed: SEED,
        draws: DRAWS,
        proposals: PROPOSALS,
        pilots: PILOTS,
        critics: summaries,
      },
      tables: [{ ...first!, note: `${NOTE} ${first!.note}` }, ...others],
      figures: { predicted: curves },
      pictures: {
        "cost-fashion-mnist.svg": costPicture(points),
        "cost-fashion-mnist-predicted.svg": predictedCostPicture(curves),
      },
    };
  },
};

/** All samplers by one critic. */
async function compare(
  critic: CriticName,
  judged: JudgedGan,
  pool: Pool,
  random: RandomStream,
  log: (line: string) => void,
) {
  const { critics, judgeClasses, real } = judged;
  const calibrated = critics[critic];
  const all = pool.logWeights[critic];
  const logWeights = all.subarray(0, PROPOSALS);
  const weights: Weights = {
    pilots: all.slice(PROPOSALS + DRAWS),
    logWeightBound: calibrated.logWeightBound,
  };
  const [forwardChain, backwardChain] = longChains(weights);
  const { totalVariation } = forwardChain.predicted;
  const groups: readonly CostGroup[] = [
    groupFor(`as close as a chain of ${LONG_CHAIN}`, weights, { totalVariation }),
    groupFor(`at a total variation of ${CLOSE}`, weights, { totalVariation: CLOSE }),
    groupFor(`for ${PRICE} proposals`, weights, { proposalsPerDraw: PRICE }),
  ];

  // Forward and backward chains of the same numbers are the same draws, so the draws of the one are measured for both.
  const same = samePicks(logWeights, {
    selector: metropolisHastings({ chainLength: LONG_CHAIN, restart: "never" }),
    chainLength: LONG_CHAIN,
    startLogWeights: calibrated.realLogWeights,
    logWeightBound: calibrated.logWeightBound,
    random: random.split("same picks"),
  });
  if (same.identical < same.chains) {
    throw new Error(`${same.chains - same.identical} of ${same.chains} chains differ if found backward`);
  }

  const plain = Uint32Array.from({ length: DRAWS }, (_, i) => PROPOSALS + i);
  const sets: Record<string, Features> = {};
  const costs: Record<string, { readonly value: number; readonly error: number }> = {};
  const draw = ({ name, selector }: CostEntrant): void => {
    if (name in sets) return;
    const { picked, proposalsUsed } = selectFromArray(logWeights, {
      selector,
      seed: random.split(name),
      draws: DRAWS,
      startLogWeights: calibrated.realLogWeights,
      logWeightBound: calibrated.logWeightBound,
      pilotLogWeights: weights.pilots,
    });
    if (picked.length < DRAWS) return;
    sets[name] = judgedRows(pool, picked);
    costs[name] = meanAndError(proposalsUsed);
  };
  draw(backwardChain);
  if (!(backwardChain.name in sets)) throw new Error(`${PROPOSALS} proposals are not enough`);
  sets[PLAIN] = judgedRows(pool, plain);
  for (const { entrants } of groups) for (const entrant of entrants) draw(entrant);

  const latentCosts: Record<string, number> = {};
  // The critics look through a network of their own, which makes gradients too dear.
  for (const [name, sampler] of critic === "own discriminator" ? Object.entries(latentSamplers) : []) {
    log(`${critic}: ${name}`);
    const options = { draws: DRAWS, sampler, seed: random.split(name), batchSize: 256 };
    const { samples, info } = await calibrated.sample(options);
    const { evaluations, gradientEvaluations } = info.statistics;
    sets[name] = await judged.judge.look({
      data: Float32Array.from(await samples.data()),
      shape: samples.shape,
    });
    samples.dispose();
    latentCosts[name] = (evaluations + GRADIENT_COST * gradientEvaluations) / DRAWS;
  }

  log(`${critic}: evaluation of ${Object.keys(sets).length} sets`);
  const { floor, sets: qualities } = await evaluateSamples({
    real,
    sets,
    random: random.split("halves"),
    rows: DRAWS,
  });
  const measured = new Map(qualities.map((quality) => [quality.name, quality]));
  const realShares = judgeClasses.shares(real);
  const measuredCells = (name: string): Cell[] => {
    const set = measured.get(name);
    if (set === undefined) return [...columns.map(() => ""), "", ""];
    return [
      ...qualityCells(set.quality, columns),
      [rounded(judgeClasses.divergence(sets[name]!, realShares))],
      set.difference ? intervalCell(set.difference.frechetDistance) : "",
    ];
  };
  const shareOfLong = (cost: number): Cell => [rounded(cost / LONG_CHAIN)];
  const row = ({ name, predicted }: CostEntrant, group?: CostGroup) => ({
    name: name === group?.recommended ? `${name} (recommended)` : name,
    cells: [
      name === forwardChain.name ? [LONG_CHAIN] : (costs[name] ?? ""),
      [rounded(predicted.proposalsPerDraw)],
      shareOfLong(predicted.proposalsPerDraw),
      [rounded(predicted.totalVariation)],
      ...measuredCells(name === forwardChain.name ? backwardChain.name : name),
    ],
  });
  const title = criticTitles[critic];
  const { report } = calibrated;
  const meanWeight = Math.exp(predictSelection(weights.pilots).logMeanWeight);
  const table = (of: string, note: string, rows: StudyTable["rows"]): StudyTable => ({
    title: `${title}, ${of}`,
    note,
    columns: [
      { name: "proposals a draw", digits: 1 },
      { name: "foretold", digits: 1 },
      { name: `of ${LONG_CHAIN}`, digits: 3 },
      { name: "TV", digits: 4 },
      ...columnsOf(columns),
      { name: "class JSD", digits: 4 },
      { name: "change", digits: 1 },
    ],
    rows,
  });
  const plainRows: StudyTable["rows"] = [
    { name: "real images", cells: ["", "", "", "", ...qualityCells(floor.quality, columns), "", ""] },
    { name: PLAIN, cells: [[1], "", "", "", ...measuredCells(PLAIN)] },
  ];
  const chains = [forwardChain, backwardChain];
  const tables = groups.map((group, number) =>
    table(
      group.title,
      number === 0
        ? `AUC ${report.auc.toFixed(3)}, largest weight ${report.maxWeight.toFixed(1)}, mean weight of the pilots ${meanWeight.toFixed(3)}. The picks of ${same.chains} chains were found forward and backward: all are identical, so both have the same draws.`
        : "",
      [
        ...(number === 0 ? [...plainRows, ...chains.map((chain) => row(chain, group))] : []),
        ...group.entrants
          .filter(({ name }) => !chains.some((chain) => chain.name === name))
          .map((entrant) => row(entrant, group)),
      ],
    ),
  );
  if (Object.keys(latentCosts).length > 0) {
    tables.push(
      table(
        "through the latent space",
        `A gradient counts as ${GRADIENT_COST} proposals.`,
        Object.entries(latentCosts).map(([name, cost]) => ({
          name,
          cells: [[rounded(cost)], "", shareOfLong(cost), "", ...measuredCells(name)],
        })),
      ),
    );
  }

  const entrants = [forwardChain, backwardChain, ...groups.flatMap((group) => group.entrants)];
  const points: MeasuredPoint[] = [...new Map(entrants.map((each) => [each.name, each])).values()].flatMap(
    ({ name, family, predicted }) => {
      const set = measured.get(name === forwardChain.name ? backwardChain.name : name);
      if (set === undefined) return [];
      return [pointOf(title, family, predicted.proposalsPerDraw, set.quality.frechetDistance)];
    },
  );
  for (const [name, cost] of [...Object.entries(latentCosts), [PLAIN, 1] as const]) {
    const family = name === PLAIN ? "GAN" : "latent";
    points.push(pointOf(title, family, cost, measured.get(name)!.quality.frechetDistance));
  }
  return {
    tables,
    points,
    curves: predictedCurves(title, weights),
    summary: {
      auc: report.auc,
      maxWeight: report.maxWeight,
      meanWeight: rounded(meanWeight),
      chainsComparedBackward: same.chains,
      recommended: Object.fromEntries(groups.map(({ title, recommended }) => [title, recommended])),
    },
  };
}

function pointOf(
  critic: string,
  family: MeasuredPoint["family"],
  cost: number,
  { estimate, lower, upper }: QualityFigure,
): MeasuredPoint {
  return {
    critic,
    family,
    cost: rounded(cost),
    distance: rounded(estimate),
    lower: rounded(lower),
    upper: rounded(upper),
  };
}

function meanAndError(values: Uint32Array): { readonly value: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    value: rounded(mean),
    error: rounded(Math.sqrt(squares / (values.length - 1) / values.length)),
  };
}
