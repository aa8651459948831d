import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integer } from "../random/integer.ts";
import { randomStream } from "../random/random-stream.ts";
import { selectBackward } from "../selectors/select-backward.ts";
import { selectBudgetedRejection } from "../selectors/select-budgeted-rejection.ts";
import { selectDiscriminatorRejection } from "../selectors/select-discriminator-rejection.ts";
import { selectImportanceResampling } from "../selectors/select-importance-resampling.ts";
import { selectIteratedSir } from "../selectors/select-iterated-sir.ts";
import { selectMetropolisHastings } from "../selectors/select-metropolis-hastings.ts";
import { selectRejection } from "../selectors/select-rejection.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { budgetedAcceptances } from "./budgeted-rejection-law.ts";
import { discriminatorRejectionLaw } from "./discriminator-rejection-law.ts";
import type { DrawLaw } from "./draw-law.ts";
import { metropolisHastingsLaw } from "./metropolis-hastings-law.ts";
import { predictSelection } from "./predict-selection.ts";
import { importanceResamplingLaw, iteratedSirLaw } from "./resampling-law.ts";
import { type WeightDistribution, weightDistribution } from "./weight-distribution.ts";

/** Probabilities of a law: of weight 0, then of each other weight in ascending order. */
function probabilities({ masses }: WeightDistribution, { densities, atZero }: DrawLaw): number[] {
  return [atZero, ...Array.from(densities, (density, i) => density * masses[i]!)];
}

/** Every way to take so many of n states, with its probability. */
function* tuples(masses: readonly number[], count: number): Generator<[number[], number]> {
  if (count === 0) yield [[], 1];
  else {
    for (const [rest, probability] of tuples(masses, count - 1)) {
      for (let i = 0; i < masses.length; i++) yield [[...rest, i], probability * masses[i]!];
    }
  }
}

/** A few states, the first of weight 0, ascending; their masses may be of any size, that of the first is often 0. */
const states = fc
  .record({
    zero: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
    others: fc.uniqueArray(
      fc.record({
        logWeight: fc.oneof(
          fc.double({ min: -5, max: 5, noNaN: true }),
          fc.double({ min: -300, max: 30, noNaN: true }),
        ),
        mass: fc.oneof(
          fc.double({ min: 0.01, max: 1, noNaN: true }),
          fc.double({ min: 1e-9, max: 1, noNaN: true }),
        ),
      }),
      { minLength: 1, maxLength: 4, comparator: (a, b) => Math.abs(a.logWeight - b.logWeight) < 1e-3 },
    ),
  })
  .map(({ zero, others }) => {
    const sorted = [...others].sort((a, b) => a.logWeight - b.logWeight);
    const masses = [zero, ...sorted.map(({ mass }) => mass)];
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    return {
      logWeights: [-Infinity, ...sorted.map(({ logWeight }) => logWeight)],
      masses: masses.map((mass) => mass / total),
    };
  });

function expectClose(got: readonly number[], want: readonly number[], digits: number): void {
  expect(got).toHaveLength(want.length);
  got.forEach((probability, i) => {
    expect(probability).toBeCloseTo(want[i]!, digits);
  });
}

