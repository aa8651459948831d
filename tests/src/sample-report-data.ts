import {
  type ChainFigures,
  type EvaluationCell,
  type EvaluationRow,
  type Interval,
  predictedChains,
  predictedSamplers,
  type ReportData,
} from "@mhgan/cli";
import { gaussianMixture, twentyFiveGaussians } from "@mhgan/datasets";
import { type ArrayBatch, calibrateGan, fromFunctions } from "@mhgan/gan-core";
import { integer, metropolisHastings, type RandomStream, randomStream } from "@mhgan/mcmc";
import { acceptanceRate } from "@mhgan/mcmc/diagnostics";
import { bootstrapInterval, modeMetrics } from "@mhgan/metrics";

const REAL = 8000;
const DRAWS = 2500;
const CHAIN_LENGTH = 50;
/** Of the generator, whose weights say where the chains should end. */
const PROPOSALS = 60_000;
const REPLICATES = 200;

/**
 * A report's data from an experiment whose truth is known, in a few seconds and without any training: data are 25 Gaussians, the generator is a
 * mixture that is too wide, forgets some modes and leaves bridges between them, and the discriminator knows the true
 * density ratio but says it too timidly and off centre. Same seed, same data.
 */
export async function sampleReportData(seed = 1): Promise<ReportData> {
  const root = randomStream(seed);
  const data = twentyFiveGaussians();
  const generator = badGenerator(data.modes);
  const gan = fromFunctions<ArrayBatch>({
    output: "logit",
    generate: (count, random) => batchOf(generator.sample(count, random)),
    score: ({ data: points }) => {
      const [real, fake] = [data.logDensity(points), generator.logDensity(points)];
      return real.map((logDensity, i) => 0.55 * gentle(logDensity - fake[i]!) + 0.6);
    },
  });
  const real = batchOf(data.sample(REAL, root.split("held-out")));
  const calibrated = await calibrateGan(gan, {
    real,
    calibrator: "isotonic",
    seed: root.split("calibration"),
  });
  const raw = await gan.generate(DRAWS, root.split("raw"));
  const fresh = data.sample(DRAWS, root.split("fresh"));
  const scores = { real: await gan.score(real), fake: await gan.score(raw), output: "logit" as const };

  const { data: many } = await gan.generate(PROPOSALS, root.split("target"));
  const proposals = calibrated.logWeights(await gan.score(batchOf(many)));
  const chains: ChainFigures[] = [];
  let picked = raw;
  for (const chain of predictedChains(calibrated.prediction, CHAIN_LENGTH)) {
    const { samples, info } = await calibrated.sample({
      draws: DRAWS,
      sampler: metropolisHastings({ chainLength: chain.chainLength, restart: "fresh" }),
      seed: root.split(`chains ${chain.chainLength}`),
    });
    if (chain.chosen) picked = samples;
    chains.push({
      ...chain,
      measuredTotalVariation: measuredDistance(
        proposals,
        info.logWeights,
        root.split(`bootstrap ${chain.chainLength}`),
      ),
      measuredCapOut: rateOf(info.capOuts, DRAWS),
    });
  }

  const row = (name: string, sample: ArrayLike<number>, reference = false): EvaluationRow => ({
    name,
    cells: qualityOf(sample, data, root.split(`quality of ${name}`)),
    ...(reference && { reference }),
  });
  const rows = [
    row("real data", fresh, true),
    row("GAN", raw.data),
    row(`MH-GAN, K = ${CHAIN_LENGTH}`, picked.data),
  ];
  const share = (index: number) => `${(100 * rows[index]!.cells[0]!.value).toFixed(1)} %`;
  const extent = 2.5;
  return {
    title: "25 Gaussians: a wide generator, improved by Metropolis-Hastings",
    summary: `${share(1)} of the generator's samples lie on a mode; of those that chains over ${CHAIN_LENGTH} of them picked, ${share(2)}. The generator is the same; only the choice among its samples is new.`,
    sampleSets: [
      {
        name: "Real data",
        kind: "real",
        caption: "What the generator is to learn: 25 small round heaps, all alike.",
        content: { points: fresh, extent },
      },
      {
        name: "GAN",
        kind: "gan",
        caption: "The generator's own samples: heaps too wide, some too rare, and bridges between them.",
        content: { points: raw.data, extent },
      },
      {
        name: `MH-GAN, K = ${CHAIN_LENGTH}`,
        kind: "draws",
        caption: "Picked among samples of the same generator. Bridges should be gone, and no heap missing.",
        content: { points: picked.data, extent },
      },
    ],
    evaluation: {
      columns: [
        { name: "high quality", better: "higher", digits: 1, percent: true },
        { name: "modes", better: "higher", digits: 0 },
        { name: "JSD", better: "lower", digits: 4 },
        { name: "within-mode sd", better: 0.05, digits: 4 },
      ],
      rows,
      caption: `Of ${DRAWS.toLocaleString("en")} samples each, with 95 % bootstrap intervals. High quality: within 4 standard deviations of a mode. JSD: Jensen-Shannon divergence in nats between the share of each mode and equal shares.`,
    },
    calibration: {
      report: calibrated.report,
      calibrator: "isotonic",
      scores,
      logWeights: { real: calibrated.logWeights(scores.real), fake: calibrated.logWeights(scores.fake) },
    },
    chains,
    samplers: predictedSamplers(calibrated.prediction, {
      chainLength: CHAIN_LENGTH,
      logWeightBound: calibrated.logWeightBound,
    }),
    facts: [
      ["data", "25 Gaussians"],
      ["generator", "a mixture, not trained"],
      ["held-out real samples", REAL.toLocaleString("en")],
      ["draws", DRAWS.toLocaleString("en")],
      ["chain length K", String(CHAIN_LENGTH)],
      ["seed", String(seed)],
    ],
    warnings: calibrated.report.warnings,
    manifest: {
      command: "sample report",
      seed,
      draws: DRAWS,
      chainLength: CHAIN_LENGTH,
      calibrator: calibrated.calibrator,
      calibration: calibrated.report,
    },
  };
}

