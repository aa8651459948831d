import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { softplus } from "../numerics/log-odds.ts";
import { fitTemperature } from "./fit-temperature.ts";

interface Case {
  name: string;
  kind: string;
  logits: number[];
  y: number[];
  w: number[] | null;
  query_logits: number[];
  expected: {
    at_bound: "upper" | "lower" | null;
    temperature?: number;
    nll?: number;
    predict?: number[];
  };
}

const cases = readGolden<Case>("beta_temperature.json").filter(({ kind }) => kind === "temperature");

/** The log loss at a temperature, from its definition. */
function logLoss(logits: number[], labels: number[], weights: number[] | null, temperature: number): number {
  return logits.reduce((sum, logit, i) => {
    const towards = (labels[i] === 1 ? -logit : logit) / temperature;
    return sum + (weights?.[i] ?? 1) * softplus(towards);
  }, 0);
}

describe("fitTemperature finds the exact optimum", () => {
  test("all cases are here", () => expect(cases.length).toBe(7));

  test.each(cases)("$name", ({ logits, y, w, query_logits, expected }) => {
    const calibrator = fitTemperature(logits, y, { input: "logit", weights: w ?? undefined });
    if (expected.at_bound !== null) {
      expect(calibrator.atBound).toBe(true);
      // Bounds of the golden file are those of the inverse temperature.
      expect(Math.log(calibrator.temperature)).toBeCloseTo(expected.at_bound === "upper" ? -10 : 10, 12);
      return;
    }
    expect(calibrator.atBound).toBe(false);
    expectClose([calibrator.temperature], [expected.temperature!], { rel: 1e-12, abs: 0 });
    expectClose(calibrator.predict(query_logits), expected.predict!, { rel: 1e-11, abs: 1e-300 });
    expectClose([logLoss(logits, y, w, calibrator.temperature)], [expected.nll!], { rel: 1e-13, abs: 0 });
  });
});

describe("fitTemperature", () => {
  const logits = [-4, -2, -1, 1, 3, 5];
  const labels = [0, 1, 0, 0, 1, 1];

  test("no temperature in its range is likelier", () => {
    const rows = fc.array(
      fc.tuple(fc.double({ min: -30, max: 30, noNaN: true }), fc.integer({ min: 0, max: 1 })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(rows, fc.double({ min: -10, max: 10, noNaN: true }), (data, logTemperature) => {
        const x = data.map(([logit]) => logit);
        const y = data.map(([, label]) => label);
        const { temperature } = fitTemperature(x, y, { input: "logit" });
        const least = logLoss(x, y, null, temperature);
        expect(least).toBeLessThanOrEqual(
          logLoss(x, y, null, Math.exp(logTemperature)) * (1 + 1e-14) + 1e-300,
        );
      }),
      { seed: 2017, numRuns: 500 },
    );
  });

  test("scales with the logits, however large or small, until it meets a bound", () => {
    const { temperature } = fitTemperature(logits, labels, { input: "logit" });
    for (const unit of [1e-4, 1e-2, 1e2, 1e3]) {
      const scaled = fitTemperature(
        logits.map((logit) => logit * unit),
        labels,
        { input: "logit" },
      );
      expectClose([scaled.temperature], [temperature * unit], { rel: 1e-12, abs: 0 });
    }
    for (const [unit, bound] of [
      [1e-300, -10],
      [3e307, 10],
    ] as const) {
      const scaled = fitTemperature(
        logits.map((logit) => logit * unit),
        labels,
        { input: "logit" },
      );
      expect(scaled.atBound).toBe(true);
      expect(Math.log(scaled.temperature)).toBeCloseTo(bound, 12);
      expect(scaled.predict([1.7e308, -1.7e308, 0])).toEqual(Float64Array.of(1, 0, 0.5));
    }
  });

  test("reads probabilities through the logit, clipped", () => {
    const probabilities = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    const got = fitTemperature(probabilities, labels, { input: "probability" });
    const { temperature } = fitTemperature(logits, labels, { input: "logit" });
    expectClose([got.temperature], [temperature], { rel: 1e-13, abs: 0 });
    expectClose(
      [got.maxLogOdds, got.minLogOdds],
      [36.04365338911715 / temperature, -36.04365338911715 / temperature],
      {
        rel: 1e-13,
        abs: 0,
      },
    );
    expect(got.logOdds([0, 1])).toEqual(Float64Array.of(got.minLogOdds, got.maxLogOdds));
    expect(fitTemperature([0, 1, 1], [0, 1, 0], { input: "probability", clip: 0.25 }).maxLogOdds).toBeCloseTo(
      Math.log(2),
      12,
    );
  });

  test("says what it can of one class, of one row, and of logits of 0", () => {
    expect(fitTemperature([1, 2], [1, 1], { input: "logit" })).toMatchObject({ atBound: true });
    expect(fitTemperature([-1, -2], [1, 1], { input: "logit" }).temperature).toBeCloseTo(Math.exp(10), 9);
    expect(fitTemperature([-1, 4], [1, 1], { input: "logit" }).atBound).toBe(false);
    expect(fitTemperature([3], [1], { input: "logit" }).temperature).toBeCloseTo(Math.exp(-10), 15);
    expect(fitTemperature([0, 0], [0, 1], { input: "logit" })).toMatchObject({
      temperature: 1,
      atBound: false,
    });
  });

  test("leaves rows of weight 0 out, however large their scores", () => {
    const weights = [...logits.map(() => 2), 0];
    const got = fitTemperature([...logits, 1e308], [...labels, 0], { input: "logit", weights });
    expect(got.temperature).toBeCloseTo(fitTemperature(logits, labels, { input: "logit" }).temperature, 12);
  });

  const input = "logit";
  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no options",
      () => fitTemperature([1], [1], undefined as never),
      new RangeError('fitTemperature: input must be "probability" or "logit", got undefined'),
    ],
    [
      "unbounded scores",
      () => fitTemperature([1], [1], { input: "unbounded" as "logit" }),
      new RangeError('fitTemperature: input must be "probability" or "logit", got "unbounded"'),
    ],
    [
      "a clip of logits",
      () => fitTemperature([1], [1], { input, clip: 0.1 }),
      new RangeError('fitTemperature: clip must be left out unless input is "probability", got 0.1'),
    ],
    [
      "other labels",
      () => fitTemperature([1, 2], [0, 2], { input }),
      new RangeError(
        "fitTemperature: labels must be all 0 and 1, all -1 and 1, or booleans, got 2 at index 1",
      ),
    ],
    [
      "NaN",
      () => fitTemperature([1, Number.NaN], [0, 1], { input }),
      new RangeError("fitTemperature: scores must be finite, got NaN at index 1"),
    ],
    [
      "negative weights",
      () => fitTemperature([1, 2], [0, 1], { input, weights: [1, -1] }),
      new RangeError("fitTemperature: weights must not be negative, got -1 at index 1"),
    ],
    [
      "no rows",
      () => fitTemperature([], [], { input }),
      new RangeError("fitTemperature: scores must not be empty, got length 0"),
    ],
    [
      "queries that are no probabilities",
      () => fitTemperature([0.1, 0.9], [0, 1], { input: "probability" }).predict([2]),
      new RangeError("predict: scores must lie in [0, 1], got 2 at index 0"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});
