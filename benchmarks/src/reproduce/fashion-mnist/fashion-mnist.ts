import { evaluateSamples } from "@mhgan/cli";
import {
  metropolisHastings,
  randomStream,
  rejection,
  type Selector,
  selectFromArray,
  stratifiedAcceptance,
} from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Features } from "@mhgan/metrics";
import * as tf from "@tensorflow/tfjs-core";
import type { Cell, Study } from "../study.ts";
import { calibrationColumns, calibrationStages } from "./calibration-table.ts";
import { type CriticName, criticTitles, type JudgedGan, judgedGan } from "./judged-gan.ts";
import { calibrationPicture, imagesPicture, scoresPicture } from "./pictures.ts";
import { fillPool, judgedRows } from "./pool.ts";
import { columnsOf, qualityCells, qualityColumns, rounded } from "./quality-table.ts";
import { REFIT, refitCritic } from "./refit-critic.ts";
import { budgets, selectionsAt } from "./selections.ts";

const SEED = 1;
const DRAWS = 5000;
/** OBRS takes its budget in the mean only. */
const PROPOSALS = Math.ceil(1.1 * Math.max(...budgets) * DRAWS);
/** Proposals by which rules are made. */
const PILOTS = 20_000;
/** Images in a row of the picture. */
const SHOWN = 15;
const CHAIN_LENGTH = 640;
/** As many real as generated ones, of which neither critics nor calibrators have seen any. */
const CALIBRATED = 10_000;

/** The tutorial's figure, and how much selection betters an image GAN, judged by a classifier that no critic has seen. */
export const fashionMnist: Study = {
  name: "fashion-mnist",
  title: "Fashion-MNIST: a GAN of 20,000 steps, judged by a network that no critic has seen",
  async run(log) {
    const random = randomStream(SEED).split("image GAN");
    const judged = await judgedGan((folder) => refitCritic(folder, random.split("refit"), log));
    const { folder, critics, refit, judge, judgeClasses, real } = judged;
    const pool = await fillPool({
      gan: folder.gan,
      critics,
      classes: refit.classes,
      judge,
      count: PROPOSALS + DRAWS + PILOTS,
      random: random.split("proposals"),
      log,
    });
    // Plain samples are proposals that no selection sees.
    const plainRows = Uint32Array.from({ length: DRAWS }, (_, i) => PROPOSALS + i);
    const sets: Record<string, Features> = { GAN: judgedRows(pool, plainRows) };
    const costs: Record<string, number> = { GAN: 1 };
    const classShares = sharesOf(await refit.classes(folder.heldOut));
    let byClass: Int32Array = new Int32Array(0);
    for (const critic of Object.keys(criticTitles) as CriticName[]) {
      const all = pool.logWeights[critic];
      const [logWeights, pilots] = [all.subarray(0, PROPOSALS), all.subarray(PROPOSALS + DRAWS)];
      const select = (name: string, weights: Float64Array, selector: Selector, bound: number): Int32Array => {
        const { picked, proposalsUsed } = selectFromArray(weights, {
          selector,
          seed: random.split(critic).split(name),
          draws: DRAWS,
          logWeightBound: bound,
          pilotLogWeights: pilots,
        });
        if (picked.length < DRAWS) throw new Error(`${name}: ${PROPOSALS} proposals are not enough`);
        const label = `${criticTitles[critic]}, ${name}`;
        sets[label] = judgedRows(pool, picked);
        costs[label] = proposalsUsed.reduce((sum, count) => sum + count, 0) / DRAWS;
        return picked;
      };
      for (const budget of budgets) {
        for (const { name, selector, usesBound } of selectionsAt(budget)) {
          select(name, logWeights, selector, usesBound ? critics[critic].logWeightBound : Infinity);
        }
        const { acceptance } = stratifiedAcceptance(pilots, pool.classes.subarray(PROPOSALS + DRAWS), {
          shares: classShares,
          budget: 1 / budget,
        });
        // Probabilities of acceptance are weights of which none is above 1.
        const accepted = logWeights.map((logWeight, i) => Math.log(acceptance(logWeight, pool.classes[i]!)));
        byClass = select(`OBRS by class, 1/${budget}`, accepted, rejection(), 0);
      }
    }
    // As long a chain as the paper's is found backward, from so many proposals that the pool is enough for some of the draws only.
    const own = critics["own discriminator"];
    const longChains = selectFromArray(pool.logWeights["own discriminator"].subarray(0, PROPOSALS), {
      selector: metropolisHastings({ chainLength: CHAIN_LENGTH }),
      seed: random.split("long chains"),
      startLogWeights: own.realLogWeights,
      logWeightBound: own.logWeightBound,
    }).picked.filter((row) => row >= 0);

    let shown = 0;
    const { floor, sets: qualities } = await evaluateSamples({
      real,
      sets,
      random: random.split("halves"),
      rows: DRAWS,
      onProgress: ({ done, total }) => {
        if (done % 11 === 0 && done > shown) log(`evaluation: ${done} of ${total}`);
        shown = done;
      },
    });
    const realShares = judgeClasses.shares(real);
    const divergence = (set: Features): Cell => [rounded(judgeClasses.divergence(set, realShares))];

    const calibration = await calibrationOf(judged, pool.scores, PROPOSALS + DRAWS);
    const cost = (name: string): Cell => [rounded(costs[name]!)];
    const costColumn = { name: "proposals a draw", digits: 1 };
    const columns = [costColumn, ...columnsOf(qualityColumns)];
    const scoresAt = (rows: ArrayLike<number>): Float64Array =>
      Float64Array.from(rows, (row) => pool.scores["own discriminator"][row]!);
    return {
      settings: {
        gan: folder.record,
        judge: { testAccuracy: judge.testAccuracy, sha256: judge.sha256 },
        seed: SEED,
        draws: DRAWS,
        pilots: PILOTS,
        refit: { ...REFIT, chosenProposalsPerDraw: refit.chosenProposalsPerDraw },
        classShares: { real: threeDigits(classShares), generated: threeDigits(sharesOf(pool.classes)) },
      },
      tables: [
        {
          title: "Quality",
          note: `${DRAWS.toLocaleString("en")} samples a row against as many test images; the judge names ${(100 * judge.testAccuracy).toFixed(1)} % of them rightly. ± is half the width of the 95 % interval. Class JSD: between the shares of the classes that the judge names, in nats.`,
          columns: [...columns, { name: "class JSD", digits: 4 }],
          rows: [
            { name: "real images", cells: ["", ...qualityCells(floor.quality), ""] },
            ...qualities.map(({ name, quality }) => ({
              name,
              cells: [cost(name), ...qualityCells(quality), divergence(sets[name]!)],
            })),
          ],
        },
        {
          title: "Change from the plain GAN",
          note: "Paired by groups of rows, which makes them surer than the figures.",
          columns,
          rows: qualities.flatMap(({ name, difference }) =>
            difference ? [{ name, cells: [cost(name), ...qualityCells(difference)] }] : [],
          ),
        },
        {
          title: "Calibration",
          note: `On the ${CALIBRATED.toLocaleString("en")} test images and as many fresh samples, which neither fitted nor chose anything. Before: the score of the least-squares discriminator as a probability, clipped to [0, 1]; that of the critics through a sigmoid. ECE over 10 bins. Z is standard normal for calibrated probabilities.`,
          columns: calibrationColumns,
          rows: calibration.map(({ critic, stage, cells }) => ({ name: `${critic}, ${stage}`, cells })),
        },
        {
          title: "Critics",
          note: "Weights of samples are p/q by the calibrated critic. Effective share: Kish's sample size of the samples as weighted ones.",
          columns: [
            { name: "AUC", digits: 3 },
            { name: "mean weight", digits: 3 },
            { name: "largest weight", digits: 1 },
            { name: "effective share", digits: 3 },
          ],
          rows: (Object.keys(criticTitles) as CriticName[]).map((name) => {
            const { report, pilotLogWeights } = critics[name];
            const share = predictSelection(pilotLogWeights).relativeEffectiveSampleSize;
            const figures = [report.auc, report.meanWeight, report.maxWeight, share];
            return { name: criticTitles[name], cells: figures.map((figure) => [rounded(figure)]) };
          }),
        },
      ],
      pictures: {
        "fashion-mnist.png": imagesPicture(
          [
            folder.test.data,
            await pool.images(plainRows.subarray(0, SHOWN)),
            await pool.images(longChains.subarray(0, SHOWN)),
            await pool.images(byClass.subarray(0, SHOWN)),
          ],
          SHOWN,
        ),
        "fashion-mnist-calibration.svg": calibrationPicture(calibration),
        "fashion-mnist-scores.svg": scoresPicture({
          "real images": await testScores(judged, "own discriminator"),
          GAN: scoresAt(plainRows),
          [`MH-GAN, K = ${CHAIN_LENGTH}`]: scoresAt(longChains),
        }),
      },
    };
  },
};

