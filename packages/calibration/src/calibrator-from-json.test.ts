import { describe, expect, test } from "vitest";
import { histogramFromJSON } from "./binning/histogram-from-json.ts";
import { scalingBinningFromJSON } from "./binning/scaling-binning-from-json.ts";
import { calibratorFromJSON } from "./calibrator-from-json.ts";
import { isotonicFromJSON } from "./isotonic/isotonic-from-json.ts";
import { betaFromJSON } from "./parametric/beta-from-json.ts";
import { identityFromJSON } from "./parametric/identity-from-json.ts";
import { logisticFromJSON } from "./parametric/logistic-from-json.ts";
import { plattFromJSON } from "./parametric/platt-from-json.ts";
import { temperatureFromJSON } from "./parametric/temperature-from-json.ts";
import { vennAbersFromJSON } from "./venn-abers/venn-abers-from-json.ts";

const isotonic = {
  version: 1,
  kind: "isotonic",
  increasing: true,
  outOfBounds: "clip",
  thresholds: [0, 1, 2],
  values: [0, 0.5, 1],
};
const platt = { version: 1, kind: "platt", input: "unbounded", a: -1, b: 0.5 };
const clipped = { ...platt, input: "probability", clip: 0.01 };
const temperature = { version: 1, kind: "temperature", input: "logit", temperature: 2 };
const beta = { version: 1, kind: "beta", input: "probability", clip: 1e-9, a: 2, b: 0.5, c: -1 };
const logistic = {
  version: 1,
  kind: "logistic",
  input: "logit",
  features: "beta2",
  coefficients: [2, -1],
  intercept: 0.5,
};
const identity = { version: 1, kind: "identity", input: "probability", clip: 0 };

const vennAbers = {
  version: 1,
  kind: "venn-abers",
  thresholds: [1, 2],
  lower: [0, 0, 0.5],
  upper: [0.5, 1, 1],
};
const histogram = { version: 1, kind: "histogram", input: "logit", edges: [-1, 1], values: [0, 1, 0.5] };
const scalingBinning = {
  version: 1,
  kind: "scaling-binning",
  calibrator: platt,
  edges: [0],
  values: [0.25, 0.75],
  complements: [0.75, 0.25],
};

/** Scaling-binning of scaling-binning, and so on, of Platt's curve. */
const nested = (depth: number): object =>
  depth === 0 ? platt : { ...scalingBinning, calibrator: nested(depth - 1) };

