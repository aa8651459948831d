import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { selectBackward } from "../selectors/select-backward.ts";
import { predictSelection } from "./predict-selection.ts";

/** The paper's one-dimensional pair on a fine grid: log weights and the generator's mass around each point. */
function onePointPerCell(cells: number): { logWeights: Float64Array; masses: Float64Array } {
  const density = (means: readonly number[], sd: number, x: number) =>
    means.reduce((sum, mean) => sum + Math.exp(-0.5 * ((x - mean) / sd) ** 2), 0) / (means.length * sd);
  const logWeights = new Float64Array(cells);
  const masses = new Float64Array(cells);
  for (let i = 0; i < cells; i++) {
    const x = -2.5 + (8 * (i + 0.5)) / cells;
    masses[i] = density([0, 1, 2], 0.3125, x);
    logWeights[i] = Math.log(density([0, 1, 2, 3], 0.25, x) / masses[i]!);
  }
  return { logWeights, masses };
}

describe("predictSelection on the paper's one-dimensional example", () => {
  const { logWeights, masses } = onePointPerCell(40_000);
  const prediction = predictSelection(logWeights, { masses });

  // Acceptance, cap-out and total variation by independent quadrature and simulation, to four digits.
  test.each([
    { chainLength: 1, capOut: 0.3202, totalVariation: 0.2268 },
    { chainLength: 10, capOut: 0.1959, totalVariation: 0.1876 },
    { chainLength: 100, capOut: 0.1242, totalVariation: 0.116 },
    { chainLength: 640, capOut: 0.0598, totalVariation: 0.0557 },
    { chainLength: 1000, capOut: 0.0469, totalVariation: 0.0438 },
  ])("after $chainLength steps", ({ chainLength, capOut, totalVariation }) => {
    expect(prediction.capOut(chainLength).toFixed(4)).toBe(capOut.toFixed(4));
    expect(prediction.totalVariation(chainLength, "target").toFixed(4)).toBe(totalVariation.toFixed(4));
  });

  test("accepts .6798 at the target, and is .2318 away without a chain", () => {
    expect(prediction.acceptanceRate).toBeCloseTo(0.6798, 4);
    expect(prediction.totalVariation(0, "proposal")).toBeCloseTo(0.2318, 4);
    expect(prediction.totalVariation(0, "target")).toBe(0);
  });
});

