import { type CalibratedGan, calibrateGan } from "@mhgan/gan-core";
import { fromTfjs, useBackend } from "@mhgan/gan-core/tfjs";
import { discriminatorRejection, metropolisHastings, randomStream, type Selector } from "@mhgan/mcmc";
import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import type { Cell, Study, StudyTable } from "../study.ts";
import { EVALUATION_SHARE, FAKE_SAMPLES, HELD_OUT_POINTS } from "./critics.ts";
import { epochsPicture } from "./epochs-picture.ts";
import { DRAWS } from "./measure.ts";
import { LAST_EPOCH, type PaperEpoch, paperEpochs, stepOfEpoch } from "./paper-epochs.ts";
import { type Quality, qualityOf } from "./quality.ts";
import { data, recipe } from "./recipe.ts";
import { eachSnapshot } from "./snapshots.ts";

const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
const CHAIN_LENGTH = 640;

const samplers: readonly Selector[] = [
  discriminatorRejection({ gamma: { percentile: 95 }, epsilon: 1e-6 }),
  metropolisHastings({ chainLength: CHAIN_LENGTH }),
];
/** The GAN itself and the two samplers, in the paper's order. */
const names = ["GAN", "DRS", "MH-GAN"] as const;

/** The measures of the paper's figure. */
const measures = [
  { key: "highQualityShare", title: "High quality", digits: 4, file: "quality" },
  { key: "jensenShannon", title: "JSD", digits: 4, file: "jsd" },
  { key: "withinModeSd", title: "Within-mode sd", digits: 4, file: "sd" },
] as const;

/** All that was measured of one GAN after one share of its training. */
interface Snapshot {
  /** Of the GAN, DRS and Metropolis-Hastings. */
  readonly qualities: readonly Quality[];
  readonly auc: number;
  readonly z: number;
  readonly maximumWeight: number;
  readonly proposalsPerDraw: number;
  readonly capOutRate: number;
}

/** The figure of the MH-GAN paper: how its samplers do while the GAN is trained. */
export const gaussiansEpochs: Study = {
  name: "gaussians-epochs",
  title: "25 Gaussians during training, as in the MH-GAN paper's figure",
  async run(log) {
    await useBackend("wasm");
    const steps = paperEpochs.map(({ epoch }) => stepOfEpoch(epoch, recipe));
    /** By epoch, then by seed. */
    const snapshots: Snapshot[][] = steps.map(() => []);
    for (const seed of SEEDS) {
      const random = randomStream(seed).split("epochs");
      await eachSnapshot(recipe, seed, steps, log, async (networks, step) => {
        const gan = fromTfjs(networks.generator, networks.discriminator, { output: "logit" });
        const stream = random.split(step);
        const points = Float32Array.from(data.sample(HELD_OUT_POINTS, stream.split("held-out data")));
        const real = tensor2d(points, [HELD_OUT_POINTS, 2]);
        const calibrated = await calibrateGan(gan, {
          real,
          fakeCount: FAKE_SAMPLES,
          evaluationShare: EVALUATION_SHARE,
          seed: stream.split("calibration"),
        });
        const raw = await gan.generate(DRAWS, stream.split("raw samples"));
        const qualities = [{ ...qualityOf(await raw.data()), callsPerDraw: 1 }];
        raw.dispose();
        let [proposals, capOuts] = [0, 0];
        for (const sampler of samplers) {
          const { samples, info } = await calibrated.sample({
            draws: DRAWS,
            sampler,
            seed: stream.split(sampler.name),
          });
          qualities.push({ ...qualityOf(await samples.data()), callsPerDraw: info.proposals / DRAWS });
          samples.dispose();
          proposals = info.proposalsUsed.reduce((sum, used) => sum + used, 0);
          capOuts = info.capOuts;
        }
        real.dispose();
        const { auc, after } = calibrated.report;
        snapshots[steps.indexOf(step)]!.push({
          qualities,
          auc,
          z: after.z,
          maximumWeight: boundOf(calibrated),
          proposalsPerDraw: proposals / DRAWS,
          capOutRate: capOuts / DRAWS,
        });
        log(`seed ${seed}: measured at step ${step}`);
      });
    }
    const rowNames = paperEpochs.map(({ epoch }, i) => `${epoch} (step ${steps[i]!.toLocaleString("en")})`);
    const quality = measures.map(({ key, title, digits }) => ({
      title,
      note: NOTE,
      columns: names.flatMap((name) => [
        { name: `paper: ${name}`, digits },
        { name, digits },
      ]),
      rows: paperEpochs.map((paper, i) => ({
        name: rowNames[i]!,
        cells: names.flatMap((_, sampler): Cell[] => [
          [paper[key][sampler]!],
          snapshots[i]!.map(({ qualities }) => significant(qualities[sampler]![key])),
        ]),
      })),
    }));
    const chains = chainsTable(snapshots, rowNames);
    return {
      settings: {
        seeds: SEEDS,
        steps,
        draws: DRAWS,
        heldOutPoints: HELD_OUT_POINTS,
        fakeSamples: FAKE_SAMPLES,
        chainLength: CHAIN_LENGTH,
        recipe,
      },
      tables: [...quality, chains],
      pictures: Object.fromEntries(
        measures.map(({ key, title, file }) => [
          `gaussians-epochs-${file}.svg`,
          epochsPicture({
            title: key === "highQualityShare" ? "not of high quality" : title,
            logarithmic: key !== "withinModeSd",
            points: paperEpochs.flatMap((paper, i) => pointsOf(key, paper, snapshots[i]!)),
            ...(key === "withinModeSd" && { right: data.modeSd / data.scale }),
          }),
        ]),
      ),
    };
  },
};