const batchOf = (points: ArrayLike<number>): ArrayBatch => ({
  data: Float32Array.from(points),
  shape: [points.length / 2, 2],
});

/** The discriminator does not see how far from the data a point is, beyond some distance. */
const gentle = (logRatio: number): number => (logRatio > 0 ? logRatio : -4 * Math.log1p(-logRatio / 4));

/** Heaps of twice the width, of unequal size, and a broad cloud. */
function badGenerator(modes: Float64Array) {
  const heaps = modes.length / 2;
  return gaussianMixture({
    means: [...modes, 0, 0],
    dimensions: 2,
    sd: [...new Array<number>(heaps).fill(0.1), 1.3],
    weights: [...Array.from({ length: heaps }, (_, mode) => (mode % 7 === 3 ? 0.2 : 1)), 7],
  });
}

/** Rates of separate chains. */
function rateOf(count: number, of: number): Interval {
  const { rate, lower, upper } = acceptanceRate(count, of);
  return { value: rate, low: lower, high: upper };
}

/**
 * Total variation between draws and target over bins of the log weight, from which the bootstrap takes what chance adds. What a sampler does depends on weights
 * alone, so bins of them lose little.
 */
function measuredDistance(proposals: Float64Array, drawn: Float64Array, random: RandomStream): Interval {
  const bins = 12;
  const sorted = Float64Array.from(proposals).sort();
  const mean = sorted.reduce((sum, value) => sum + Math.exp(value), 0);
  const edges: number[] = [];
  const masses: number[] = [];
  let mass = 0;
  sorted.forEach((value, i) => {
    mass += Math.exp(value) / mean;
    // Equal weights are not parted.
    if ((mass >= 1 / bins || i === sorted.length - 1) && value !== sorted[i + 1]) {
      edges.push(value);
      masses.push(mass);
      mass = 0;
    }
  });
  const binOf = Uint16Array.from(drawn, (value) => {
    const bin = edges.findIndex((edge) => value <= edge);
    return bin < 0 ? edges.length - 1 : bin;
  });
  const distance = (rows: ArrayLike<number>) => {
    const counts = new Float64Array(edges.length);
    for (let i = 0; i < rows.length; i++) counts[binOf[rows[i]!]!]! += 1;
    return counts.reduce((sum, count, bin) => sum + Math.abs(count / rows.length - masses[bin]!), 0) / 2;
  };
  const { estimate, lower, upper } = bootstrapInterval(distance, drawn.length, {
    random,
    method: "basic",
    replicates: REPLICATES,
  });
  const [low, high] = [Math.max(0, lower), Math.max(0, upper)];
  return { value: Math.min(high, Math.max(low, estimate)), low, high };
}

/** Figures with ± 1.96 standard errors, of the bootstrap, and not beyond what they can be. */
function qualityOf(
  sample: ArrayLike<number>,
  data: ReturnType<typeof twentyFiveGaussians>,
  random: RandomStream,
): EvaluationCell[] {
  const count = sample.length / 2;
  const measure = (rowOf: (i: number) => number) => {
    const points = new Float64Array(2 * count);
    for (let i = 0; i < count; i++) {
      const row = rowOf(i);
      points[2 * i] = sample[2 * row]!;
      points[2 * i + 1] = sample[2 * row + 1]!;
    }
    const figures = modeMetrics(points, { modes: data.modes, modeSd: data.modeSd, dimensions: 2 });
    return [figures.highQualityShare, figures.recoveredModes, figures.jensenShannon, figures.withinModeSd];
  };
  const replicates = Array.from({ length: REPLICATES }, () => measure(() => integer(random, count)));
  const most = [1, data.modes.length / 2, Infinity, Infinity];
  return measure((i) => i).map((value, figure) => {
    const values = replicates.map((replicate) => replicate[figure]!);
    const mean = values.reduce((sum, each) => sum + each, 0) / REPLICATES;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (REPLICATES - 1);
    const reach = 1.96 * Math.sqrt(variance);
    return { value, low: Math.max(0, value - reach), high: Math.min(most[figure]!, value + reach) };
  });
}
