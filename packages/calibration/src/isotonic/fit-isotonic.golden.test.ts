import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { fitIsotonic } from "./fit-isotonic.ts";

interface Case {
  name: string;
  strict: boolean;
  params: {
    increasing: boolean | "auto";
    out_of_bounds: "nan" | "clip" | "raise";
    y_min: number | null;
    y_max: number | null;
  };
  x: number[];
  y: number[];
  w: number[] | null;
  query: number[];
  query_inside?: number[];
  expected: {
    increasing: boolean;
    x_min: number;
    x_max: number;
    x_thresholds: number[];
    y_thresholds: number[];
    predict?: number[];
    predict_train?: number[];
    predict_error?: boolean;
    predict_inside?: number[];
  };
}

const outOfBounds = { nan: "nan", clip: "clip", raise: "throw" } as const;
const cases = readGolden<Case>("isotonic.json").filter(({ strict }) => strict);

function fit({ x, y, w, params }: Case) {
  return fitIsotonic(x, y, {
    weights: w ?? undefined,
    increasing: params.increasing,
    lowerBound: params.y_min ?? undefined,
    upperBound: params.y_max ?? undefined,
    outOfBounds: outOfBounds[params.out_of_bounds],
  });
}

describe("fitIsotonic equals scikit-learn", () => {
  test("all strict cases are here", () => expect(cases.length).toBe(27));

  test.each(cases)("$name: direction and knots", (golden) => {
    const { expected } = golden;
    const calibrator = fit(golden);
    expect(calibrator.increasing).toBe(expected.increasing);
    expect(Array.from(calibrator.thresholds)).toEqual(expected.x_thresholds);
    expectClose(calibrator.values, expected.y_thresholds, { rel: 1e-13, abs: 1e-15 });
    expect(calibrator.thresholds[0]).toBe(expected.x_min);
    expect(calibrator.thresholds.at(-1)).toBe(expected.x_max);
  });

  test.each(cases)("$name: predictions", (golden) => {
    const { query, query_inside, x, expected } = golden;
    const calibrator = fit(golden);
    const tolerance = { rel: 1e-12, abs: 1e-14 };
    if (expected.predict_error) {
      expect(() => calibrator.predict(query)).toThrow(RangeError);
      expectClose(calibrator.predict(query_inside!), expected.predict_inside!, tolerance);
    } else {
      expectClose(calibrator.predict(query), expected.predict!, tolerance);
    }
    if (expected.predict_train) expectClose(calibrator.predict(x), expected.predict_train, tolerance);
  });
});
