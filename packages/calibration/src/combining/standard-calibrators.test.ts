import { describe, expect, test } from "vitest";
import { randomSource } from "../numerics/random-source.ts";
import { compareCalibrators } from "./compare-calibrators.ts";
import { standardCalibrators } from "./standard-calibrators.ts";

const random = randomSource("test", 1);
const logits = Float64Array.from({ length: 600 }, () => 6 * random() - 3);
// Half as sure as the logits say.
const labels = logits.map((l) => (random() < 1 / (1 + Math.exp(-l / 2)) ? 1 : 0));

describe("standardCalibrators", () => {
  test.each([
    ["logit", logits],
    ["probability", logits.map((l) => 1 / (1 + Math.exp(-l)))],
    ["unbounded", logits],
  ] as const)("all fit scores of the kind %s", (input, scores) => {
    const calibrators = standardCalibrators({ input });
    const { ranking, reason } = compareCalibrators(scores, labels, { calibrators, seed: 1 });
    expect(ranking.map(({ name }) => name).sort()).toEqual(Object.keys(calibrators).sort());
    for (const entry of ranking) expect(Number.isFinite(entry.logLoss)).toBe(true);
    if (input === "unbounded") return;
    // Over-confident scores: one number puts them right, and as they are they come last.
    const temperature = ranking.find(({ name }) => name === "temperature")!;
    expect(temperature.isTied).toBe(true);
    expect(ranking.at(-1)!.name).toBe("identity");
    expect(ranking.at(-1)!.spiegelhalterZ).toBeGreaterThan(3);
    expect(reason).toMatch(/Worse: .*identity by 0\.\d+ ± 0\.\d+\.$/);
  });

  test("gives the same fits for logits and for their probabilities", () => {
    const rank = (input: "logit" | "probability", scores: Float64Array) =>
      compareCalibrators(scores, labels, {
        calibrators: standardCalibrators({ input }),
        seed: 1,
      }).ranking.find(({ name }) => name === "beta")!.logLoss;
    const probabilities = logits.map((l) => 1 / (1 + Math.exp(-l)));
    expect(rank("probability", probabilities)).toBeCloseTo(rank("logit", logits), 8);
  });

  test("refuses another kind", () => {
    expect(() => standardCalibrators({ input: "margin" as "logit" })).toThrow(
      new RangeError(
        'standardCalibrators: input must be "probability" or "logit" or "unbounded", got "margin"',
      ),
    );
  });
});
