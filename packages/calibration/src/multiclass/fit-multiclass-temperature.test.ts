import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { fitTemperature } from "../parametric/fit-temperature.ts";
import { fitMulticlassTemperature } from "./fit-multiclass-temperature.ts";
import { multiclassTemperatureFromJSON } from "./multiclass-temperature-from-json.ts";

const logit = fc.double({ min: -20, max: 20, noNaN: true });

/** The log loss at a temperature, from its definition. */
function logLoss(logits: number[], labels: number[], classes: number, temperature: number): number {
  return labels.reduce((total, label, row) => {
    const scaled = logits.slice(row * classes, (row + 1) * classes).map((value) => value / temperature);
    const largest = Math.max(...scaled);
    const sum = scaled.reduce((acc, value) => acc + Math.exp(value - largest), 0);
    return total + Math.log(sum) - (scaled[label]! - largest);
  }, 0);
}

describe("fitMulticlassTemperature", () => {
  const logits = [4, 1, 0, 0, 3, 1, 2, 0, 3, 5, 0, 1];
  const labels = [0, 1, 0, 0];

  test("is fitTemperature for two classes", () => {
    const rows = fc.array(fc.tuple(logit, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (data) => {
        const x = data.map(([value]) => value);
        const y = data.map(([, label]) => label);
        const weights = data.map(([, , weight]) => weight);
        const want = fitTemperature(x, y, { input: "logit", weights });
        const pairs = x.flatMap((value) => [0, value]);
        const got = fitMulticlassTemperature(pairs, y, { classes: 2, weights });
        expect(got.atBound).toBe(want.atBound);
        expectClose([got.temperature], [want.temperature], { rel: 1e-9, abs: 0 });
      }),
      { seed: 2017, numRuns: 300 },
    );
  });

  test("no temperature in its range is likelier", () => {
    const rows = fc.array(fc.tuple(logit, logit, logit, fc.integer({ min: 0, max: 2 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(rows, fc.double({ min: -10, max: 10, noNaN: true }), (data, logTemperature) => {
        const z = data.flatMap((row) => row.slice(0, 3));
        const y = data.map((row) => row[3]);
        const { temperature } = fitMulticlassTemperature(z, y, { classes: 3 });
        const other = logLoss(z, y, 3, Math.exp(logTemperature));
        expect(logLoss(z, y, 3, temperature)).toBeLessThanOrEqual(other * (1 + 1e-13) + 1e-300);
      }),
      { seed: 2018, numRuns: 300 },
    );
  });

  test("predicts rows that add up to 1, however large the logits", () => {
    const calibrator = fitMulticlassTemperature(logits, labels, { classes: 3 });
    const [a, b, c, ...huge] = calibrator.predict([2, 0, 1, 1.7e308, -1.7e308, 1.7e308]);
    const { temperature } = calibrator;
    const sum = Math.exp(2 / temperature) + 1 + Math.exp(1 / temperature);
    expectClose([a!, b!, c!], [Math.exp(2 / temperature) / sum, 1 / sum, Math.exp(1 / temperature) / sum], {
      rel: 1e-14,
      abs: 0,
    });
    expect(huge).toEqual([0.5, 0, 0.5]);
    expect(calibrator.predict([])).toEqual(new Float64Array(0));
  });

  test("says what it can where there is no optimum", () => {
    const fit = (z: number[], y: number[]) => fitMulticlassTemperature(z, y, { classes: 3 });
    expect(fit([3, 1, 1], [0])).toMatchObject({ atBound: true });
    expect(fit([3, 1, 1], [0]).temperature).toBeLessThan(1e-4);
    expect(fit([3, 1, 1], [1])).toMatchObject({ atBound: true });
    expect(fit([3, 1, 1], [1]).temperature).toBeGreaterThan(1e4);
    expect(fit([1, 1, 1, -7, -7, -7], [1, 2])).toMatchObject({ atBound: false, temperature: 1 });
    expect(fit([1.7e308, -1.7e308, 0, 1, 0, 0], [1, 0]).temperature).toBeGreaterThan(1e4);
  });

  test("takes weights for repetition, and widens float32", () => {
    const weights = [2, 1, 0, 1];
    const got = fitMulticlassTemperature(Float32Array.from(logits), labels, { classes: 3, weights });
    const repeated = [...logits.slice(0, 3), ...logits.slice(0, 6), ...logits.slice(9)];
    const want = fitMulticlassTemperature(repeated, [0, 0, 1, 0], { classes: 3 });
    expectClose([got.temperature], [want.temperature], { rel: 1e-12, abs: 0 });
  });

  test("comes back from JSON bit for bit", () => {
    const calibrator = fitMulticlassTemperature(logits, labels, { classes: 3 });
    expect(multiclassTemperatureFromJSON(JSON.parse(JSON.stringify(calibrator)))).toEqual(calibrator);
  });

  const classes = 3;
  const json = { version: 1, kind: "multiclass-temperature", classes, temperature: 2 };
  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no options",
      () => fitMulticlassTemperature(logits, labels, undefined as never),
      new RangeError("fitMulticlassTemperature: classes must be an integer from 2, got undefined"),
    ],
    [
      "one class",
      () => fitMulticlassTemperature([1], [0], { classes: 1 }),
      new RangeError("fitMulticlassTemperature: classes must be an integer from 2, got 1"),
    ],
    [
      "half a row",
      () => fitMulticlassTemperature([1, 2, 3, 4], [0], { classes }),
      new RangeError("fitMulticlassTemperature: logits must fill rows of 3 classes, got length 4"),
    ],
    [
      "no rows",
      () => fitMulticlassTemperature([], [], { classes }),
      new RangeError("fitMulticlassTemperature: logits must not be empty, got length 0"),
    ],
    [
      "too few labels",
      () => fitMulticlassTemperature(logits, [0], { classes }),
      new RangeError("fitMulticlassTemperature: labels must have one element per row of logits (4), got 1"),
    ],
    [
      "a label that is no class",
      () => fitMulticlassTemperature(logits, [0, 3, 0, 0], { classes }),
      new RangeError("fitMulticlassTemperature: labels must be integers from 0 to 2, got 3 at index 1"),
    ],
    [
      "half a label",
      () => fitMulticlassTemperature(logits, [0, 0.5, 0, 0], { classes }),
      new RangeError("fitMulticlassTemperature: labels must be integers from 0 to 2, got 0.5 at index 1"),
    ],
    [
      "NaN",
      () => fitMulticlassTemperature([1, Number.NaN, 2], [0], { classes }),
      new RangeError("fitMulticlassTemperature: logits must be finite, got NaN at index 1"),
    ],
    [
      "too many weights",
      () => fitMulticlassTemperature([1, 0, 2], [0], { classes, weights: [1, 1] }),
      new RangeError("fitMulticlassTemperature: weights must have the length of labels (1), got 2"),
    ],
    [
      "half a row of queries",
      () => multiclassTemperatureFromJSON(json).predict([1, 2]),
      new RangeError("predict: logits must fill rows of 3 classes, got length 2"),
    ],
    [
      "JSON of another kind",
      () => multiclassTemperatureFromJSON({ ...json, kind: "temperature" }),
      new RangeError(
        'multiclassTemperatureFromJSON: kind must be "multiclass-temperature", got "temperature"',
      ),
    ],
    [
      "JSON of half a class",
      () => multiclassTemperatureFromJSON({ ...json, classes: 2.5 }),
      new RangeError("multiclassTemperatureFromJSON: classes must be an integer from 2, got 2.5"),
    ],
    [
      "JSON with a text temperature",
      () => multiclassTemperatureFromJSON({ ...json, temperature: "2" }),
      new TypeError('multiclassTemperatureFromJSON: temperature must be a number, got "2"'),
    ],
    [
      "JSON with more in it",
      () => multiclassTemperatureFromJSON({ ...json, input: "logit" }),
      new TypeError(
        'multiclassTemperatureFromJSON: json must hold only version, kind, classes, temperature, got "input"',
      ),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});
