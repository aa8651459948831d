import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProposalBlock, ProposalSource } from "../drivers/proposal-source.ts";
import { selectDrawBlocks } from "../drivers/select-draw-blocks.ts";
import { selectDraws } from "../drivers/select-draws.ts";
import { selectFromArray } from "../drivers/select-from-array.ts";
import { chooseIndex } from "../random/choose-index.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { budgetedAcceptance } from "./budgeted-acceptance.ts";
import { budgetedRejection } from "./budgeted-rejection.ts";
import { couplingFromThePast } from "./coupling-from-the-past.ts";
import { discriminatorRejection } from "./discriminator-rejection.ts";
import { importanceResampling } from "./importance-resampling.ts";
import { iteratedSir } from "./iterated-sir.ts";
import { metropolisHastings } from "./metropolis-hastings.ts";
import { rejection } from "./rejection.ts";
import type { Selector } from "./selector.ts";
import { tempered } from "./tempered.ts";

// A skewed target on five states, one of them impossible. Proposals come with the probabilities `masses`.
const masses = [0.1, 0.4, 0.25, 0.2, 0.05];
const weights = [3, 0.5, 1, 0, 4.5];
const states = weights.map((_, x) => x);
const logWeights = weights.map(Math.log);
const logWeightBound = Math.log(Math.max(...weights));
const target = normalised(weights.map((w, x) => w * masses[x]!));

const propose = (random: RandomStream) => chooseIndex(random, masses);
const logWeightOf = (x: number) => logWeights[x]!;
const finite = { propose, logWeight: logWeightOf };
const pilots = states.flatMap((x) => Array(Math.round(masses[x]! * 100)).fill(logWeights[x]!));

/**
 * Every selector, and the law that its draws are to have. A new one is added here, and so must pass all that follows.
 * `law(start)` is computed by other means than the selector's own, from a given start (−1: none).
 */
const suite: { selector: Selector; law: (start: number) => number[]; bounded?: true; usesStart?: true }[] = [
  {
    selector: metropolisHastings({ chainLength: 4, restart: "never" }),
    law: (start) =>
      steps(metropolisHastingsMatrix(), start === -1 ? masses : unit(start), start === -1 ? 3 : 4),
    usesStart: true,
  },
  {
    selector: iteratedSir({ candidates: 3, steps: 2, restart: "never" }),
    law: (start) =>
      start === -1
        ? steps(iteratedSirMatrix(), importanceResamplingLaw(2), 1)
        : steps(iteratedSirMatrix(), unit(start), 2),
    usesStart: true,
  },
  { selector: importanceResampling({ candidates: 3 }), law: () => importanceResamplingLaw(3) },
  {
    selector: importanceResampling({ candidates: 3, draws: 2, scheme: "stratified" }),
    law: () => importanceResamplingLaw(3),
  },
  { selector: rejection(), law: () => target, bounded: true },
  { selector: couplingFromThePast(), law: () => target, bounded: true },
  {
    selector: budgetedRejection({ budget: 0.3 }),
    law: () => {
      const { acceptance } = budgetedAcceptance(pilots, 0.3);
      return normalised(states.map((x) => masses[x]! * acceptance(logWeights[x]!)));
    },
  },
  {
    selector: discriminatorRejection({ gamma: 0, candidates: 5000 }),
    // γ = 0 and the true maximum: w / max w, up to ε. That 5,000 in a row are refused has probability e^−1000.
    law: () => target,
  },
  {
    selector: tempered(rejection(), 0.5),
    law: () => normalised(weights.map((w, x) => Math.sqrt(w) * masses[x]!)),
    bounded: true,
  },
];

/** A bound is told only to those that need it: it changes how others go about it (see metropolisHastings). */
function known({ bounded }: { bounded?: true }, shift = 0) {
  return {
    pilotLogWeights: pilots.map((logWeight) => logWeight + shift),
    ...(bounded ? { logWeightBound: logWeightBound + shift } : {}),
  };
}

