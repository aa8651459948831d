// How much selection betters an image GAN, judged by a classifier that no critic has seen.

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { evaluateSamples, loadJudge } from "@mhgan/cli";
import type { CalibratedGan } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream, selectFromArray } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";
import { machine } from "../harness/report.ts";
import { readGanFolder } from "./gan-folder.ts";
import { fillPool } from "./pool.ts";
import { qualityMarkdown } from "./quality-markdown.ts";
import { REFIT, refitCritic } from "./refit-critic.ts";
import { budgets, exactSelections, type Selection, selectionsAt } from "./selections.ts";

const usage = `Usage: npm run image-gan --workspace benchmarks -- --gan FOLDER --judge FOLDER [--seed N] [--draws N] [--json FILE] [--markdown FILE]

--gan is a folder of \`mhgan run --dataset fashion-mnist\`, --judge one of \`mhgan train-judge --dataset fashion-mnist\`.`;

const { values } = parseArgs({
  options: {
    gan: { type: "string" },
    judge: { type: "string" },
    seed: { type: "string", default: "1" },
    draws: { type: "string", default: "5000" },
    json: { type: "string" },
    markdown: { type: "string" },
  },
});
if (values.gan === undefined || values.judge === undefined) {
  console.error(usage);
  process.exit(2);
}
const log = (line: string): void => console.error(line);
const [seed, draws] = [Number(values.seed), Number(values.draws)];
// OBRS takes its budget in the mean only.
const poolSize = Math.ceil(1.1 * Math.max(...budgets) * draws);
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
  judge,
  count: poolSize + draws,
  random: random.split("proposals"),
  log,
});
const real = await judge.look(folder.test);

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
for (const [critic, calibrated] of Object.entries(critics)) {
  const logWeights = pool.logWeights[critic]!.subarray(0, poolSize);
  const select = ({ name, selector, usesBound }: Selection): void => {
    const { picked, proposalsUsed, capOuts } = selectFromArray(logWeights, {
      selector,
      seed: random.split(critic).split(name),
      draws,
      ...(usesBound && { logWeightBound: calibrated.logWeightBound }),
      pilotLogWeights: calibrated.pilotLogWeights,
    });
    if (picked.length < draws) {
      log(`${critic}, ${name}: left out, ${poolSize} proposals gave ${picked.length} draws`);
      return;
    }
    const label = `${critic}, ${name}`;
    sets[label] = rowsOf(pool.judged, picked);
    const used = proposalsUsed.reduce((sum, count) => sum + count, 0);
    costs[label] = { proposalsPerDraw: used / draws, capOutRate: capOuts / draws };
  };
  for (const budget of budgets) selectionsAt(budget).forEach(select);
  exactSelections.forEach(select);
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
  critics: Object.fromEntries(Object.entries(critics).map(([name, critic]) => [name, summary(critic)])),
  costs,
  evaluation,
};
const text = qualityMarkdown(result);
console.log(text);
if (values.markdown) await writeFile(values.markdown, text);
if (values.json) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