describe("laws of draws equal what enumeration gives", () => {
  test("importanceResamplingLaw", () => {
    fc.assert(
      fc.property(states, fc.integer({ min: 1, max: 5 }), ({ logWeights, masses }, candidates) => {
        const weights = logWeights.map(Math.exp);
        const want = masses.map(() => 0);
        for (const [tuple, probability] of tuples(masses, candidates)) {
          const sum = tuple.reduce((total, i) => total + weights[i]!, 0);
          for (const i of tuple) want[i]! += probability * (sum > 0 ? weights[i]! / sum : 1 / candidates);
        }
        const distribution = weightDistribution("test", logWeights, masses);
        expectClose(probabilities(distribution, importanceResamplingLaw(distribution, candidates)), want, 11);
      }),
      { numRuns: 300 },
    );
  });

  test("iteratedSirLaw, and what it keeps", () => {
    fc.assert(
      fc.property(
        states,
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        ({ logWeights, masses }, candidates, steps) => {
          const weights = logWeights.map(Math.exp);
          const choices = [...tuples(masses, candidates - 1)];
          /** Law after a step from a weight, without and with what stays. */
          const step = (weight: number): { moved: number[]; stayed: number } => {
            const moved = masses.map(() => 0);
            let stayed = 0;
            for (const [tuple, probability] of choices) {
              const sum = tuple.reduce((total, i) => total + weights[i]!, weight);
              for (const i of tuple) {
                moved[i]! += probability * (sum > 0 ? weights[i]! / sum : 1 / (candidates - 1));
              }
              if (sum > 0) stayed += (probability * weight) / sum;
            }
            return { moved, stayed };
          };
          let law = step(0).moved;
          const from = weights.map(step);
          for (let t = 1; t < steps; t++) {
            law = law.map(
              (p, to) =>
                p * from[to]!.stayed +
                law.reduce((sum, mass, origin) => sum + mass * from[origin]!.moved[to]!, 0),
            );
          }
          const distribution = weightDistribution("test", logWeights, masses);
          const got = iteratedSirLaw(distribution, candidates, steps);
          expectClose(probabilities(distribution, got), law, 11);
          // As a share of the target, in which it counts.
          const share = (i: number): number => distribution.masses[i]! * distribution.weights[i]!;
          expectClose(
            Array.from(got.kept, (kept, i) => kept * share(i)),
            from.slice(1).map(({ stayed }, i) => stayed ** steps * share(i)),
            11,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("discriminatorRejectionLaw", () => {
    fc.assert(
      fc.property(
        states,
        fc.double({ min: -40, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        ({ logWeights, masses }, gamma, candidates) => {
          const { acceptanceProbabilities: acceptance } = selectDiscriminatorRejection(logWeights, {
            random: () => 0,
            maximum: "batch",
            epsilon: 0.001,
            gamma,
          });
          const want = masses.map(() => 0);
          let cost = 0;
          for (const [tuple, probability] of tuples(masses, candidates)) {
            let refused = probability;
            for (const i of tuple) {
              cost += refused;
              want[i]! += refused * acceptance[i]!;
              refused *= 1 - acceptance[i]!;
            }
            want[tuple.reduce((a, b) => Math.max(a, b))]! += refused;
          }
          const distribution = weightDistribution("test", logWeights, masses);
          const got = discriminatorRejectionLaw(distribution, { gamma, epsilon: 0.001, candidates });
          expectClose(probabilities(distribution, got), want, 12);
          expect(got.proposalsPerDraw).toBeCloseTo(cost, 11);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("rules learned from pilots are the selectors' own", () => {
    const logWeight = fc.oneof(
      fc.integer({ min: -900, max: 900 }).map((hundredths) => hundredths / 100),
      fc.constantFrom(-Infinity, 0, 1),
    );
    fc.assert(
      fc.property(
        fc.array(logWeight, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (logWeights, budget, percentile) => {
          fc.pre(logWeights.some((weight) => weight > -Infinity));
          const random = (): number => 0;
          const distribution = weightDistribution("test", logWeights);
          const budgeted = selectBudgetedRejection(logWeights, { random, budget }).acceptanceProbabilities;
          const found = [...new Set(logWeights)].sort((a, b) => a - b).filter((weight) => weight > -Infinity);
          expectClose(
            [...budgetedAcceptances(distribution, budget)],
            found.map((weight) => budgeted[logWeights.indexOf(weight)]!),
            12,
          );
          const { gamma } = selectDiscriminatorRejection(logWeights, {
            random,
            maximum: "batch",
            gamma: { percentile },
          });
          const rule = { epsilon: 1e-8, candidates: 3 };
          const got = discriminatorRejectionLaw(distribution, { ...rule, gamma: { percentile } });
          const want = discriminatorRejectionLaw(distribution, { ...rule, gamma });
          expectClose([...got.densities], [...want.densities], 6);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("with many candidates and the heaviest weights", () => {
    // One state of a millionth, a million times as heavy as the other: the others' weight S is a multiple of N − 1 and a few millions.
    const masses = [1 - 1e-6, 1e-6];
    const distribution = weightDistribution("test", [0, Math.log(1e6)], masses);
    for (const candidates of [1, 2, 10, 1000, 100_000]) {
      let heavy = 0;
      let binomial = masses[0]! ** candidates;
      for (let k = 0; k < Math.min(candidates, 40); k++) {
        binomial *= ((candidates - k) / (k + 1)) * (masses[1]! / masses[0]!);
        heavy += (binomial * (k + 1) * 1e6) / ((k + 1) * 1e6 + candidates - k - 1);
      }
      const law = importanceResamplingLaw(distribution, candidates);
      expect(probabilities(distribution, law)[2]! / heavy).toBeCloseTo(1, 9);
    }
  });
});

describe("laws of draws are those of the selectors", () => {
  const pilots = [4, 4, 2, 1, 0.5, 0.5, 0.25, 0, 0, 0.1].map(Math.log);
  const distribution = weightDistribution("test", pilots);
  const prediction = predictSelection(pilots);
  const found = [-Infinity, 0.1, 0.25, 0.5, 1, 2, 4].map((weight, i) =>
    i === 0 ? weight : Math.log(weight),
  );
  const runs = 20_000;

  /** Draws of many runs, each over its own proposals, and what they cost. */
  function simulate(
    select: (random: () => number, propose: (count: number) => number[]) => { drawn: number; used: number },
  ): { counts: number[]; used: number } {
    const random = randomStream("runs");
    const choice = randomStream("proposals");
    const counts = found.map(() => 0);
    let used = 0;
    for (let run = 0; run < runs; run++) {
      const result = select(random, (count) =>
        Array.from({ length: count }, () => pilots[integer(choice, pilots.length)]!),
      );
      counts[found.indexOf(result.drawn)]!++;
      used += result.used;
    }
    return { counts, used: used / runs };
  }

  /** A chi-square statistic this far out has a probability of less than 1e-4 with the 5 or 6 degrees of freedom here. */
  const Z = 7;

  function expectAgreement(counts: readonly number[], want: readonly number[]): void {
    const possible = want.map((_, i) => i).filter((i) => want[i]! > 1e-12);
    expect(counts.reduce((sum, count, i) => (possible.includes(i) ? sum : sum + count), 0)).toBe(0);
    const pick = (values: readonly number[]): number[] => possible.map((i) => values[i]!);
    expect(chiSquareZ(pick(counts), pick(want))).toBeLessThan(Z);
  }

  /** Proposals per draw have a standard deviation below their mean, but for the 1e-4 of chance: four standard errors. */
  function expectCost(used: number, want: number): void {
    expect(Math.abs(used / want - 1)).toBeLessThan(4 / Math.sqrt(runs));
  }

  test("selectImportanceResampling", () => {
    const { counts } = simulate((random, propose) => {
      const proposals = propose(6);
      const picked = selectImportanceResampling(proposals, { random, draws: 1 }).picked[0]!;
      return { drawn: proposals[picked]!, used: 6 };
    });
    expectAgreement(counts, probabilities(distribution, importanceResamplingLaw(distribution, 6)));
    expect(prediction.importanceResampling({ candidates: 6, draws: 3 }).proposalsPerDraw).toBe(2);
  });

  test("selectIteratedSir", () => {
    const { counts } = simulate((random, propose) => {
      const proposals = propose(9);
      const { picked } = selectIteratedSir(proposals, { random, candidates: 4 });
      return { drawn: proposals[picked] ?? -Infinity, used: 9 };
    });
    expectAgreement(counts, probabilities(distribution, iteratedSirLaw(distribution, 4, 3)));
    expect(prediction.iteratedSir({ candidates: 4, steps: 3 }).proposalsPerDraw).toBe(9);
  });

  test("selectMetropolisHastings", () => {
    const { counts } = simulate((random, propose) => {
      const proposals = propose(4);
      return { drawn: proposals[selectMetropolisHastings(proposals, { random }).picked]!, used: 4 };
    });
    expectAgreement(counts, probabilities(distribution, metropolisHastingsLaw(distribution, 3)));
    const options = { chainLength: 4, start: "proposal" } as const;
    expect(prediction.metropolisHastings(options)).toEqual({
      totalVariation: prediction.totalVariation(3, "proposal"),
      proposalsPerDraw: 4,
    });
  });

  test.each(["metropolisHastings", "iteratedSir"] as const)(
    "%s from the target with a fresh restart",
    (name) => {
      const starts = randomStream("starts");
      const target = pilots.map(Math.exp);
      const { counts, used } = simulate((random, propose) => {
        const start = selectImportanceResampling(pilots, { random: starts, draws: 1 }).picked[0]!;
        const initialLogWeight = pilots[start]!;
        expect(target[start]).toBeGreaterThan(0);
        const run = (initial: number, count: number): { picked: number; proposals: number[] } => {
          const proposals = propose(count);
          const options = { random, initialLogWeight: initial };
          const { picked } =
            name === "metropolisHastings"
              ? selectMetropolisHastings(proposals, options)
              : selectIteratedSir(proposals, { ...options, candidates: 2 });
          return { picked, proposals };
        };
        const first = run(initialLogWeight, 2);
        if (first.picked >= 0) return { drawn: first.proposals[first.picked]!, used: 2 };
        const again = run(-Infinity, name === "metropolisHastings" ? 3 : 2);
        return { drawn: again.proposals[again.picked] ?? -Infinity, used: 2 + again.proposals.length };
      });
      const predicted =
        name === "metropolisHastings"
          ? prediction.metropolisHastings({ chainLength: 2, start: "target" })
          : prediction.iteratedSir({ candidates: 2, steps: 2, start: "target" });
      const total = target.reduce((sum, weight) => sum + weight, 0);
      const wanted = found.map((logWeight) =>
        target.reduce((sum, weight, i) => (pilots[i] === logWeight ? sum + weight / total : sum), 0),
      );
      // The sum of 7 deviations of at most √(1/4 / runs) each, and these add up to less than 5 of them.
      const distance = counts.reduce((sum, count, i) => sum + Math.abs(count / runs - wanted[i]!), 0) / 2;
      expect(Math.abs(distance - predicted.totalVariation)).toBeLessThan(5 * Math.sqrt(0.25 / runs));
      expectCost(used, predicted.proposalsPerDraw);
    },
  );

  test("selectRejection and selectBackward", () => {
    const logWeightBound = Math.log(5);
    const rejected = simulate((random, propose) => {
      for (let used = 1; ; used++) {
        const [proposal] = propose(1) as [number];
        if (selectRejection([proposal], { random, logWeightBound }).accepted.length > 0) {
          return { drawn: proposal, used };
        }
      }
    });
    const target = probabilities(distribution, { densities: distribution.weights, atZero: 0 });
    expectAgreement(rejected.counts, target);
    expectCost(rejected.used, prediction.rejection({ logWeightBound }).proposalsPerDraw);
    const uniforms = randomStream("uniforms");
    let run = 0;
    const backward = simulate((_, propose) => {
      const proposals = propose(8);
      const random = uniforms.split(run++);
      const { picked, proposalsUsed } = selectBackward(proposals, { random, logWeightBound });
      return { drawn: proposals[picked]!, used: proposalsUsed };
    });
    const predicted = prediction.metropolisHastings({ chainLength: 8, logWeightBound });
    expectCost(backward.used, predicted.proposalsPerDraw);
    expectAgreement(backward.counts, probabilities(distribution, metropolisHastingsLaw(distribution, 7)));
    expect(prediction.couplingFromThePast({ logWeightBound }).proposalsPerDraw).toBeCloseTo(5 / 1.235, 12);
  });
  test("selectBudgetedRejection", () => {
    const acceptances = budgetedAcceptances(distribution, 0.4);
    const { counts, used } = simulate((random, propose) => {
      for (let used = 1; ; used++) {
        const [proposal] = propose(1) as [number];
        const place = found.indexOf(proposal) - 1;
        if (place >= 0 && random() < acceptances[place]!) return { drawn: proposal, used };
      }
    });
    const densities = acceptances.map((acceptance) => acceptance / 0.4);
    expectAgreement(counts, probabilities(distribution, { densities, atZero: 0 }));
    expectCost(used, prediction.budgetedRejection({ budget: 0.4 }).proposalsPerDraw);
  });

  test("selectDiscriminatorRejection", () => {
    const { counts, used } = simulate((random, propose) => {
      const proposals = propose(3);
      const options = { random, initialLogMaximum: Math.log(4), gamma: 0 };
      const { picked, fellBack } = selectDiscriminatorRejection(proposals, options);
      return { drawn: proposals[picked]!, used: fellBack ? 3 : picked + 1 };
    });
    const rule = { gamma: 0, epsilon: 1e-8, candidates: 3 };
    expectAgreement(counts, probabilities(distribution, discriminatorRejectionLaw(distribution, rule)));
    expectCost(used, prediction.discriminatorRejection(rule).proposalsPerDraw);
  });
});