describe("predictSelection on finite spaces", () => {
  /** Target, proposal and the exact law after each step, by the transition matrix. */
  function exact(weightsUp: readonly number[], q: readonly number[], steps: number) {
    const pi = weightsUp.map((w, i) => w * q[i]!);
    const total = pi.reduce((a, b) => a + b, 0);
    const target = pi.map((x) => x / total);
    const step = (law: readonly number[]): number[] => {
      const next = law.map(() => 0);
      law.forEach((p, from) => {
        let stay = p;
        q.forEach((mass, to) => {
          if (weightsUp[from] === 0 && weightsUp[to] === 0) return;
          const move = p * mass * Math.min(1, weightsUp[to]! / weightsUp[from]!);
          next[to]! += move;
          stay -= move;
        });
        next[from]! += stay;
      });
      return next;
    };
    let law: number[] = [...q];
    for (let t = 0; t < steps; t++) law = step(law);
    const refused = target.map((_, i) =>
      q.reduce((sum, mass, j) => sum + mass * Math.max(0, 1 - weightsUp[j]! / weightsUp[i]!), 0),
    );
    const capOut = target.reduce((sum, p, i) => sum + (p > 0 ? p * refused[i]! ** steps : 0), 0);
    const distance = (a: readonly number[]) => a.reduce((sum, p, i) => sum + Math.abs(p - target[i]!), 0) / 2;
    const restarted = law.map((p, i) =>
      steps === 0 ? target[i]! : target[i]! * (target[i]! > 0 ? 1 - refused[i]! ** steps : 1) + capOut * p,
    );
    const acceptance = 1 - target.reduce((sum, p, i) => sum + (p > 0 ? p * refused[i]! : 0), 0);
    return { capOut, acceptance, fromProposal: distance(law), fromTarget: distance(restarted) };
  }

  test("equals the transition matrix", () => {
    const state = fc.record({
      logWeight: fc.oneof(fc.double({ min: -6, max: 6, noNaN: true }), fc.constantFrom(0, 1, -Infinity)),
      mass: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), fc.nat(40), (states, steps) => {
        fc.pre(states.some(({ logWeight }) => logWeight > -Infinity));
        const total = states.reduce((sum, { mass }) => sum + mass, 0);
        const q = states.map(({ mass }) => mass / total);
        const logWeights = states.map(({ logWeight }) => logWeight);
        const want = exact(logWeights.map(Math.exp), q, steps);
        const got = predictSelection(logWeights, { masses: q });
        expect(got.acceptanceRate).toBeCloseTo(want.acceptance, 9);
        expect(got.capOut(steps)).toBeCloseTo(want.capOut, 9);
        expect(got.totalVariation(steps, "proposal")).toBeCloseTo(want.fromProposal, 9);
        expect(got.totalVariation(steps, "target")).toBeCloseTo(want.fromTarget, 9);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test("is unchanged by order and by a constant, and by repeating every proposal", () => {
    const logWeights = [0.3, -1, 2, 0, 0];
    const shape = (weights: number[]) => {
      const prediction = predictSelection(weights);
      return [
        prediction.acceptanceRate,
        prediction.maximumWeight,
        prediction.relativeEffectiveSampleSize,
        prediction.capOut(7),
        prediction.totalVariation(7, "target"),
        prediction.backwardProposals(7),
      ];
    };
    const want = shape(logWeights);
    for (const other of [
      [...logWeights].reverse(),
      logWeights.map((w) => w + 1000),
      [...logWeights, ...logWeights],
    ]) {
      shape(other).forEach((figure, i) => {
        expect(figure).toBeCloseTo(want[i]!, 12);
      });
    }
    expect(predictSelection(logWeights.map((w) => w + 2)).logMeanWeight).toBeCloseTo(
      predictSelection(logWeights).logMeanWeight + 2,
      12,
    );
  });
});

describe("predictSelection", () => {
  const random = randomStream("weights");
  const logWeights = Float64Array.from({ length: 5000 }, () => normal(random));
  const prediction = predictSelection(logWeights);

  test("finds the shortest chain that is good enough", () => {
    for (const start of ["target", "proposal"] as const) {
      for (const target of [0.1, 0.01, 0.001]) {
        const chainLength = prediction.chainLength(target, start);
        expect(prediction.totalVariation(chainLength, start)).toBeLessThanOrEqual(target);
        expect(prediction.totalVariation(chainLength - 1, start)).toBeGreaterThan(
          chainLength === 1 ? -1 : target,
        );
      }
    }
  });

  test("keeps the bound of Mengersen and Tweedie", () => {
    for (const chainLength of [1, 10, 100]) {
      const bound = (1 - 1 / prediction.maximumWeight) ** chainLength;
      expect(prediction.totalVariation(chainLength, "proposal")).toBeLessThanOrEqual(bound);
    }
  });

  test("says how many proposals backward selection looks at", () => {
    const accept = randomStream("accept");
    const choice = randomStream("choice");
    let used = 0;
    const chains = 4000;
    for (let chain = 0; chain < chains; chain++) {
      const proposals = Float64Array.from({ length: 50 }, () => logWeights[Math.floor(choice() * 5000)]!);
      const logWeightBound = logWeights.reduce((a, b) => Math.max(a, b));
      used += selectBackward(proposals, { random: accept.split(chain), logWeightBound }).proposalsUsed;
    }
    const expected = prediction.backwardProposals(50);
    // The number used is below 50 with sd below 20: four standard errors.
    expect(Math.abs(used / chains - expected)).toBeLessThan((4 * 20) / Math.sqrt(chains));
  });

  test("is 1 throughout for equal weights", () => {
    const equal = predictSelection([3, 3, 3]);
    expect(equal).toMatchObject({ acceptanceRate: 1, maximumWeight: 1, relativeEffectiveSampleSize: 1 });
    expect(equal.capOut(1)).toBe(0);
    expect(equal.totalVariation(0, "proposal")).toBe(0);
    expect(equal.chainLength(0.01, "target")).toBe(1);
    expect(equal.backwardProposals(640)).toBe(1);
  });

  test("refuses what it cannot use", () => {
    expect(() => predictSelection([])).toThrow("at least one weight, got none");
    expect(() => predictSelection([0, Number.NaN])).toThrow("got NaN at index 1");
    expect(() => predictSelection([0, Infinity])).toThrow("got Infinity at index 1");
    expect(() => predictSelection([-Infinity])).toThrow("a finite weight");
    expect(() => predictSelection([0], { masses: [1, 2] })).toThrow("masses must have length 1, got 2");
    expect(() => predictSelection([0, 1], { masses: [1, -2] })).toThrow("got -2 at index 1");
    expect(() => prediction.capOut(-1)).toThrow("chainLength");
    expect(() => prediction.totalVariation(1.5, "target")).toThrow("chainLength");
    // @ts-expect-error: not a start
    expect(() => prediction.totalVariation(1, "real")).toThrow("start must be one of target, proposal");
    expect(() => prediction.chainLength(0, "target")).toThrow("totalVariation must be in (0, 1], got 0");
  });
});
