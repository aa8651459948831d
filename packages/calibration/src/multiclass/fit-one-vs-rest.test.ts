import { describe, expect, test } from "vitest";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { randomSource } from "../numerics/random-source.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { type FitOneVsRestOptions, fitOneVsRest } from "./fit-one-vs-rest.ts";
import { oneVsRestFromJSON } from "./one-vs-rest-from-json.ts";

const classes = 3;
const random = randomSource("test", 1);
const scores = Float64Array.from({ length: 200 * classes }, () => 4 * random() - 2);
const labels = Float64Array.from({ length: 200 }, (_, row) => {
  const odds = [0, 1, 2].map((label) => Math.exp(scores[row * classes + label]!));
  const u = random() * (odds[0]! + odds[1]! + odds[2]!);
  return u < odds[0]! ? 0 : u < odds[0]! + odds[1]! ? 1 : 2;
});

describe("fitOneVsRest", () => {
  test("fits each class against all others, and makes rows add up to 1", () => {
    const weights = labels.map((_, i) => 1 + (i % 2));
    const calibrator = fitOneVsRest(scores, labels, { classes, fit: fitPlatt, weights });
    const columns = [0, 1, 2].map((label) => scores.filter((_, i) => i % classes === label));
    const own = columns.map((column, label) => {
      const y = labels.map((other) => (other === label ? 1 : 0));
      return fitPlatt(column, y, { weights }).predict(column);
    });
    const predicted = calibrator.predict(scores);
    for (let row = 0; row < 200; row++) {
      const sum = own[0]![row]! + own[1]![row]! + own[2]![row]!;
      for (const label of [0, 1, 2]) {
        expect(predicted[row * classes + label]).toBeCloseTo(own[label]![row]! / sum, 14);
      }
    }
    expect(calibrator.classes).toBe(3);
  });

  test("gives equal shares where every class is given 0", () => {
    const rows = [0, 0, 0, 0, 9, 0, 0, 9];
    const calibrator = fitOneVsRest(rows, [0, 0, 1, 1], { classes: 2, fit: fitIsotonic });
    const json = calibrator.toJSON();
    const zero = { ...json.calibrators[0], thresholds: [0], values: [0] };
    const read = oneVsRestFromJSON({ ...json, calibrators: [zero, zero] });
    expect(read.predict([1, 2])).toEqual(Float64Array.of(0.5, 0.5));
  });

  test("comes back from JSON", () => {
    const calibrator = fitOneVsRest(scores, labels, { classes, fit: fitIsotonic });
    const copy = oneVsRestFromJSON(JSON.parse(JSON.stringify(calibrator)));
    expect(copy.predict(scores)).toEqual(calibrator.predict(scores));
    const read = (json: object) => () => oneVsRestFromJSON({ ...calibrator.toJSON(), ...json });
    expect(read({ kind: "average" })).toThrow('oneVsRestFromJSON: kind must be "one-vs-rest", got "average"');
    expect(read({ calibrators: [{}] })).toThrow("oneVsRestFromJSON: calibrators must hold 2 to 10000, got 1");
    expect(read({ calibrators: null })).toThrow(
      new TypeError("oneVsRestFromJSON: calibrators must be an array, got null"),
    );
    expect(read({ calibrators: [null, null] })).toThrow(
      "oneVsRestFromJSON: calibrators[0]: json must be a parsed object, got null",
    );
  });

  const refused: [name: string, options: object, error: Error][] = [
    ["one class", { classes: 1 }, new RangeError("fitOneVsRest: classes must be an integer from 2, got 1")],
    [
      "rows that are not full",
      { classes: 7 },
      new RangeError("fitOneVsRest: scores must fill rows of 7 classes, got length 600"),
    ],
    ["no fit", { fit: "platt" }, new TypeError('fitOneVsRest: fit must be a function, got "platt"')],
    [
      "too few weights",
      { weights: [1] },
      new RangeError("fitOneVsRest: weights must have the length of labels (200), got 1"),
    ],
  ];
  test.each(refused)("refuses %s", (_, options, error) => {
    const run = () =>
      fitOneVsRest(scores, labels, { classes, fit: fitPlatt, ...options } as FitOneVsRestOptions);
    expect(run).toThrow(error);
  });

  test("refuses other labels, and names the class that cannot be fitted", () => {
    expect(() => fitOneVsRest([1, 2], [2], { classes: 2, fit: fitPlatt })).toThrow(
      new RangeError("fitOneVsRest: labels must be integers from 0 to 1, got 2 at index 0"),
    );
    expect(() => fitOneVsRest([], [], { classes: 2, fit: fitPlatt })).toThrow(
      new RangeError("fitOneVsRest: scores must not be empty, got length 0"),
    );
    const cause = new RangeError("no luck");
    const fit = () => {
      throw cause;
    };
    const run = () => fitOneVsRest(scores, labels, { classes, fit });
    expect(run).toThrow(new Error("fitOneVsRest: class 0 cannot be fitted: no luck"));
    expect(run).toThrow(expect.objectContaining({ cause }));
  });
});