describe.each(suite)("$selector.name", (entry) => {
  const { selector, law, usesStart } = entry;

  test("draws by its law, without a start", async () => {
    const { draws } = await selectDraws(finite, { draws: 20_000, selector, seed: 1, ...known(entry) });
    expectLaw(draws, law(-1));
  });

  test.each(usesStart ? [0, 1, 4] : [])("draws by its law, from start %i", async (x) => {
    const start = () => ({ position: x, logWeight: logWeights[x]! });
    const { draws } = await selectDraws(finite, { draws: 20_000, selector, seed: 2, start, ...known(entry) });
    expectLaw(draws, law(x));
  });

  test("a start that is a sample of the target leaves the draw one", async () => {
    const start = (random: RandomStream) => {
      const position = chooseIndex(random, target);
      return { position, logWeight: logWeights[position]! };
    };
    const { draws } = await selectDraws(finite, { draws: 20_000, selector, seed: 3, start, ...known(entry) });
    expectLaw(draws, usesStart ? target : law(-1));
  });

  test("gives the same bits for every batch size, in blocks, resumed, and from promises", async () => {
    const options = { draws: 24, selector, ...known(entry) };
    const promised = { propose: async (random: RandomStream) => propose(random), logWeight: logWeightOf };
    const property = async (seed: number, batchSize: number, half: number) => {
      const whole = await selectDraws(finite, { ...options, seed });
      expect(await selectDraws(finite, { ...options, seed, batchSize })).toEqual(whole);
      expect(await selectDraws(promised, { ...options, seed, batchSize })).toEqual(whole);
      const firstDraw = 2 * half;
      const draws: number[] = [];
      for await (const block of selectDrawBlocks(finite, { ...options, seed, batchSize, firstDraw })) {
        expect(block.firstDraw).toBe(firstDraw + draws.length);
        draws.push(...block.draws);
      }
      expect(draws).toEqual(whole.draws.slice(firstDraw));
    };
    const numbers = [fc.nat(1000), fc.integer({ min: 1, max: 40 }), fc.nat(11)] as const;
    await fc.assert(fc.asyncProperty(...numbers, property), { numRuns: 25 });
  });

  test("depends on the seed, and on nothing else", async () => {
    const options = { draws: 200, selector, ...known(entry) };
    const first = await selectDraws(finite, { ...options, seed: 1 });
    expect(await selectDraws(finite, { ...options, seed: 1 })).toEqual(first);
    expect((await selectDraws(finite, { ...options, seed: 2 })).draws).not.toEqual(first.draws);
  });

  test("does not see a constant in the log weights", () => {
    // Eighths and whole shifts: differences stay what they are, to the bit.
    const eighths = fc.array(fc.integer({ min: -40, max: 8 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(eighths, fc.integer({ min: -50, max: 50 }), fc.nat(), (values, shift, seed) => {
        const plain = values.map((value) => value / 8);
        // √w for the tempered: a shift of 2β.
        const select = (by: number) =>
          selectFromArray(
            plain.map((logWeight) => logWeight + by),
            {
              selector,
              seed,
              startLogWeights: [by],
              pilotLogWeights: plain.map((logWeight) => logWeight + by),
              ...(entry.bounded ? { logWeightBound: 1 + by } : {}),
            },
          );
        expect(select(2 * shift)).toEqual(select(0));
      }),
      { numRuns: 50 },
    );
  });

  test("sees only weights: proposals that weigh the same can change places", async () => {
    // States 1 and 2 made alike: relabelling them relabels the draws and changes nothing else.
    const alike = (x: number) => logWeights[x === 2 ? 1 : x]!;
    const swap = (x: number) => [0, 2, 1, 3, 4][x]!;
    const options = { draws: 100, selector, seed: 1, ...known(entry) };
    const plain = await selectDraws({ propose, logWeight: alike }, options);
    const swapped = await selectDraws(
      { propose: (random) => swap(propose(random)), logWeight: alike },
      options,
    );
    expect(swapped.draws).toEqual(plain.draws.map(swap));
  });

  test("never draws what is impossible while something else is to be had", () => {
    const pile = Array.from({ length: 400 }, (_, k) => (k % 2 === 0 ? -Infinity : Math.sin(k)));
    const options = {
      selector,
      seed: 1,
      pilotLogWeights: pile,
      ...(entry.bounded ? { logWeightBound: 1 } : {}),
    };
    const { picked } = selectFromArray(pile, options);
    expect(picked.length).toBeGreaterThan(1);
    for (const index of picked) expect(pile[index]).toBeGreaterThan(-Infinity);
  });

  test("takes +∞ for what it is: heavier than all else", () => {
    const pile = Array.from({ length: 4000 }, (_, k) => (k % 2 === 0 ? Infinity : Math.sin(k)));
    const options = { selector, seed: 1, pilotLogWeights: pile };
    // A bound of +∞ is no bound.
    if (entry.bounded) expect(() => selectFromArray(pile, options)).toThrow("logWeightBound must be given");
    else for (const index of selectFromArray(pile, options).picked) expect(pile[index]).toBe(Infinity);
  });

  test("refuses NaN by its place, at once", async () => {
    const broken = { propose, logWeight: () => Number.NaN };
    await expect(selectDraws(broken, { draws: 3, selector, seed: 1, ...known(entry) })).rejects.toThrow(
      /^selectDraws: log weights must not be NaN, got NaN for proposal \d+ of run 0$/,
    );
    expect(() => selectFromArray([0, Number.NaN], { selector, seed: 1, ...known(entry) })).toThrow(
      "got NaN at index 1",
    );
  });

  test("makes no draws out of nothing, and no more than there is", async () => {
    const options = { selector, seed: 1, ...known(entry) };
    expect(selectFromArray([], options)).toMatchObject({ picked: new Int32Array(), proposals: 0 });
    const { picked, proposals } = selectFromArray([0], options);
    expect(picked.length).toBeLessThanOrEqual(1);
    expect(proposals).toBeLessThanOrEqual(1);
    expect(await selectDraws(finite, { ...options, draws: 0 })).toMatchObject({ draws: [], proposals: 0 });
    expect((await selectDraws(finite, { ...options, draws: 1 })).draws.length).toBe(1);
  });

  test("keeps its accounts", async () => {
    const draws = 40;
    const run = await selectDraws(finite, { draws, selector, seed: 4, ...known(entry) });
    const runs = draws / selector.drawsPerRun;
    const used = run.proposalsUsed.reduce((sum, count) => sum + count, 0);
    expect(run.proposalsUsed.length).toBe(runs);
    expect(run.acceptCounts.length).toBe(runs);
    expect(run.proposals).toBeGreaterThanOrEqual(used);
    expect(run.logWeights).toEqual(Float64Array.from(run.draws, logWeightOf).map((w) => w));
    expect(run.acceptanceRate).toEqual(run.acceptCounts.reduce((sum, n) => sum + n, 0) / run.trials);
    expect(structuredClone(run)).toEqual(run);
  });

  test("stops in the middle when aborted, and frees what it has", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let held = 0;
    const source: ProposalSource<number, ProposalBlock & { positions: number[] }> = {
      weigh: (requests) =>
        requests.map(({ stream, first, count }) => {
          held++;
          const positions = Array.from({ length: count }, (_, i) =>
            propose(stream.split(first + i).split(0)),
          );
          return { positions, logWeights: positions.map(logWeightOf) };
        }),
      pick: ({ positions }, place) => positions[place]!,
      release: () => {
        held--;
      },
    };
    const options = { draws: 1e9, selector, seed: 1, ...known(entry), signal: controller.signal };
    let draws = 0;
    const stream = async () => {
      for await (const block of selectDrawBlocks(source, options)) {
        draws += block.draws.length;
        if (draws > 3000) controller.abort(reason);
      }
    };
    await expect(stream()).rejects.toBe(reason);
    expect(draws).toBeGreaterThan(3000);
    expect(held).toBe(0);
    const few = await selectDraws(source, { ...options, draws: 20, signal: new AbortController().signal });
    expect(few.draws).toEqual(
      (await selectDraws(finite, { ...few, draws: 20, selector, seed: 1, ...known(entry) })).draws,
    );
    expect(held).toBe(0);
  });
});

// The matrices of one step, by the selectors' own code: what they pick as a function of the one uniform that a step takes is found by
// bisection, so each entry is exact to 1e-12, without sampling.
describe("one step on five states", () => {
  const kernels = [
    {
      name: "metropolisHastings",
      selector: metropolisHastings({ chainLength: 1, restart: "never" }),
      count: 1,
    },
    { name: "iteratedSir", selector: iteratedSir({ candidates: 3, steps: 1, restart: "never" }), count: 2 },
    {
      name: "iteratedSir of two",
      selector: iteratedSir({ candidates: 2, steps: 1, restart: "never" }),
      count: 1,
    },
  ];
  test.each(kernels)("of $name is in detailed balance with the target", ({ selector, count }) => {
    const matrix = matrixOf(selector, count);
    for (const x of states) {
      expect(matrix[x]!.reduce((sum, p) => sum + p)).toBeCloseTo(1, 10);
      for (const y of states) {
        expect(target[x]! * matrix[x]![y]!).toBeCloseTo(target[y]! * matrix[y]![x]!, 11);
      }
    }
  });

  test("of metropolisHastings and iteratedSir is the matrix of the literature", () => {
    const pairs = [
      [matrixOf(kernels[0]!.selector, 1), metropolisHastingsMatrix()],
      [matrixOf(kernels[1]!.selector, 2), iteratedSirMatrix()],
    ] as const;
    for (const [ours, theirs] of pairs) {
      for (const x of states) for (const y of states) expect(ours[x]![y]!).toBeCloseTo(theirs[x]![y]!, 10);
    }
  });
});

describe("selectors", () => {
  test("that need a bound or pilots say so before anything is made", () => {
    expect(() => selectFromArray([0], { selector: rejection(), seed: 1 })).toThrow(
      "rejection: logWeightBound must be given",
    );
    expect(() => selectFromArray([0], { selector: couplingFromThePast(), seed: 1 })).toThrow(
      "couplingFromThePast: logWeightBound must be given",
    );
    const selector = budgetedRejection({ budget: 1 });
    expect(() => selectFromArray([0], { selector, seed: 1 })).toThrow(
      "budgetedRejection: pilotLogWeights must be given",
    );
  });

  test("refuse options that are off", () => {
    expect(() => rejection({ proposalLimit: 0 })).toThrow(
      "proposalLimit must be a safe integer from 1, got 0",
    );
    expect(() => couplingFromThePast({ proposalLimit: 1.5 })).toThrow("couplingFromThePast: proposalLimit");
    expect(() => budgetedRejection({ budget: 0 })).toThrow(
      "budgetedRejection: budget must be in (0, 1], got 0",
    );
    expect(() => budgetedRejection({ budget: 1, proposalLimit: 0 })).toThrow("proposalLimit");
    expect(() => metropolisHastings({ chainLength: 0 })).toThrow("chainLength must be a safe integer from 1");
    expect(() => metropolisHastings({ restart: "maybe" as "never" })).toThrow("restart must be one of");
    expect(() => iteratedSir({ candidates: 1, steps: 1 })).toThrow(
      "candidates must be a safe integer from 2",
    );
    expect(() => iteratedSir({ candidates: 2, steps: 0 })).toThrow("steps must be a safe integer from 1");
    expect(() => importanceResampling({ candidates: 0 })).toThrow("candidates must be");
    expect(() => importanceResampling({ candidates: 1, draws: 0 })).toThrow("draws must be");
    expect(() => importanceResampling({ candidates: 1, scheme: "best" as "residual" })).toThrow(
      "scheme must be",
    );
    expect(() => discriminatorRejection({ gamma: Number.NaN })).toThrow(
      "discriminatorRejection: gamma must be",
    );
    expect(() => discriminatorRejection({ gamma: 0, candidates: 0 })).toThrow("candidates must be");
    expect(() => tempered(rejection(), -1)).toThrow(
      "tempered: exponent must be a finite number from 0, got -1",
    );
  });

  test.each([
    [rejection({ proposalLimit: 50 }), "rejection: none of 50 proposals was accepted"],
    [couplingFromThePast({ proposalLimit: 50 }), "couplingFromThePast: none of 50 proposals was accepted"],
  ])("give up at their limit with an error, not silently", async (selector, message) => {
    const options = { draws: 1, selector, seed: 1, logWeightBound: 1000 };
    await expect(selectDraws(finite, options)).rejects.toThrow(message);
  });

  test("discriminatorRejection draws the heaviest of its candidates if all are refused, and says so", () => {
    const selector = discriminatorRejection({ gamma: 1e9, candidates: 3 });
    const run = selectFromArray([0, 2, 1, 5, 4, 3], { selector, seed: 1 });
    expect(run).toMatchObject({ picked: Int32Array.of(1, 3), capOuts: 2, acceptanceRate: 0 });
  });

  test("discriminatorRejection takes a percentile of its pilots, else of its candidates", () => {
    const pile = Float64Array.from({ length: 20_000 }, randomStream(5)).map(Math.log);
    const selector = discriminatorRejection({ gamma: { percentile: 90 }, candidates: 200 });
    const own = selectFromArray(pile, { selector, seed: 1 });
    expect(own.proposalsUsed.every((used) => used === 200)).toBe(true);
    const fromPilots = selectFromArray(pile, { selector, seed: 1, pilotLogWeights: pile.slice(0, 1000) });
    expect(fromPilots.proposalsUsed.some((used) => used < 200)).toBe(true);
    expect(fromPilots.picked.length).toBeGreaterThan(own.picked.length);
  });

  test("metropolisHastings draws the same with a bound as without, from fewer proposals", async () => {
    const options = { draws: 500, selector: metropolisHastings({ chainLength: 200 }), seed: 7 };
    const forward = await selectDraws(finite, options);
    const backward = await selectDraws(finite, { ...options, logWeightBound });
    expect(backward.draws).toEqual(forward.draws);
    expect(backward.proposals).toBeLessThan(forward.proposals / 8);
    expect(backward.acceptanceRate).toBeNaN();
  });
});

function normalised(values: number[]): number[] {
  const total = values.reduce((sum, value) => sum + value);
  return values.map((value) => value / total);
}

function unit(x: number): number[] {
  return states.map((y) => (x === y ? 1 : 0));
}

function steps(matrix: number[][], from: readonly number[], count: number): number[] {
  let law = Array.from(from);
  for (let t = 0; t < count; t++) {
    law = states.map((y) => states.reduce((sum, x) => sum + law[x]! * matrix[x]![y]!, 0));
  }
  return law;
}

function metropolisHastingsMatrix(): number[][] {
  return states.map((x) => {
    const row = states.map(
      (y) => masses[y]! * (weights[x] === 0 ? 1 : Math.min(1, weights[y]! / weights[x]!)),
    );
    row[x] = row[x]! + 1 - row.reduce((sum, p) => sum + p);
    return row;
  });
}

/** A state and two proposals compete. */
function iteratedSirMatrix(): number[][] {
  return states.map((x) => {
    const row = states.map(() => 0);
    for (const y of states)
      for (const z of states) {
        for (const [chosen, share] of shares([x, y, z])) row[chosen]! += masses[y]! * masses[z]! * share;
      }
    return row;
  });
}

/** The law of one of so many proposals, chosen by weight. */
function importanceResamplingLaw(count: number): number[] {
  const law = states.map(() => 0);
  const visit = (candidates: number[], probability: number): void => {
    if (candidates.length === count) {
      for (const [chosen, share] of shares(candidates)) law[chosen]! += probability * share;
    } else for (const x of states) visit([...candidates, x], probability * masses[x]!);
  };
  visit([], 1);
  return law;
}

/** Each candidate's chance when one is chosen by weight; all alike if all weigh nothing. */
function shares(candidates: number[]): [number, number][] {
  const total = candidates.reduce((sum, x) => sum + weights[x]!, 0);
  return candidates.map((x) => [x, total === 0 ? 1 / candidates.length : weights[x]! / total]);
}

/** Fixed seeds: on three or four degrees of freedom a right selector would be above 7.5 for one seed in 10,000. */
function expectLaw(draws: readonly number[], law: readonly number[]): void {
  const counts = states.map((x) => draws.filter((draw) => draw === x).length);
  states.forEach((x) => {
    if (law[x]! === 0) expect(counts[x]).toBe(0);
  });
  const possible = states.filter((x) => law[x]! > 0);
  const share = possible.map((x) => law[x]!);
  const seen = possible.map((x) => counts[x]!);
  expect(chiSquareZ(seen, share)).toBeLessThan(7.5);
}

function matrixOf(selector: Selector, count: number): number[][] {
  const select = selector.prepare({ logWeightBound: Infinity });
  return states.map((x) => {
    const row = states.map(() => 0);
    const visit = (proposed: number[], probability: number): void => {
      if (proposed.length < count) {
        for (const y of states) visit([...proposed, y], probability * masses[y]!);
        return;
      }
      const pickedAt = (u: number): number => {
        const context = { initialLogWeight: logWeights[x]!, uniform: () => u, nextBlock: () => 1 };
        const run = select(context);
        run.next();
        const end = run.next(Float64Array.from(proposed, logWeightOf));
        return (end.value as { picked: ArrayLike<number> }).picked[0]!;
      };
      const measure = (low: number, high: number, atLow: number, atHigh: number): void => {
        // The pick is a monotone function of u: alike at both ends is alike between them.
        const middle = (low + high) / 2;
        if (atLow === atHigh || high - low < 1e-13) {
          row[atLow === -1 ? x : proposed[atLow]!]! += probability * (high - low);
          return;
        }
        const atMiddle = pickedAt(middle);
        measure(low, middle, atLow, atMiddle);
        measure(middle, high, atMiddle, atHigh);
      };
      measure(0, 1, pickedAt(0), pickedAt(1 - 2 ** -53));
    };
    visit([], 1);
    return row;
  });
}