/** Both critics before and after calibration. */
async function calibrationOf(
  judged: JudgedGan,
  scores: Readonly<Record<CriticName, Float64Array>>,
  first: number,
) {
  const stagesOf = async (name: CriticName, asProbability: (score: number) => number) =>
    calibrationStages(
      criticTitles[name],
      judged.critics[name],
      {
        real: await testScores(judged, name),
        fake: scores[name].slice(first, first + CALIBRATED),
      },
      asProbability,
    );
  return [
    ...(await stagesOf("own discriminator", (score) => Math.min(1, Math.max(0, score)))),
    ...(await stagesOf("refit", (score) => 1 / (1 + Math.exp(-score)))),
  ];
}

/** Raw scores of the test images. */
async function testScores({ folder, critics }: JudgedGan, name: CriticName): Promise<Float64Array> {
  const { data, shape } = folder.test;
  const images = tf.tensor(data.subarray(0, (CALIBRATED * data.length) / shape[0]!), [
    CALIBRATED,
    ...shape.slice(1),
  ]);
  const scores = Float64Array.from(await critics[name].gan.score(images));
  images.dispose();
  return scores;
}

/** How often each class is named. */
function sharesOf(classes: Int32Array): Float64Array {
  const shares = new Float64Array(10);
  for (const named of classes) shares[named]! += 1 / classes.length;
  return shares;
}

const threeDigits = (shares: Float64Array): number[] =>
  Array.from(shares, (share) => Number(share.toFixed(3)));
