import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitHistogram } from "./binning/fit-histogram.ts";
import { fitScalingBinning } from "./binning/fit-scaling-binning.ts";
import type { Calibrator } from "./calibrator.ts";
import { calibratorFromJSON } from "./calibrator-from-json.ts";
import type { BinaryLabels } from "./checks.ts";
import { averageCalibrators } from "./combining/average-calibrator.ts";
import { shiftPrior } from "./combining/shift-prior.ts";
import { fitCentredIsotonic } from "./isotonic/fit-centred-isotonic.ts";
import { fitIsotonic } from "./isotonic/fit-isotonic.ts";
import { clippedTails } from "./isotonic/tails/clipped-tails.ts";
import { pooledTails } from "./isotonic/tails/pooled-tails.ts";
import { smoothedTails } from "./isotonic/tails/smoothed-tails.ts";
import { fitBeta } from "./parametric/fit-beta.ts";
import { fitLogistic } from "./parametric/fit-logistic.ts";
import { fitPlatt } from "./parametric/fit-platt.ts";
import { fitTemperature } from "./parametric/fit-temperature.ts";
import { identityCalibrator } from "./parametric/identity-calibrator.ts";
import { fitVennAbers } from "./venn-abers/fit-venn-abers.ts";

type Fit = (scores: ArrayLike<number>, labels: BinaryLabels, weights?: ArrayLike<number>) => Calibrator;

interface Row {
  name: string;
  fit: Fit;
  /** For the log odds of fits that should be one and the same. */
  tolerance: number;
  /** Whether its scores must be probabilities. */
  probabilities?: true;
  /** Whether its curve may turn round. */
  turns?: true;
}