/** The largest weight that the calibrator can give, over the mean weight: w*. */
function boundOf({ logWeightBound, prediction }: CalibratedGan<Tensor>): number {
  return Math.exp(logWeightBound - prediction.logMeanWeight);
}

function chainsTable(snapshots: readonly (readonly Snapshot[])[], rowNames: readonly string[]): StudyTable {
  const columns: { name: string; digits: number; of: (snapshot: Snapshot) => number }[] = [
    { name: "AUC", digits: 3, of: ({ auc }) => auc },
    { name: "Z after", digits: 1, of: ({ z }) => z },
    { name: "w*", digits: 0, of: ({ maximumWeight }) => maximumWeight },
    { name: "DRS: calls a draw", digits: 1, of: ({ qualities }) => qualities[1]!.callsPerDraw! },
    { name: "MH-GAN: proposals a draw", digits: 1, of: ({ proposalsPerDraw }) => proposalsPerDraw },
    { name: "MH-GAN: calls a draw", digits: 1, of: ({ qualities }) => qualities[2]!.callsPerDraw! },
    { name: "MH-GAN: cap-outs", digits: 4, of: ({ capOutRate }) => capOutRate },
  ];
  return {
    title: "Calibration and chains",
    note: `w*: the largest weight that the calibrator can give, over the mean. Chains of ${CHAIN_LENGTH} are found backward under it. Calls: samples generated, in blocks, for one draw.`,
    columns: columns.map(({ name, digits }) => ({ name, digits })),
    rows: rowNames.map((name, i) => ({
      name,
      cells: columns.map(({ of }) => snapshots[i]!.map((snapshot) => significant(of(snapshot)))),
    })),
  };
}

/** What the picture shows of an epoch: the paper's figures, and ours. */
function pointsOf(key: (typeof measures)[number]["key"], paper: PaperEpoch, snapshots: readonly Snapshot[]) {
  // On a logarithmic scale what is missing from 1 can be told apart.
  const shown = (value: number): number => (key === "highQualityShare" ? 1 - value : value);
  return names.map((name, sampler) => ({
    epoch: paper.epoch,
    name,
    paper: shown(paper[key][sampler]!),
    values: snapshots.map(({ qualities }) => shown(qualities[sampler]![key])),
  }));
}

const significant = (value: number): number => Number(value.toPrecision(6));

const NOTE = `The paper's epochs beside the same share of our training: its ${LAST_EPOCH} epochs beside ${recipe.steps.toLocaleString("en")} steps of ${recipe.batchSize}, which are ${(recipe.steps * recipe.batchSize) / recipe.trainingPoints} passes. GANs of ${SEEDS.length} seeds, ${DRAWS.toLocaleString("en")} draws. The generator has the weights of its step, not their running mean, which at first remembers random ones. DRS and MH-GAN see the same weights: the GAN's own discriminator after isotonic calibration on ${HELD_OUT_POINTS.toLocaleString("en")} held-out points. DRS: first accepted of ${CHAIN_LENGTH}, γ the 95th percentile. MH-GAN: K = ${CHAIN_LENGTH}. Our untrained generator puts all it makes near the middle, where a mode is: its high quality at step 0 means nothing. Where more than a twentieth of the samples share the largest weight, DRS's percentile accepts hardly any others: hence its large JSD at some steps.`;
