// How much selection betters an image GAN, judged by a classifier that no critic has seen.

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { evaluateSamples, loadJudge, type QualityFigure, shippedJudge } from "@mhgan/cli";
import type { CalibratedGan } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream, rejection, type Selector, selectFromArray, stratifiedAcceptance } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";
import { jsonText } from "../../harness/json-text.ts";
import { machine } from "../../harness/report.ts";
import { readGanFolder } from "./gan-folder.ts";
import { fillPool } from "./pool.ts";
import { qualityMarkdown } from "./quality-markdown.ts";
import { REFIT, refitCritic } from "./refit-critic.ts";
import { budgets, exactSelections, selectionsAt } from "./selections.ts";

const usage = `Usage: npm run image-gan --workspace benchmarks -- --gan FOLDER [--judge FOLDER] [--seed N] [--draws N] [--json FILE] [--markdown FILE]

--gan is a folder of \`mhgan run --dataset fashion-mnist\`, --judge one of \`mhgan train-judge --dataset fashion-mnist\`
(default: that which comes with the package).`;

const { values } = parseArgs({
  options: {
    gan: { type: "string" },
    judge: { type: "string", default: shippedJudge("fashion-mnist")! },
    seed: { type: "string", default: "1" },
    draws: { type: "string", default: "5000" },
    json: { type: "string" },
    markdown: { type: "string" },
  },
});
if (values.gan === undefined) {
  console.error(usage);
  process.exit(2);
}
const log = (line: string): void => console.error(line);
const [seed, draws] = [Number(values.seed), Number(values.draws)];
// OBRS takes its budget in the mean only.
const poolSize = Math.ceil(1.1 * Math.max(...budgets) * draws);
/** Proposals by which rules are made. */
const PILOTS = 20_000;
const random = randomStream(seed).split("image GAN");

await useBackend("wasm");
const judge = await loadJudge(values.judge);
const folder = await readGanFolder(values.gan);
log("refit");
const refit = await refitCritic(folder, random.split("refit"), log);
const critics: Readonly<Record<string, CalibratedGan<tf.Tensor>>> = {
  "own discriminator": folder.own,
  refit: refit.calibrated,
};
const pool = await fillPool({
  gan: folder.gan,
  critics,
  classes: refit.classes,
  judge,
  count: poolSize + draws + PILOTS,
  random: random.split("proposals"),
  log,
});
const real = await judge.look(folder.test);

/** Six digits; figures with their intervals as lists: estimate, lower end, upper end. */
function short(_: string, part: unknown): unknown {
  if (typeof part === "number") return Number(part.toPrecision(6));
  const { estimate, lower, upper } = (part ?? {}) as Partial<QualityFigure>;
  return estimate === undefined ? part : [estimate, lower, upper];
}

/** How often each class is named. */
function sharesOf(classes: Int32Array): Float64Array {
  const shares = new Float64Array(10);
  for (const named of classes) shares[named]! += 1 / classes.length;
  return shares;
}

/** Rows of what the judge saw. */
function rowsOf({ data, shape }: Features, rows: ArrayLike<number>): Features {
  const columns = shape[1]!;
  const taken = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < columns; k++) taken[i * columns + k] = data[rows[i]! * columns + k]!;
  }
  return { data: taken, shape: [rows.length, columns] };
}

// Plain samples are proposals that no selection sees.
const sets: Record<string, Features> = {
  GAN: rowsOf(
    pool.judged,
    Uint32Array.from({ length: draws }, (_, i) => poolSize + i),
  ),
};
const costs: Record<string, { proposalsPerDraw: number; capOutRate: number }> = {
  GAN: { proposalsPerDraw: 1, capOutRate: 0 },
};
const classShares = sharesOf(await refit.classes(folder.heldOut));
for (const [critic, { logWeightBound }] of Object.entries(critics)) {
  const all = pool.logWeights[critic]!;
  const [logWeights, pilots] = [all.subarray(0, poolSize), all.subarray(poolSize + draws)];
  const select = (name: string, weights: Float64Array, selector: Selector, bound: number): void => {
    const { picked, proposalsUsed, capOuts } = selectFromArray(weights, {
      selector,
      seed: random.split(critic).split(name),
      draws,
      logWeightBound: bound,
      pilotLogWeights: pilots,
    });
    const label = `${critic}, ${name}`;
    if (picked.length < draws) {
      log(`${label}: left out, ${poolSize} proposals gave ${picked.length} draws`);
      return;
    }
    sets[label] = rowsOf(pool.judged, picked);
    const used = proposalsUsed.reduce((sum, count) => sum + count, 0);
    costs[label] = { proposalsPerDraw: used / draws, capOutRate: capOuts / draws };
  };
  for (const budget of budgets) {
    for (const { name, selector, usesBound } of selectionsAt(budget)) {
      select(name, logWeights, selector, usesBound ? logWeightBound : Infinity);
    }
    const { acceptance } = stratifiedAcceptance(pilots, pool.classes.subarray(poolSize + draws), {
      shares: classShares,
      budget: 1 / budget,
    });
    // Probabilities of acceptance are weights of which none is above 1.
    const accepted = logWeights.map((logWeight, i) => Math.log(acceptance(logWeight, pool.classes[i]!)));
    select(`OBRS by class, 1/${budget}`, accepted, rejection(), 0);
  }
  for (const { name, selector } of exactSelections) select(name, logWeights, selector, logWeightBound);
}

let shown = 0;
const evaluation = await evaluateSamples({
  real,
  sets,
  random: random.split("halves"),
  rows: draws,
  onProgress: ({ done, total }) => {
    if (done % 11 === 0 && done > shown) log(`evaluation: ${done} of ${total}`);
    shown = done;
  },
});
const threeDigits = (shares: Float64Array) => Array.from(shares, (share) => Number(share.toFixed(3)));
const summary = ({ report, pilotLogWeights }: CalibratedGan<tf.Tensor>) => ({
  auc: report.auc,
  meanWeight: report.meanWeight,
  maxWeight: report.maxWeight,
  effectiveShare: predictSelection(pilotLogWeights).relativeEffectiveSampleSize,
});
const result = {
  date: new Date().toISOString(),
  machine: machine(),
  gan: folder.record,
  judge: { testAccuracy: judge.testAccuracy, sha256: judge.sha256 },
  seed,
  draws,
  refit: { ...REFIT, chosenProposalsPerDraw: refit.chosenProposalsPerDraw },
  classShares: { real: threeDigits(classShares), generated: threeDigits(sharesOf(pool.classes)) },
  critics: Object.fromEntries(Object.entries(critics).map(([name, critic]) => [name, summary(critic)])),
  costs,
  evaluation,
};
const text = qualityMarkdown(result);
console.log(text);
if (values.markdown) await writeFile(values.markdown, text);
if (values.json) await writeFile(values.json, jsonText(JSON.parse(JSON.stringify(result, short))));
