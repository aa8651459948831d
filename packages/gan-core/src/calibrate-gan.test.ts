import { type Calibrator, fitVennAbers } from "@mhgan/calibration";
import {
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  randomStream,
  rejection,
  tempered,
} from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import type { Gan } from "./gan.ts";
import {
  exactLogWeight,
  fourthModeShare,
  fourthModeShareOfWeights,
  oneDimensionalGan,
  realData,
} from "./testing/one-dimensional-gan.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const real = realData(8000, randomStream("real"));
const shifted = shiftedData(8000, randomStream("shifted"));

/** For a discriminator that is perfect already. */
const identity: Calibrator = {
  kind: "identity",
  minLogOdds: -Infinity,
  maxLogOdds: Infinity,
  predict: (scores: ArrayLike<number>) => Float64Array.from(scores, (s) => 1 / (1 + Math.exp(-s))),
  logOdds: (scores: ArrayLike<number>) => Float64Array.from(scores),
  toJSON: () => ({ version: 1 as const, kind: "identity" }),
};

describe("calibrateGan", () => {
  test("finds a distorted discriminator's log weights again, and reports what it did", async () => {
    // A discriminator that is three times too sure of itself.
    const gan: Gan<number[]> = { ...shiftedGan, score: (batch) => batch.map((x) => 3 * (x - 0.5) + 1) };
    const { report, calibrator } = await calibrateGan(gan, { real: shifted, seed: 1 });
    expect(Math.abs(report.before.z)).toBeGreaterThan(10);
    expect(report.before.expectedCalibrationError).toBeGreaterThan(0.1);
    expect(report.after.expectedCalibrationError).toBeLessThan(0.04);
    // Standard normal if calibrated: beyond 4 for 6 seeds in 100,000.
    expect(Math.abs(report.after.z)).toBeLessThan(4);
    // Standard error of the AUC of 4000 against 4000 is .005, that of the mean weight .02: four of each.
    expect(Math.abs(report.auc - 0.76025)).toBeLessThan(0.02);
    expect(Math.abs(report.predictedAcceptance - 2 * (1 - 0.76025))).toBeLessThan(0.05);
    expect(Math.abs(report.meanWeight - 1)).toBeLessThan(0.1);
    expect(report.plateauShare).toBe(0);
    expect(report.maxWeight).toBeGreaterThan(5);
    expect(report).toMatchObject({
      fittedOn: { real: 4000, fake: 4000 },
      evaluatedOn: { real: 4000, fake: 4000 },
    });
    expect(calibrator.kind).toBe("isotonic");
    expect(structuredClone(report)).toEqual(report);
  });

  test("is right whatever the class counts are", async () => {
    const many = await calibrateGan(shiftedGan, {
      real: shifted,
      fakeCount: 40_000,
      seed: 2,
      calibrator: "platt",
    });
    const scores = [-2, 0, 1, 3];
    const logWeights = many.logWeights(scores);
    // The slope has a standard error of .02, so these are at most .1 off but for 1 seed in 10,000.
    scores.forEach((score, i) => {
      expect(Math.abs(logWeights[i]! - score)).toBeLessThan(0.25);
    });
    expect(Math.abs(many.report.meanWeight - 1)).toBeLessThan(0.1);
  });

  test.each([
    "isotonic",
    "centred-isotonic",
    "venn-abers",
    "platt",
    "temperature",
    "beta",
    "identity",
  ] as const)("knows %s by name", async (calibrator) => {
    const gan: Gan<number[]> = { ...shiftedGan, output: "logit" };
    const { report } = await calibrateGan(gan, { real: shifted, seed: 1, calibrator });
    // The scores are the exact log weights, so that every method must find them calibrated; beyond 4 for 6 seeds in 100,000.
    expect(Math.abs(report.after.z)).toBeLessThan(4);
    expect(Math.abs(report.meanWeight - 1)).toBeLessThan(0.1);
  });

  test("takes any function that fits a calibrator", async () => {
    const { calibrator, report } = await calibrateGan(shiftedGan, {
      real: shifted,
      seed: 1,
      calibrator: fitVennAbers,
    });
    expect(calibrator.kind).toBe("venn-abers");
    expect(Math.abs(report.after.z)).toBeLessThan(4);
    expect(Number.isFinite(report.maxWeight)).toBe(true);
  });

  test("takes a calibrator of one's own", async () => {
    const { calibrator, report } = await calibrateGan(oneDimensionalGan, {
      real,
      seed: 1,
      calibrator: () => identity,
    });
    expect(calibrator).toBe(identity);
    expect(Math.abs(report.after.z)).toBeLessThan(4);
  });

  test("says how far it is, and stops when told to", async () => {
    const options = { real, fakeCount: 10_000, seed: 1 };
    const seen: unknown[] = [];
    await calibrateGan(oneDimensionalGan, { ...options, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([8000, 12_096, 16_192, 18_000].map((scored) => ({ scored, total: 18_000 })));
    const controller = new AbortController();
    const onProgress = ({ scored }: { scored: number }) => scored > 12_000 && controller.abort();
    await expect(
      calibrateGan(oneDimensionalGan, { ...options, signal: controller.signal, onProgress }),
    ).rejects.toThrow("aborted");
  });

  test("frees what it generated", async () => {
    const freed: number[][] = [];
    const gan: Gan<number[]> = { ...oneDimensionalGan, dispose: (batch) => freed.push(batch) };
    await calibrateGan(gan, { real, fakeCount: 100, seed: 1 });
    expect(freed.map((batch) => batch.length)).toEqual([100]);
  });

  test("refuses scores that are not finite, too little data, and options that are off", async () => {
    const broken: Gan<number[]> = {
      ...oneDimensionalGan,
      score: (batch) => batch.map((x) => (x > 3 ? NaN : x)),
    };
    const bad = real.findIndex((x) => x > 3);
    await expect(calibrateGan(broken, { real, seed: 1 })).rejects.toThrow(
      `the scores of real samples must be finite, got NaN for sample ${bad}`,
    );
    const run = (options: object) => calibrateGan(oneDimensionalGan, { real, seed: 1, ...options });
    await expect(run({ real: [1, 2, 3] })).rejects.toThrow(
      "at least 4 real and 4 generated samples are needed, got 3",
    );
    await expect(run({ fakeCount: 0 })).rejects.toThrow("got 8000 and 0");
    await expect(
      calibrateGan(
        { ...oneDimensionalGan, score: (batch) => batch.slice(1).map(Number) },
        { real, fakeCount: 5, seed: 1 },
      ),
    ).rejects.toThrow("score must give 5 scores for 5 generated samples, got 4");
    await expect(run({ evaluationShare: 1 })).rejects.toThrow("evaluationShare");
    await expect(run({ calibrator: "magic" })).rejects.toThrow(
      "calibrator must be a function or, for scores that are logit, one of isotonic, centred-isotonic, venn-abers, platt, temperature, beta, identity, got magic",
    );
    await expect(run({ seed: -1 })).rejects.toThrow("seed");
  });
});

describe("CalibratedGan.sample", () => {
  const calibrated = () => calibrateGan(oneDimensionalGan, { real, seed: 1 });

  test("has the exact law where the discriminator is perfect", async () => {
    const gan = await calibrateGan(oneDimensionalGan, { real, seed: 1, calibrator: () => identity });
    const draws = 4000;
    const sampler = metropolisHastings({ chainLength: 100, restart: "fresh" });
    const { samples, info } = await gan.sample({ draws, sampler, seed: 3 });
    // Exact for K = 100: lost mode .1434, cap-out .1242, acceptance .6798. Four standard errors; the starts are
    // drawn from 8000 real samples, which adds half as much again.
    const within = (share: number, exact: number) =>
      expect(Math.abs(share - exact)).toBeLessThan(6 * Math.sqrt((exact * (1 - exact)) / draws));
    within(fourthModeShare(samples), 0.1434);
    within(info.capOuts / draws, 0.1242);
    within(info.acceptanceRate, 0.6798);
    expect(info.sampler).toBe("metropolisHastings");
    expect(info.proposals).toBe(draws * 100 + info.capOuts * 101);
    expect(info.acceptCounts.filter((count) => count === 0)).toHaveLength(info.capOuts);
    expect(Array.from(info.logWeights)).toEqual(samples.map(exactLogWeight));
    expect(structuredClone(info)).toEqual(info);
  });

  test("starts from real samples: with K = 1 and no restart the draws are exact", async () => {
    const gan = await calibrated();
    const { samples, info } = await gan.sample({
      draws: 4000,
      sampler: metropolisHastings({ chainLength: 1, restart: "never" }),
      seed: 4,
    });
    // A quarter of the data, within four standard errors.
    expect(Math.abs(fourthModeShare(samples) - 0.25)).toBeLessThan(
      4 * Math.sqrt((0.25 * 0.75) / 4000) + 0.02,
    );
    expect(samples.filter((x) => real.includes(x))).toHaveLength(info.capOuts);
  });

  // One uniform a sample; with latents, and without.
  const decode = (u: number) => 3 * u;
  const decodeAll = (latents: Float32Array) => Array.from(latents, decode);
  const plain: Gan<number[]> = {
    generate: (count, random) => Array.from({ length: count }, () => decode(Math.fround(random()))),
    score: (batch) => batch.map((x) => 2 * x),
  };
  const latent: Gan<number[]> = {
    ...plain,
    latent: {
      size: 1,
      draw: (count, random) => Float32Array.from({ length: count }, random),
      decode: decodeAll,
    },
  };
  const samplers = [
    ...(["same-proposals", "fresh", "never"] as const).flatMap((restart) => [
      metropolisHastings({ chainLength: 5, restart }),
      iteratedSir({ candidates: 3, steps: 2, restart }),
    ]),
    importanceResampling({ candidates: 12, draws: 5 }),
    rejection(),
    couplingFromThePast(),
    budgetedRejection({ budget: 0.3 }),
    discriminatorRejection({ gamma: 0 }),
    tempered(rejection(), 0.5),
  ];

  test.each(samplers)(
    "$name: each draw depends on its number alone, not on batches or other draws",
    async (sampler) => {
      const options = { draws: 40, sampler, seed: 9 };
      for (const gan of [plain, latent]) {
        const calibratedGan = await calibrateGan(gan, { real, seed: 1 });
        const expected = await calibratedGan.sample(options);
        expect(expected.samples).toHaveLength(40);
        expect(expected.info.sampler).toBe(sampler.name);
        for (const batchSize of [1, 7, 64, 4096]) {
          expect(await calibratedGan.sample({ ...options, batchSize })).toEqual(expected);
        }
        const fewer = await calibratedGan.sample({ ...options, draws: 10 });
        expect(fewer.samples).toEqual(expected.samples.slice(0, 10));
        expect(fewer.info.logWeights).toEqual(calibratedGan.logWeights(await gan.score(fewer.samples)));
      }
    },
  );

  test("gives the latents of the draws, and of a real sample none", async () => {
    const gan = await calibrateGan(latent, { real, seed: 1 });
    const sampler = metropolisHastings({ chainLength: 3, restart: "never" });
    const { samples, latents, info } = await gan.sample({ draws: 200, sampler, seed: 5 });
    expect(latents).toHaveLength(200);
    const decoded = decodeAll(latents!);
    const reals = samples.filter((x, i) => !Object.is(x, decoded[i]));
    expect(reals).toHaveLength(info.capOuts);
    expect(reals.every((x) => real.includes(x))).toBe(true);
    expect(latents!.filter(Number.isNaN)).toHaveLength(info.capOuts);
    const without = await calibrateGan(plain, { real, seed: 1 });
    expect("latents" in (await without.sample({ draws: 2, sampler, seed: 5 }))).toBe(false);
  });

  test("finds chains backward when the calibrator bounds the weights: the same draws from fewer samples", async () => {
    const sampler = metropolisHastings({ chainLength: 200 });
    const bounded = await calibrateGan(latent, { real, seed: 1 });
    const backward = await bounded.sample({ draws: 500, sampler, seed: 2 });
    const { calibrator } = bounded;
    const unbounded: Calibrator = {
      kind: "unbounded",
      minLogOdds: -Infinity,
      maxLogOdds: Infinity,
      predict: (scores) => calibrator.predict(scores),
      logOdds: (scores) => calibrator.logOdds(scores),
      toJSON: () => ({ version: 1, kind: "unbounded" }),
    };
    const forwardGan = await calibrateGan(latent, { real, seed: 1, calibrator: () => unbounded });
    const forward = await forwardGan.sample({ draws: 500, sampler, seed: 2 });
    expect(backward.samples).toEqual(forward.samples);
    expect(backward.info.capOuts).toBe(forward.info.capOuts);
    expect(forward.info.proposals).toBe(100_000);
    const predicted = predictSelection(bounded.pilotLogWeights).backwardProposals(200);
    const used = backward.info.proposalsUsed.reduce((sum, count) => sum + count, 0) / 500;
    // Geometric: its sd is near its mean. Four standard errors, and what the pilots leave open.
    expect(Math.abs(used / predicted - 1)).toBeLessThan(4 / Math.sqrt(500) + 0.1);
    expect(Number.isNaN(backward.info.acceptanceRate)).toBe(true);
    const { predictedAcceptance } = bounded.report;
    expect(Math.abs(forward.info.acceptanceRate - predictedAcceptance)).toBeLessThan(0.03);
  });

  // The 1-D example with weights of at most e^3: then the lost mode has not .25 of the target but .105 (by quadrature), and
  // of the generator's samples .018.
  test.each([rejection(), couplingFromThePast()])(
    "$name brings the lost mode back as far as it should",
    async (sampler) => {
      const cut = (scores: ArrayLike<number>) => Float64Array.from(scores, (score) => Math.min(score, 3));
      const bounded: Calibrator = { ...identity, logOdds: cut, maxLogOdds: 3 };
      const share = fourthModeShareOfWeights((logWeight) => Math.min(logWeight, 3));
      expect(share).toBeCloseTo(0.105, 3);
      const gan = await calibrateGan(oneDimensionalGan, { real, seed: 1, calibrator: () => bounded });
      const { samples } = await gan.sample({ draws: 1500, sampler, seed: 1 });
      expect(Math.abs(fourthModeShare(samples) - share)).toBeLessThan(
        4 * Math.sqrt((share * (1 - share)) / 1500),
      );
    },
  );

  test("frees every batch it made but the one it returns", async () => {
    const alive = new Set<number[]>();
    const track = (batch: number[]) => {
      alive.add(batch);
      return batch;
    };
    const gan: Gan<number[]> = {
      output: "logit",
      score: (batch) => batch.map(exactLogWeight),
      generate: async (count, random) => track(await oneDimensionalGan.generate(count, random)),
      take: (batch, rows) => track(Array.from(rows, (row) => batch[row]!)),
      concat: (batches) => track(batches.flat()),
      dispose: (batch) => {
        if (!alive.delete(batch)) throw new Error("freed twice, or not ours");
      },
    };
    const calibratedGan = await calibrateGan(gan, { real, seed: 1 });
    for (const restart of ["same-proposals", "fresh", "never"] as const) {
      const sampler = metropolisHastings({ chainLength: 2, restart });
      const { samples, info } = await calibratedGan.sample({ draws: 50, sampler, seed: 1 });
      expect(info.capOuts).toBeGreaterThan(0);
      expect([...alive]).toEqual([samples]);
      alive.clear();
    }
    const controller = new AbortController();
    const aborted = calibratedGan.sample({
      draws: 50,
      sampler: metropolisHastings({ chainLength: 2 }),
      seed: 1,
      signal: controller.signal,
      batchSize: 10,
      onProgress: ({ draws }) => draws >= 20 && controller.abort(),
    });
    await expect(aborted).rejects.toThrow("aborted");
    expect(alive.size).toBe(0);
    for (const sampler of [rejection(), importanceResampling({ candidates: 5, draws: 3 })]) {
      const { samples } = await calibratedGan.sample({ draws: 20, sampler, seed: 1 });
      expect([...alive]).toEqual([samples]);
      alive.clear();
    }
  });

  test("reports progress and refuses what is off", async () => {
    const gan = await calibrated();
    const sampler = metropolisHastings({ chainLength: 3 });
    const seen: unknown[] = [];
    await gan.sample({
      draws: 2,
      sampler,
      seed: 1,
      batchSize: 3,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([
      { draws: 1, totalDraws: 2, proposals: 3 },
      { draws: 2, totalDraws: 2, proposals: 6 },
    ]);
    await expect(gan.sample({ draws: 0, sampler, seed: 1 })).rejects.toThrow(
      "draws must be an integer from 1, got 0",
    );
    await expect(gan.sample({ draws: 1, sampler, seed: 1, batchSize: 0 })).rejects.toThrow("batchSize");
    const short = await calibrateGan({ ...oneDimensionalGan }, { real, seed: 1 });
    short.gan.score = () => [1];
    await expect(short.sample({ draws: 1, sampler, seed: 1 })).rejects.toThrow(
      "score must give 3 scores, got 1",
    );
    short.gan.score = () => [1, Number.NaN, 1];
    await expect(short.sample({ draws: 1, sampler, seed: 1 })).rejects.toThrow("NaN");
  });
});
