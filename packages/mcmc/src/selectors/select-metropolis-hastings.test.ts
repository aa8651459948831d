import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { accepts, selectMetropolisHastings } from "./select-metropolis-hastings.ts";

type Encoded = number | "NaN" | "Infinity" | "-Infinity";
interface Case {
  name: string;
  kind: "disc" | "disc_batch" | "log_weight";
  chains?: number;
  K?: number;
  D?: Encoded[];
  log_weight?: Encoded[];
  u: number[];
  u_retry?: number[] | null;
  cap_out_chains?: number[];
  // One value for each chain in a batch, else one value.
  expected: Record<string, number | boolean | number[] | boolean[] | null>;
}
interface Golden {
  cases: Case[];
  alpha_table: { D_current_rows: number[]; D_candidate_cols: number[]; alpha_exact: Encoded[][] };
}
const golden: Golden = JSON.parse(readFileSync(new URL("./golden/mh_select.json", import.meta.url), "utf8"));

const decode = (values: readonly Encoded[]): number[] => values.map(Number);
/** Log odds of calibrated scores, with log1p where 1 − D is small. */
const logOdds = (scores: readonly number[]): number[] => scores.map((d) => Math.log(d) - Math.log1p(-d));
const alpha = (from: number, to: number): number => (from === to ? 1 : Math.min(1, Math.exp(to - from)));
/** The golden uniforms are the u of "accept iff u ≤ ratio"; a random source gives 1 − u. */
const replay = (uniforms: readonly number[]): (() => number) => {
  let next = 0;
  return () => {
    if (next === uniforms.length) throw new Error("more uniforms were taken than there are");
    return 1 - uniforms[next++]!;
  };
};

/** Runs one chain both with and without restart and says what the golden file says of a chain. */
function runChain(r: readonly number[], u: readonly number[], retry: readonly number[]) {
  const [initialLogWeight, ...logWeights] = r as [number, ...number[]];
  const path = new Int32Array(logWeights.length);
  const first = selectMetropolisHastings(logWeights, { random: replay(u), initialLogWeight, path });
  // A move always changes the path to the number of the proposal: that is how accepted proposals are read off.
  const accepted = Array.from(path.keys()).filter((k) => path[k] === k);
  const final = selectMetropolisHastings(logWeights, {
    random: replay([...u, ...retry]),
    initialLogWeight,
    restart: "same-proposals",
    path,
  });
  const moves = final.capOut ? Array.from(path.keys()).filter((k) => k > 0 && path[k] === k) : accepted;
  const last = moves.at(-1);
  const before = last === undefined ? 0 : (moves.at(-2) ?? (final.capOut ? 0 : -1));
  return {
    picked: first.picked + 1,
    accepted: accepted.map((k) => k + 1),
    accept_count: first.acceptCount,
    acceptance_rate: first.acceptanceRate,
    cap_out: first.capOut,
    fake_index: final.picked,
    retry_accept_count: final.capOut ? moves.length : 0,
    last_alpha:
      last === undefined ? 1 : alpha(before < 0 ? initialLogWeight : logWeights[before]!, logWeights[last]!),
  };
}

