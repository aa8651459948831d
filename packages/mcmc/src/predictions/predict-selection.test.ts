import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paretoKHat } from "../diagnostics/pareto-k-hat.ts";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { selectBackward } from "../selectors/select-backward.ts";
import { discriminatorRejectionLaw } from "./discriminator-rejection-law.ts";
import type { DrawLaw, DrawPrediction } from "./draw-law.ts";
import { predictSelection } from "./predict-selection.ts";
import { importanceResamplingLaw } from "./resampling-law.ts";
import { type WeightDistribution, weightDistribution } from "./weight-distribution.ts";

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

/** How much of the draws falls to each of the four modes at 0, 1, 2 and 3. */
function modeMasses(cells: number, law: (distribution: WeightDistribution) => DrawLaw): number[] {
  const { logWeights, masses } = onePointPerCell(cells);
  const distribution = weightDistribution("test", logWeights, masses);
  const { densities } = law(distribution);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const modes = [0, 0, 0, 0];
  for (let i = 0; i < cells; i++) {
    const weight = Math.exp(logWeights[i]! - distribution.logMean);
    const place = distribution.weights.findIndex((other) => other > weight * (1 - 1e-12));
    const mode = Math.round(Math.min(3, Math.max(0, -2.5 + (8 * (i + 0.5)) / cells)));
    modes[mode]! += (masses[i]! / total) * densities[place]!;
  }
  return modes;
}