/** Every way to fit a calibrator. */
const fits: Row[] = [
  { name: "isotonic", fit: (s, y, weights) => fitIsotonic(s, y, { weights }), tolerance: 0 },
  {
    name: "isotonic, pooled tails",
    fit: (s, y, weights) => fitIsotonic(s, y, { weights, tails: pooledTails() }),
    tolerance: 0,
  },
  {
    name: "isotonic, pooled tails of 1",
    fit: (s, y, weights) => fitIsotonic(s, y, { weights, tails: pooledTails({ count: 1 }) }),
    tolerance: 0,
  },
  {
    name: "isotonic, clipped tails",
    fit: (s, y, weights) => fitIsotonic(s, y, { weights, tails: clippedTails() }),
    tolerance: 0,
  },
  {
    name: "isotonic, smoothed tails",
    fit: (s, y, weights) => fitIsotonic(s, y, { weights, tails: smoothedTails() }),
    tolerance: 0,
  },
  {
    name: "centred isotonic",
    fit: (s, y, weights) => fitCentredIsotonic(s, y, { weights }),
    // Means of scores are summed in another order.
    tolerance: 1e-9,
  },
  {
    name: "centred isotonic, pooled tails",
    fit: (s, y, weights) => fitCentredIsotonic(s, y, { weights, tails: pooledTails({ count: 2 }) }),
    tolerance: 1e-9,
  },
  { name: "platt", fit: (s, y, weights) => fitPlatt(s, y, { weights }), tolerance: 1e-9 },
  { name: "venn-abers", fit: (s, y, weights) => fitVennAbers(s, y, { weights }), tolerance: 0 },
  ...(["uniform", "quantile", "equal-mass"] as const).map((strategy) => ({
    name: `histogram, ${strategy}`,
    fit: ((s, y, weights) => fitHistogram(s, y, { weights, strategy })) satisfies Fit,
    tolerance: 0,
    turns: true as const,
  })),
  {
    name: "histogram, smoothed",
    fit: (s, y, weights) => fitHistogram(s, y, { weights, smoothing: 0.5 }),
    tolerance: 0,
    turns: true,
  },
  {
    // A fitted sigmoid depends on the order of the rows in its last bits, which may carry a score over an edge.
    name: "scaling-binning of a sigmoid",
    fit: (s, y, weights) => fitScalingBinning(s, y, { weights, fit: () => fitPlatt([0, 1], [0, 1]) }),
    tolerance: 1e-12,
  },
  {
    name: "scaling-binning of isotonic",
    fit: (s, y, weights) => fitScalingBinning(s, y, { weights, fit: fitIsotonic, bins: 4 }),
    tolerance: 1e-12,
  },
  {
    name: "platt, of probabilities",
    fit: (s, y, weights) => fitPlatt(s, y, { input: "probability", clip: 1e-6, weights }),
    tolerance: 1e-9,
    probabilities: true,
  },
  {
    name: "temperature, of logits",
    fit: (s, y, weights) => fitTemperature(s, y, { input: "logit", weights }),
    tolerance: 1e-9,
  },
  {
    name: "temperature, of probabilities",
    fit: (s, y, weights) => fitTemperature(s, y, { input: "probability", weights }),
    tolerance: 1e-9,
    probabilities: true,
  },
  // Where classes are separable only a penalty of 1e-11 decides, which rounding blurs.
  {
    name: "beta, of logits",
    fit: (s, y, weights) => fitBeta(s, y, { input: "logit", weights }),
    tolerance: 1e-3,
  },
  ...(["abm", "am", "ab", "a"] as const).map(
    (family): Row => ({
      name: `beta ${family}, of probabilities`,
      fit: (s, y, weights) => fitBeta(s, y, { input: "probability", family, weights }),
      tolerance: 1e-3,
      probabilities: true,
    }),
  ),
  {
    name: "beta ab, of probabilities, free in sign",
    fit: (s, y, weights) => fitBeta(s, y, { input: "probability", family: "ab", monotone: false, weights }),
    tolerance: 1e-3,
    probabilities: true,
    turns: true,
  },
  ...(["linear", "beta1", "beta2"] as const).map(
    (features): Row => ({
      name: `logistic ${features}, of probabilities`,
      fit: (s, y, weights) => fitLogistic(s, y, { input: "probability", features, weights }),
      tolerance: 1e-9,
      probabilities: true,
      ...(features === "beta2" && { turns: true }),
    }),
  ),
  {
    name: "logistic beta1, of logits",
    fit: (s, y, weights) => fitLogistic(s, y, { input: "logit", features: "beta1", weights }),
    tolerance: 1e-9,
  },
  {
    name: "average of isotonic and Platt",
    fit: (s, y, weights) => averageCalibrators([fitIsotonic(s, y, { weights }), fitPlatt(s, y, { weights })]),
    tolerance: 1e-9,
    // One of the two may rise and the other fall.
    turns: true,
  },
  {
    name: "Venn-ABERS for another mixture",
    fit: (s, y, weights) =>
      shiftPrior(fitVennAbers(s, y, { weights }), { from: { positives: 3, negatives: 1 } }),
    tolerance: 0,
  },
  { name: "identity, of logits", fit: () => identityCalibrator({ input: "logit" }), tolerance: 0 },
  {
    name: "identity, of probabilities",
    fit: () => identityCalibrator({ input: "probability" }),
    tolerance: 0,
    probabilities: true,
  },
];

const anyScore = fc.oneof(
  // Platt's slope would overflow between scores that hardly differ, which it says in an error of its own.
  fc.double({ min: -50, max: 50, noNaN: true }).map((score) => (Math.abs(score) < 1e-290 ? 0 : score)),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: 0.999, max: 1, noNaN: true }),
);
const anyQuery = fc.double({ min: -100, max: 100, noNaN: true });
const probability = fc.oneof(
  anyQuery.map((logit) => 1 / (1 + Math.exp(-logit))),
  fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
);

function rowsOf(score: fc.Arbitrary<number>) {
  return fc
    .array(
      fc.record({ score, label: fc.integer({ min: 0, max: 1 }), weight: fc.integer({ min: 0, max: 3 }) }),
      { minLength: 2, maxLength: 60 },
    )
    .filter((data) => [0, 1].every((label) => data.some((row) => row.label === label && row.weight > 0)));
}

const options = { seed: 20190512, numRuns: 300 };

const column = <Key extends string>(data: readonly Record<Key, number>[], key: Key) =>
  data.map((row) => row[key]);

function expectSame(got: Calibrator, want: Calibrator, at: number[], tolerance: number): void {
  const gotLogOdds = got.logOdds(at);
  want.logOdds(at).forEach((logOdds, i) => {
    if (Object.is(gotLogOdds[i], logOdds)) return;
    expect(Math.abs(gotLogOdds[i]! - logOdds)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(logOdds)));
  });
}

