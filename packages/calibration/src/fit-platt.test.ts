import { describe, expect, test } from "vitest";
import { fitPlatt } from "./fit-platt.ts";
import { expectClose, readGolden } from "./golden/read-golden.ts";

interface Case {
  name: string;
  scores: number[];
  y: number[];
  w: number[] | null;
  query: number[];
  expected: {
    optimum: { a?: number; b?: number; predict?: number[]; predict_at_score?: number };
  };
}

const cases = readGolden<Case>("platt.json");

describe("fitPlatt finds the exact optimum", () => {
  test.each(cases)("$name", ({ scores, y, w, query, expected: { optimum } }) => {
    const calibrator = fitPlatt(scores, y, { weights: w ?? undefined });
    if (optimum.predict_at_score !== undefined) {
      expectClose(calibrator.predict([scores[0]!]), [optimum.predict_at_score], { rel: 1e-14, abs: 0 });
      return;
    }
    expectClose([calibrator.a, calibrator.b], [optimum.a!, optimum.b!], { rel: 1e-12, abs: 1e-12 });
    expectClose(calibrator.predict(query), optimum.predict!, { rel: 1e-11, abs: 1e-13 });
  });
});