describe("calibratorFromJSON", () => {
  test("reads every kind", () => {
    const average = { version: 1, kind: "average", calibrators: [platt, isotonic] };
    const shifted = { version: 1, kind: "prior-shift", logShift: -0.5, calibrator: platt };
    const kinds = [isotonic, platt, clipped, temperature, beta, logistic, identity, vennAbers, histogram];
    for (const json of [...kinds, scalingBinning, average, shifted]) {
      expect(calibratorFromJSON(json).toJSON()).toEqual(json);
    }
    expect(isotonicFromJSON(isotonic).predict([0.5])).toEqual(Float64Array.of(0.25));
    expect(plattFromJSON(platt).logOdds([2])).toEqual(Float64Array.of(1.5));
  });

  test("reads a falling fit, whose bounds are those of its ends", () => {
    const falling = calibratorFromJSON({ ...isotonic, increasing: false, values: [0.75, 0.5, 0.25] });
    expect(falling.maxLogOdds).toBeCloseTo(Math.log(3), 14);
    expect(falling.minLogOdds).toBeCloseTo(-Math.log(3), 14);
  });

  test("reads a single bin, which has no edges", () => {
    expect(calibratorFromJSON({ ...histogram, edges: [], values: [0.5] }).predict([7])).toEqual(
      Float64Array.of(0.5),
    );
  });

  test("reads calibrators of calibrators down to a limit, and says where one of them is wrong", () => {
    expect(calibratorFromJSON(nested(8)).toJSON()).toEqual(nested(8));
    expect(scalingBinningFromJSON(nested(8)).toJSON()).toEqual(nested(8));
    for (const read of [calibratorFromJSON, scalingBinningFromJSON]) {
      for (const depth of [9, 1000]) expect(() => read(nested(depth))).toThrow(RangeError);
      expect(() => read(nested(9))).toThrow(/: calibrators must be nested at most 8 deep, got 9$/);
    }
    const wrong = { ...scalingBinning, calibrator: { ...scalingBinning, calibrator: { ...platt, b: "0" } } };
    expect(() => calibratorFromJSON(wrong)).toThrow(
      new TypeError('calibratorFromJSON: calibrator: calibrator: b must be a number, got "0"'),
    );
  });

  const inherited = Object.create(
    { a: -1, b: 0 },
    { version: own(1), kind: own("platt"), input: own("logit") },
  );
  const liar = Object.assign([0, 1, 2], { length: 3 });
  liar[Symbol.iterator] = () => [Number.NaN].values();
  const sparse: number[] = [];
  sparse.length = 2 ** 32 - 1;

  const refused: [name: string, json: unknown, error: RegExp, type?: ErrorConstructor][] = [
    ["text", JSON.stringify(platt), /json must be a parsed object, got "/, TypeError],
    ["null", null, /json must be a parsed object, got null/, TypeError],
    ["an array", [platt], /json must be a parsed object, got an array/, TypeError],
    ["a function", () => platt, /json must be a parsed object, got a function/, TypeError],
    ["no kind", {}, /kind must be one of .*, got undefined/],
    ["an inherited kind", Object.create(platt), /kind must be one of .*, got undefined/],
    ["the kind __proto__", { ...platt, kind: "__proto__" }, /kind must be .* got "__proto__"/],
    ["the kind toString", { ...platt, kind: "toString" }, /kind must be .* got "toString"/],
    ["another version", { ...platt, version: 2 }, /version must be 1, got 2/],
    ["a text version", { ...platt, version: "1" }, /version must be 1, got "1"/],
    [
      "a missing field",
      { version: 1, kind: "platt", input: "logit", a: 1 },
      /none of its own named b/,
      TypeError,
    ],
    ["inherited fields", inherited, /none of its own named a/, TypeError],
    ["an extra field", { ...platt, c: 1 }, /must hold only version, kind, input, a, b, got "c"/, TypeError],
    [
      "a prototype key",
      JSON.parse('{"version":1,"kind":"platt","input":"logit","a":1,"b":1,"__proto__":{"x":1}}'),
      /got "__proto__"/,
      TypeError,
    ],
    ["a symbol key", { ...platt, [Symbol("x")]: 1 }, /got Symbol\(x\)/, TypeError],
    ["a text number", { ...platt, a: "1" }, /a must be a number, got "1"/, TypeError],
    ["NaN", { ...platt, b: Number.NaN }, /b must be finite, got NaN/],
    ["a null number, as JSON makes of NaN", { ...platt, b: null }, /b must be a number, got null/, TypeError],
    [
      "thresholds in an object",
      { ...isotonic, thresholds: { length: 3 } },
      /thresholds must be an array, got an object/,
      TypeError,
    ],
    ["no thresholds", { ...isotonic, thresholds: [] }, /thresholds must hold 1 to 16777216 numbers, got 0/],
    ["a huge array", { ...isotonic, thresholds: sparse }, /thresholds must hold .* got 4294967295/],
    [
      "a hole",
      { ...isotonic, thresholds: new Array(3) },
      /thresholds\[0\] must be a number, got undefined/,
      TypeError,
    ],
    [
      "an infinite threshold",
      { ...isotonic, thresholds: [0, 1, 1 / 0] },
      /thresholds\[2\] must be finite, got Infinity/,
    ],
    ["unsorted thresholds", { ...isotonic, thresholds: [0, 2, 1] }, /strictly ascending, got 1 at index 2/],
    ["repeated thresholds", { ...isotonic, thresholds: [0, 1, 1] }, /strictly ascending, got 1 at index 2/],
    [
      "an endless range",
      { ...isotonic, thresholds: [-1e308, 0, 1e308] },
      /thresholds must span a finite range/,
    ],
    [
      "lengths that differ",
      { ...isotonic, values: [0, 1] },
      /values must have the length of thresholds \(3\), got 2/,
    ],
    [
      "values that fall",
      { ...isotonic, values: [0, 0.5, 0.4] },
      /values must be non-decreasing, got 0.4 at index 2/,
    ],
    [
      "values that rise",
      { ...isotonic, increasing: false },
      /values must be non-increasing, got 0.5 at index 1/,
    ],
    [
      "values above 1",
      { ...isotonic, values: [0, 0.5, 1.5] },
      /values must be probabilities in \[0, 1\], got 0 to 1.5/,
    ],
    ["values below 0", { ...isotonic, values: [-0.5, 0.5, 1] }, /values must be probabilities in \[0, 1\]/],

    [
      "too few lower values",
      { ...vennAbers, lower: [0, 0.5] },
      /lower must hold one number more than thresholds \(3\), got 2/,
    ],
    ["a lower value of 1", { ...vennAbers, lower: [0, 0, 1] }, /lower must stay below 1 .* got 1 and 0.5/],
    ["an upper value of 0", { ...vennAbers, upper: [0, 1, 1] }, /upper above 0, got 0.5 and 0/],
    ["a lower value above 1", { ...vennAbers, lower: [0, 0, 2] }, /lower must lie in \[0, 1\], got 2 at/],
    [
      "lower values that fall",
      { ...vennAbers, lower: [0, 0.5, 0.4] },
      /lower must be non-decreasing, got 0.4 at index 2/,
    ],
    [
      "upper values that fall",
      { ...vennAbers, upper: [0.5, 1, 0.9] },
      /upper must be non-decreasing, got 0.9 at index 2/,
    ],
    [
      "a lower value above the upper one of a threshold",
      { ...vennAbers, lower: [0, 0.75, 0.75] },
      /lower must not pass upper, got 0.75 at index 1/,
    ],
    ["an unknown input", { ...histogram, input: "score" }, /input must be .* got "score"/],
    [
      "edges that fall",
      { ...histogram, edges: [1, -1] },
      /edges must be strictly ascending, got -1 at index 1/,
    ],
    [
      "as many values as edges",
      { ...histogram, values: [0, 1] },
      /values must hold one number more than edges \(3\), got 2/,
    ],
    ["bins that are no probabilities", { ...histogram, values: [0, 1, 1.5] }, /values must lie in \[0, 1\]/],
    ["bins of null", { ...histogram, values: [0, 1, null] }, /values\[2\] must be a number/, TypeError],
    [
      "bins that fall",
      { ...scalingBinning, values: [0.75, 0.25] },
      /values must be non-decreasing, got 0.25 at index 1/,
    ],
    [
      "complements that rise",
      { ...scalingBinning, complements: [0.25, 0.75] },
      /complements must be non-increasing, got 0.75 at index 1/,
    ],
    [
      "complements that are none",
      { ...scalingBinning, complements: [0.75, 0.3] },
      /values and complements must add up to 1, got 1.05 at index 1/,
    ],
    [
      "no inner calibrator",
      { ...scalingBinning, calibrator: null },
      /calibrator: json must be a .* got null/,
      TypeError,
    ],
    [
      "an inner calibrator of no kind",
      { ...scalingBinning, calibrator: { ...platt, kind: "sigmoid" } },
      /calibrator: kind must be one of .* got "sigmoid"/,
    ],
    [
      "an inner regression",
      { ...scalingBinning, calibrator: { ...isotonic, values: [0, 1, 2] } },
      /calibrator: values must be probabilities in \[0, 1\], got 0 to 2/,
    ],
    ["an unknown policy", { ...isotonic, outOfBounds: "raise" }, /outOfBounds must be .* got "raise"/],
    ["an unknown input", { ...platt, input: "margin" }, /input must be "probability" or .*, got "margin"/],
    [
      "probabilities without a clip",
      { ...platt, input: "probability" },
      /none of its own named clip/,
      TypeError,
    ],
    ["a clip of logits", { ...clipped, input: "logit" }, /must hold only .*, got "clip"/, TypeError],
    ["a clip of 0", { ...clipped, clip: 0 }, /clip must be a number in \(0, 0.5\), got 0/],
    ["a clip of 0.5", { ...identity, clip: 0.5 }, /clip must be a number in \(0, 0.5\), got 0.5/],
    ["a text clip", { ...clipped, clip: "0.1" }, /clip must be a number, got "0.1"/, TypeError],
    ["unbounded scores of beta", { ...beta, input: "unbounded" }, /must hold only .*, got "clip"/, TypeError],
    ["unbounded scores", { ...temperature, input: "unbounded" }, /input must be .* got "unbounded"/],
    ["a temperature of 0", { ...temperature, temperature: 0 }, /temperature must lie in \[.*\], got 0/],
    ["a negative temperature", { ...temperature, temperature: -1 }, /temperature must lie in .* got -1/],
    ["an infinite temperature", { ...temperature, temperature: 1 / 0 }, /temperature must be finite/],
    ["an infinite slope of beta", { ...beta, a: -1 / 0 }, /a must be finite, got -Infinity/],
    ["a beta without c", { ...beta, c: null }, /c must be a number, got null/, TypeError],
    ["unknown features", { ...logistic, features: "beta3" }, /features must be .* got "beta3"/],
    [
      "a missing coefficient",
      { ...logistic, coefficients: [1] },
      /coefficients must hold 2 with features "beta2", got 1/,
    ],
    [
      "a coefficient too many",
      { ...logistic, features: "linear" },
      /coefficients must hold 1 with features "linear", got 2/,
    ],
    [
      "an infinite coefficient",
      { ...logistic, coefficients: [1, Number.NaN] },
      /coefficients\[1\] must be finite, got NaN/,
    ],
    ["a text intercept", { ...logistic, intercept: "0" }, /intercept must be a number/, TypeError],
    ["a text direction", { ...isotonic, increasing: "true" }, /increasing must be true or false, got "true"/],
  ];

  test.each(refused)("refuses %s", (_, json, message, type = RangeError) => {
    expect(() => calibratorFromJSON(json)).toThrow(message);
    expect(() => calibratorFromJSON(json)).toThrow(type);
    expect(() => calibratorFromJSON(json)).toThrow(/^calibratorFromJSON: /);
  });

  test("reads arrays by index, whatever their iterator says", () => {
    expect(Array.from(isotonicFromJSON({ ...isotonic, thresholds: liar }).thresholds)).toEqual([0, 1, 2]);
  });

  test("each reader refuses another kind", () => {
    for (const [read, name, kind] of [
      [vennAbersFromJSON, "vennAbersFromJSON", "venn-abers"],
      [histogramFromJSON, "histogramFromJSON", "histogram"],
      [scalingBinningFromJSON, "scalingBinningFromJSON", "scaling-binning"],
    ] as const) {
      const json = [vennAbers, histogram, scalingBinning].find((other) => other.kind === kind)!;
      expect(read(json).toJSON()).toEqual(json);
      expect(() => read({ ...json, kind: "platt" })).toThrow(`${name}: kind must be "${kind}", got "platt"`);
    }
    expect(() => temperatureFromJSON({ ...temperature, kind: "beta" })).toThrow(
      'temperatureFromJSON: kind must be "temperature", got "beta"',
    );
    expect(() => betaFromJSON({ ...beta, kind: "platt" })).toThrow(
      'betaFromJSON: kind must be "beta", got "platt"',
    );
    expect(() => logisticFromJSON({ ...logistic, kind: "beta" })).toThrow(
      'logisticFromJSON: kind must be "logistic", got "beta"',
    );
    expect(() => identityFromJSON({ ...identity, kind: "beta" })).toThrow(
      'identityFromJSON: kind must be "identity", got "beta"',
    );
    expect(() => plattFromJSON({ ...platt, kind: "isotonic" })).toThrow(
      'plattFromJSON: kind must be "platt", got "isotonic"',
    );
    expect(() => isotonicFromJSON({ ...isotonic, kind: "platt" })).toThrow(
      'isotonicFromJSON: kind must be "isotonic", got "platt"',
    );
  });

  test("leaves no trace on prototypes", () => {
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true };
}