describe("selectMetropolisHastings on golden cases", () => {
  test("there are 36 of them", () => {
    expect(golden.cases).toHaveLength(36);
  });

  test.each(golden.cases.filter(({ kind }) => kind === "disc"))("$name", ({ D, u, u_retry, expected }) => {
    const got = runChain(logOdds(decode(D!)), u, u_retry ?? []);
    expect(got.picked).toBe(expected["picked"]);
    expect(got.accepted).toEqual(expected["accepted"]);
    expect(got.accept_count).toBe(expected["accept_count"]);
    expect(got.acceptance_rate).toBe(expected["acceptance_rate"]);
    expect(got.cap_out).toBe(expected["cap_out"]);
    if (expected["cap_out"] === false) {
      expect(got.last_alpha).toBeCloseTo(expected["last_alpha"] as number, 6);
    }
    if (typeof expected["fake_index"] === "number") expect(got.fake_index).toBe(expected["fake_index"]);
    else expect(got.fake_index).toBe(-1);
    if (typeof expected["retry_accept_count"] === "number") {
      expect(got.retry_accept_count).toBe(expected["retry_accept_count"]);
      expect(got.last_alpha).toBeCloseTo(expected["retry_last_alpha"] as number, 6);
    }
  });

  test.each(golden.cases.filter(({ kind }) => kind === "log_weight"))(
    "$name",
    ({ log_weight, u, expected }) => {
      const got = runChain(decode(log_weight!), u, u.slice(1));
      expect(got.picked).toBe(expected["picked"]);
      expect(got.accepted).toEqual(expected["accepted"]);
      expect(got.accept_count).toBe(expected["accept_count"]);
      expect(got.cap_out).toBe(expected["cap_out"]);
      if (!got.cap_out) expect(got.last_alpha).toBeCloseTo(expected["last_alpha"] as number, 6);
    },
  );

  test.each(golden.cases.filter(({ kind }) => kind === "disc_batch"))("$name", (batch) => {
    const { chains = 0, K = 0, u, cap_out_chains = [], u_retry, expected } = batch;
    const r = logOdds(decode(batch.D!));
    const got = Array.from({ length: chains }, (_, chain) => {
      const row = cap_out_chains.indexOf(chain);
      const retry = row === -1 ? [] : u_retry!.slice(row * (K - 1), (row + 1) * (K - 1));
      return runChain(
        r.slice(chain * (K + 1), (chain + 1) * (K + 1)),
        u.slice(chain * K, (chain + 1) * K),
        retry,
      );
    });
    expect(got.map(({ picked }) => picked)).toEqual(expected["picked"]);
    expect(got.map(({ accept_count }) => accept_count)).toEqual(expected["accept_count"]);
    expect(got.map(({ cap_out }) => cap_out)).toEqual(expected["cap_out"]);
    expect(got.map(({ fake_index }) => fake_index)).toEqual(expected["fake_index"]);
    got.forEach(({ last_alpha }, chain) => {
      expect(last_alpha).toBeCloseTo((expected["last_alpha"] as number[])[chain]!, 6);
    });
  });

  test("accepts with the exact probability of the table, seen from both sides of the threshold", () => {
    const { D_current_rows, D_candidate_cols, alpha_exact } = golden.alpha_table;
    const rows = logOdds(decode(D_current_rows));
    const columns = logOdds(decode(D_candidate_cols));
    rows.forEach((initialLogWeight, i) => {
      columns.forEach((candidate, j) => {
        const exact = Number(alpha_exact[i]![j]!);
        const accepts = (u: number) =>
          selectMetropolisHastings([candidate], { random: () => 1 - u, initialLogWeight }).picked === 0;
        if (exact === 1) expect(accepts(1)).toBe(true);
        else expect(accepts(Math.min(1, exact * (1 + 1e-6) + 1e-15))).toBe(false);
        if (exact > 1e-9) expect(accepts(exact * (1 - 1e-6))).toBe(true);
      });
    });
  });
});