describe.each(fits)("$name", ({ fit, tolerance, probabilities = false, turns = false }) => {
  const rows = rowsOf(probabilities ? probability : anyScore);
  const queries = fc.array(probabilities ? probability : anyQuery, { minLength: 1, maxLength: 30 });

  test("gives probabilities that rise or fall throughout (unless it may turn), and log odds within the stated bounds", () => {
    fc.assert(
      fc.property(rows, queries, (data, extra) => {
        const scores = column(data, "score");
        const calibrator = fit(scores, column(data, "label"), column(data, "weight"));
        const ascending = Float64Array.from([...scores, ...extra]).sort();
        const predicted = calibrator.predict(ascending);
        const logOdds = calibrator.logOdds(ascending);
        const direction = Math.sign(predicted.at(-1)! - predicted[0]!);
        for (let i = 0; i < ascending.length; i++) {
          const p = predicted[i]!;
          expect(p >= 0 && p <= 1).toBe(true);
          expect(logOdds[i]! >= calibrator.minLogOdds && logOdds[i]! <= calibrator.maxLogOdds).toBe(true);
          expect(1 / (1 + Math.exp(-logOdds[i]!))).toBeCloseTo(p, 12);
          if (i > 0 && !turns) expect(direction * (p - predicted[i - 1]!)).toBeGreaterThanOrEqual(0);
        }
      }),
      options,
    );
  });

  test("does not depend on the order of the rows", () => {
    const shuffled = rows.chain((data) =>
      fc.tuple(fc.constant(data), fc.shuffledSubarray(data, { minLength: data.length })),
    );
    fc.assert(
      fc.property(shuffled, queries, ([data, other], at) => {
        const [want, got] = [data, other].map((d) =>
          fit(column(d, "score"), column(d, "label"), column(d, "weight")),
        );
        expectSame(got!, want!, at, tolerance);
      }),
      options,
    );
  });

  test("treats a weight as repetition, and a weight of 0 as absence", () => {
    fc.assert(
      fc.property(rows, queries, (data, at) => {
        const repeated = data.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const want = fit(column(repeated, "score"), column(repeated, "label"));
        const got = fit(column(data, "score"), column(data, "label"), column(data, "weight"));
        expectSame(got, want, at, tolerance);
      }),
      options,
    );
  });

  test("widens float32 scores before anything", () => {
    fc.assert(
      fc.property(rows, queries, (data, at) => {
        const scores = Float32Array.from(column(data, "score"));
        const labels = column(data, "label");
        expectSame(fit(scores, labels), fit(Array.from(scores), labels), at, 0);
        const calibrator = fit(scores, labels);
        expect(calibrator.predict(scores)).toEqual(calibrator.predict(Array.from(scores)));
      }),
      options,
    );
  });

  test("takes booleans as 0 and 1", () => {
    fc.assert(
      fc.property(rows, queries, (data, at) => {
        const labels = column(data, "label");
        const booleans = labels.map((label) => label === 1);
        const scores = column(data, "score");
        expectSame(fit(scores, booleans), fit(scores, labels), at, 0);
      }),
      options,
    );
  });

  test("comes back from JSON bit for bit", () => {
    fc.assert(
      fc.property(rows, queries, (data, at) => {
        const calibrator = fit(column(data, "score"), column(data, "label"), column(data, "weight"));
        const copy = calibratorFromJSON(JSON.parse(JSON.stringify(calibrator)));
        expect(copy).toEqual(calibrator);
        expect(copy.predict(at)).toEqual(calibrator.predict(at));
        expect(copy.logOdds(at)).toEqual(calibrator.logOdds(at));
        expect(calibratorFromJSON(structuredClone(calibrator.toJSON()))).toEqual(calibrator);
      }),
      options,
    );
  });

  test("leaves its inputs alone and answers no scores with nothing", () => {
    const scores = Float64Array.of(0.75, -0, 0.25, 1);
    const labels = Float64Array.of(1, 0, 1, 0);
    const weights = Float64Array.of(1, 2, 0, 1);
    const calibrator = fit(scores, labels, weights);
    calibrator.logOdds(scores);
    expect(scores).toEqual(Float64Array.of(0.75, -0, 0.25, 1));
    expect(labels).toEqual(Float64Array.of(1, 0, 1, 0));
    expect(weights).toEqual(Float64Array.of(1, 2, 0, 1));
    expect(calibrator.predict([])).toEqual(new Float64Array(0));
  });
});