describe("the other selectors on the paper's one-dimensional example", () => {
  const { logWeights, masses } = onePointPerCell(4000);
  const prediction = predictSelection(logWeights, { masses });

  // By independent quadrature, to three digits.
  test.each([
    [0.05, 0.162],
    [0.1, 0.183],
    [0.2, 0.201],
    [0.4, 0.216],
  ])("budgeted rejection that accepts %f", (budget, totalVariation) => {
    const predicted = prediction.budgetedRejection({ budget });
    expect(predicted.totalVariation.toFixed(3)).toBe(totalVariation.toFixed(3));
    expect(predicted.proposalsPerDraw).toBeCloseTo(1 / budget, 9);
  });

  test("one draw out of 641 puts .18 on the fourth mode", () => {
    const modes = modeMasses(2000, (distribution) => importanceResamplingLaw(distribution, 641));
    expect(modes[3]!.toFixed(2)).toBe("0.18");
  });

  test("discriminator rejection at the 95th percentile accepts .45 and finds .0288 of the fourth mode", () => {
    const rule = { gamma: { percentile: 95 }, epsilon: 1e-8, candidates: 10_000 };
    const modes = modeMasses(4000, (distribution) => discriminatorRejectionLaw(distribution, rule));
    // Whether the maximum is the true one or that of 10,000 pilots, as where these values come from, makes no difference here.
    expect(modes.map((mass) => mass.toFixed(4))).toEqual(["0.3250", "0.3266", "0.3196", "0.0288"]);
    expect((1 / prediction.discriminatorRejection(rule).proposalsPerDraw).toFixed(2)).toBe("0.45");
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

  test("reads the tail of a sample, and of nothing else", () => {
    expect(prediction.paretoKHat).toEqual(paretoKHat(logWeights));
    const masses = logWeights.map(() => 1);
    expect(predictSelection(logWeights, { masses }).paretoKHat).toMatchObject({
      kHat: Number.NaN,
      level: "unknown",
    });
  });

  const someWeights = fc
    .array(fc.oneof(fc.double({ min: -6, max: 6, noNaN: true }), fc.constantFrom(0, 1, -Infinity)), {
      minLength: 1,
      maxLength: 20,
    })
    .filter((weights) => weights.some((weight) => weight > -Infinity));
  const unit = fc.double({ min: 0.01, max: 1, noNaN: true });

  /** Every prediction with some options. */
  const figures = (weights: readonly number[], budget: number): [string, DrawPrediction][] => {
    const predicted = predictSelection(weights);
    const count = Math.ceil(4 / budget);
    const chain = { chainLength: count, candidates: 1 + count, steps: 3 };
    return [
      ["rejection", predicted.rejection()],
      ["couplingFromThePast", predicted.couplingFromThePast()],
      ["budgetedRejection", predicted.budgetedRejection({ budget })],
      ["discriminatorRejection", predicted.discriminatorRejection({ gamma: { percentile: 80 } })],
      ["importanceResampling", predicted.importanceResampling({ candidates: count })],
      ...(["metropolisHastings", "iteratedSir"] as const).flatMap((name): [string, DrawPrediction][] => [
        [name, predicted[name](chain)],
        [`${name} from the target`, predicted[name]({ ...chain, start: "target" })],
        [`${name} for ever`, predicted[name]({ ...chain, start: "target", restart: "never" })],
      ]),
    ];
  };

  test("does not depend on a constant or on order, and stays in its range", () => {
    fc.assert(
      fc.property(
        someWeights,
        unit,
        fc.double({ min: -500, max: 500, noNaN: true }),
        (weights, budget, constant) => {
          const want = figures(weights, budget);
          const other = figures(weights.map((weight) => weight + constant).reverse(), budget);
          for (const [i, [name, { totalVariation, proposalsPerDraw }]] of want.entries()) {
            expect(totalVariation, name).toBeGreaterThanOrEqual(0);
            expect(totalVariation, name).toBeLessThanOrEqual(1);
            expect(proposalsPerDraw, name).toBeGreaterThan(1 - 1e-12);
            expect(other[i]![1].totalVariation, name).toBeCloseTo(totalVariation, 7);
            expect(other[i]![1].proposalsPerDraw / proposalsPerDraw, name).toBeCloseTo(1, 7);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("is never worse for more proposals", () => {
    fc.assert(
      fc.property(someWeights, unit, unit, fc.integer({ min: 1, max: 50 }), (weights, one, other, count) => {
        const predicted = predictSelection(weights);
        const expectBetter = (more: DrawPrediction, less: DrawPrediction): void => {
          expect(more.totalVariation).toBeLessThanOrEqual(less.totalVariation + 1e-11);
          expect(more.proposalsPerDraw).toBeGreaterThanOrEqual(less.proposalsPerDraw - 1e-11);
        };
        const budgets = [one, other]
          .sort((a, b) => a - b)
          .map((budget) => predicted.budgetedRejection({ budget }));
        expectBetter(budgets[0]!, budgets[1]!);
        expectBetter(
          predicted.importanceResampling({ candidates: count + 1 }),
          predicted.importanceResampling({ candidates: count }),
        );
        expectBetter(
          predicted.metropolisHastings({ chainLength: count + 1 }),
          predicted.metropolisHastings({ chainLength: count }),
        );
        expectBetter(
          predicted.iteratedSir({ candidates: 3, steps: count + 1 }),
          predicted.iteratedSir({ candidates: 3, steps: count }),
        );
      }),
      { numRuns: 200 },
    );
  });

  test("knows that budgeted rejection is the closest of all rules that accept as many", () => {
    fc.assert(
      fc.property(someWeights, fc.double({ min: -9, max: 2, noNaN: true }), (weights, gamma) => {
        const predicted = predictSelection(weights);
        // So many candidates that the heaviest is as good as never drawn instead.
        const other = predicted.discriminatorRejection({ gamma, candidates: 10 ** 7 });
        const budget = Math.min(1, 1 / other.proposalsPerDraw);
        expect(predicted.budgetedRejection({ budget }).totalVariation).toBeLessThanOrEqual(
          other.totalVariation + 1e-9,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("is exact where selectors are", () => {
    const { maximumWeight } = prediction;
    expect(prediction.rejection()).toEqual({
      totalVariation: 0,
      proposalsPerDraw: expect.closeTo(maximumWeight),
    });
    expect(prediction.budgetedRejection({ budget: 1 / maximumWeight }).totalVariation).toBeCloseTo(0, 12);
    const logWeightBound = logWeights.reduce((a, b) => Math.max(a, b)) + 1;
    expect(prediction.couplingFromThePast({ logWeightBound })).toEqual({
      totalVariation: 0,
      proposalsPerDraw: expect.closeTo(Math.E * maximumWeight),
    });
    const far = { chainLength: 10 ** 6, logWeightBound };
    expect(prediction.metropolisHastings(far).totalVariation).toBeCloseTo(0, 12);
    expect(prediction.metropolisHastings(far).proposalsPerDraw).toBeCloseTo(Math.E * maximumWeight, 6);
    expect(prediction.metropolisHastings({ chainLength: 3, start: "target" })).toEqual({
      totalVariation: prediction.totalVariation(3, "target"),
      proposalsPerDraw: 3 + 4 * prediction.capOut(3),
    });
    for (const restart of ["never", "fresh"] as const) {
      const options = { chainLength: 3, start: "target", restart } as const;
      expect(prediction.metropolisHastings(options).totalVariation === 0).toBe(restart === "never");
    }
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
    expect(() => prediction.backwardProposals(-1)).toThrow("backwardProposals: chainLength");
    expect(() => prediction.metropolisHastings({ chainLength: 0 })).toThrow(
      "metropolisHastings: chainLength",
    );
    const unknown = { chainLength: 1, restart: "same-proposals" } as unknown as { chainLength: number };
    expect(() => prediction.metropolisHastings(unknown)).toThrow("restart must be one of fresh, never");
    expect(() => prediction.iteratedSir({ candidates: 1, steps: 1 })).toThrow("iteratedSir: candidates");
    expect(() => prediction.iteratedSir({ candidates: 2, steps: 0 })).toThrow("iteratedSir: steps");
    // @ts-expect-error: not a start
    expect(() => prediction.iteratedSir({ candidates: 2, steps: 1, start: "real" })).toThrow("start");
    expect(() => prediction.importanceResampling({ candidates: 0 })).toThrow(
      "importanceResampling: candidates",
    );
    expect(() => prediction.importanceResampling({ candidates: 1, draws: 0 })).toThrow(
      "importanceResampling: draws",
    );
    for (const budget of [0, 1.1, Number.NaN]) {
      expect(() => prediction.budgetedRejection({ budget })).toThrow("budgetedRejection: budget must be");
    }
    const gamma = 0;
    expect(() => prediction.discriminatorRejection({ gamma: Infinity })).toThrow(
      "discriminatorRejection: gamma",
    );
    expect(() => prediction.discriminatorRejection({ gamma: { percentile: 101 } })).toThrow("percentile");
    expect(() => prediction.discriminatorRejection({ gamma, epsilon: 0 })).toThrow("epsilon");
    expect(() => prediction.discriminatorRejection({ gamma, candidates: 0 })).toThrow("candidates");
    for (const logWeightBound of [0, Infinity, Number.NaN]) {
      expect(() => prediction.rejection({ logWeightBound })).toThrow(
        /^rejection: logWeightBound must be finite and at least the largest log weight 3\..*, got/,
      );
    }
    expect(() => prediction.couplingFromThePast({ logWeightBound: 0 })).toThrow("couplingFromThePast: logW");
    expect(() => prediction.metropolisHastings({ chainLength: 1, logWeightBound: 0 })).toThrow(
      "metropolisHastings: logWeightBound",
    );
  });
});