describe("selectMetropolisHastings", () => {
  const logWeight = fc.oneof(
    fc.double({ min: -800, max: 800, noNaN: true }),
    fc.constantFrom(0, 1, -Infinity, Infinity),
  );
  const logWeights = fc.array(logWeight, { maxLength: 40 });

  test("depends on differences of finite log weights alone", () => {
    // Integers, so that the shift is exact in floating point.
    const integers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(integers, fc.integer({ min: -1000, max: 1000 }), fc.nat(), (weights, shift, seed) => {
        const run = (by: number) =>
          selectMetropolisHastings(
            weights.map((w) => w + by),
            { random: randomStream(seed), initialLogWeight: weights[0]! + by },
          );
        expect(run(shift)).toEqual(run(0));
      }),
      { seed: 1 },
    );
  });

  test("takes exactly one uniform a proposal, and K − 1 more for a restart", () => {
    fc.assert(
      fc.property(logWeights, logWeight, fc.nat(), (weights, initialLogWeight, seed) => {
        const random = randomStream(seed);
        const { capOut, picked } = selectMetropolisHastings(weights, {
          random,
          initialLogWeight,
          restart: "same-proposals",
        });
        const restarted = capOut && weights.length > 0;
        expect(random.position).toBe(restarted ? 2 * weights.length - 1 : weights.length);
        expect(picked).toBeGreaterThanOrEqual(weights.length > 0 ? 0 : -1);
      }),
      { seed: 2 },
    );
  });

  test("does with a stream, whose values it makes in blocks, what it does with a function that calls the stream", () => {
    const logWeight = fc.oneof(
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.constantFrom(-Infinity, Infinity),
    );
    const logWeights = fc.array(logWeight, { maxLength: 600, size: "max" });
    const restart = fc.constantFrom("never" as const, "same-proposals" as const);
    fc.assert(
      fc.property(
        logWeights,
        fc.oneof(logWeight, fc.constant(9)),
        restart,
        fc.nat(),
        (weights, start, restart, seed) => {
          const stream = randomStream(seed);
          const called = randomStream(seed);
          const run = (random: () => number) => {
            const path = new Int32Array(weights.length);
            return {
              ...selectMetropolisHastings(weights, { random, initialLogWeight: start, restart, path }),
              path,
            };
          };
          expect(run(stream)).toEqual(run(() => called()));
          expect(stream.position).toBe(called.position);
        },
      ),
      { seed: 3 },
    );
  });

  test("leaves a stream behind the proposal that is NaN", () => {
    const logWeights = new Float64Array(1000);
    logWeights[300] = Number.NaN;
    const random = randomStream(1);
    expect(() => selectMetropolisHastings(logWeights, { random })).toThrow("got NaN at index 300");
    expect(random.position).toBe(301);
  });

  test("decides as the exponential does, however close", () => {
    const random = randomStream("close");
    for (let i = 0; i < 200_000; i++) {
      const logRatio = -(10 ** (5 * random() - 3));
      // One third anywhere, one third within the slack of the bounds, one third at the next numbers.
      const offset = [random(), 1 + (random() - 0.5) * 1e-8, 1 + (random() - 0.5) * 1e-15][i % 3]!;
      const cubic = 1 + logRatio * (1 + logRatio * (1 / 2 + logRatio / 6));
      const inverse = 1 / (1 - logRatio * (1 - logRatio * (1 / 2 - logRatio / 6)));
      for (const u of [offset * Math.exp(logRatio), offset * cubic, offset * inverse]) {
        if (accepts(u, logRatio) !== u <= Math.exp(logRatio)) expect.fail(`u ${u}, logRatio ${logRatio}`);
      }
    }
    for (const logRatio of [0, 1, Infinity, Number.NaN]) expect(accepts(1, logRatio)).toBe(true);
    for (const logRatio of [-1e-300, -1e-17]) expect(accepts(1, logRatio)).toBe(true);
    for (const logRatio of [-1e-15, -800, -1e300, -Infinity]) expect(accepts(1, logRatio)).toBe(false);
  });

  test("accepts between equal infinities, and the first finite proposal from −∞", () => {
    const random = () => 1 - 2 ** -53;
    const pick = (initialLogWeight: number, proposal: number) =>
      selectMetropolisHastings([proposal], { random, initialLogWeight }).picked;
    expect(pick(Infinity, Infinity)).toBe(0);
    expect(pick(-Infinity, -Infinity)).toBe(0);
    expect(pick(-Infinity, -1e300)).toBe(0);
    expect(pick(0, Infinity)).toBe(0);
    const least = () => 0;
    expect(selectMetropolisHastings([0], { random: least, initialLogWeight: Infinity }).picked).toBe(-1);
    expect(selectMetropolisHastings([-Infinity], { random: least, initialLogWeight: 0 }).picked).toBe(-1);
  });

  test("keeps the start without proposals", () => {
    for (const restart of ["never", "same-proposals"] as const) {
      expect(selectMetropolisHastings([], { random: randomStream(1), initialLogWeight: 0, restart })).toEqual(
        {
          picked: -1,
          acceptCount: 0,
          acceptanceRate: 0,
          capOut: true,
        },
      );
    }
  });

  test("refuses NaN by index, a NaN start, an unknown restart and a short path", () => {
    const random = randomStream(1);
    expect(() => selectMetropolisHastings([0, Number.NaN], { random })).toThrow("got NaN at index 1");
    expect(() => selectMetropolisHastings([0], { random, initialLogWeight: Number.NaN })).toThrow(
      "initialLogWeight",
    );
    // @ts-expect-error: not one of the words
    expect(() => selectMetropolisHastings([0], { random, restart: "always" })).toThrow("got always");
    expect(() => selectMetropolisHastings([0, 1], { random, path: new Int32Array(1) })).toThrow(
      "length 2 or more",
    );
  });

  // A skewed target: a symmetric one could not catch a sign or a direction that is wrong.
  const target = [0.02, 0.05, 0.08, 0.25, 0.6];
  const proposal = [0.4, 0.3, 0.1, 0.15, 0.05];
  const weightOf = target.map((p, i) => Math.log(p / proposal[i]!));
  const choose = (probabilities: readonly number[], u: number): number => {
    let i = 0;
    let left = u;
    while (i < probabilities.length - 1 && left >= probabilities[i]!) left -= probabilities[i++]!;
    return i;
  };

  test.each([1, 3, 17])("leaves the target invariant after %d steps", (chainLength) => {
    const counts = new Float64Array(target.length);
    const random = randomStream("invariance").split(chainLength);
    for (let chain = 0; chain < 100_000; chain++) {
      const start = choose(target, random());
      const proposals = Array.from({ length: chainLength }, () => choose(proposal, random()));
      const { picked } = selectMetropolisHastings(
        proposals.map((x) => weightOf[x]!),
        { random, initialLogWeight: weightOf[start]! },
      );
      const end = picked === -1 ? start : proposals[picked]!;
      counts[end] = counts[end]! + 1;
    }
    // Fixed seed; a right sampler exceeds 5 (chi-square of 4 degrees above 18) for about 1 seed in 1000.
    expect(chiSquareZ(counts, target)).toBeLessThan(5);
  });

  test("the jump chain, which records a state only when it is left, would fail that test", () => {
    const counts = new Float64Array(target.length);
    const random = randomStream("jump chain");
    let state = 0;
    for (let step = 0; step < 100_000; step++) {
      const next = choose(proposal, random());
      const { picked } = selectMetropolisHastings([weightOf[next]!], {
        random,
        initialLogWeight: weightOf[state]!,
      });
      if (picked === 0) {
        state = next;
        counts[state] = counts[state]! + 1;
      }
    }
    expect(chiSquareZ(counts, target)).toBeGreaterThan(1000);
  });
});
