import type { Benchmark, BenchmarkCase, Contestant, Facts, Versions } from "./benchmark.ts";
import { ContestantProcess } from "./contestant-process.ts";
import { MissingPeer } from "./missing-peer.ts";

export interface ContestantResult {
  readonly name: string;
  readonly median?: number;
  readonly values: readonly number[];
  /** How many times better ours is: the median over repeats of the ratio within a repeat. Below 1 the other is better. */
  readonly ratio?: number;
  readonly facts?: Facts;
  /** Why there are no values. */
  readonly missing?: string;
  /** The command that installs what is missing. */
  readonly remedy?: string;
}

export interface CaseResult {
  readonly name: string;
  readonly unit: string;
  readonly contestants: readonly ContestantResult[];
}

export interface BenchmarkResult extends Omit<Benchmark, "cases" | "prepare"> {
  readonly cases: readonly CaseResult[];
  /** What the contestants run on besides this repository, as they say. */
  readonly peers: Versions;
}

/** A contestant and what it has measured, or why it does not take part. */
interface Entrant {
  readonly contestant: Contestant;
  readonly values: number[];
  process?: ContestantProcess;
  facts?: Facts;
  missing?: MissingPeer;
}

/** Runs all contestants of a case side by side: in every repeat each measures once, one after the other. */
export async function runBenchmark(
  benchmark: Benchmark,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const { prepare, ...described } = benchmark;
  const peers: Record<string, string> = {};
  const unprepared = await prepare?.(log).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof MissingPeer) return error;
      throw error;
    },
  );
  const cases: CaseResult[] = [];
  for (const [index, each] of benchmark.cases.entries()) {
    log(`${benchmark.name}: ${each.name}`);
    const entrants: Entrant[] = each.contestants.map((contestant) => ({ contestant, values: [] }));
    try {
      for (const [i, entrant] of entrants.entries()) {
        if (unprepared !== undefined) entrant.missing = unprepared;
        else Object.assign(peers, await start(entrant, new ContestantProcess(benchmark.name, index, i)));
      }
      for (let repeat = 0; repeat < benchmark.repeats; repeat++) {
        for (const { process, values } of entrants) {
          if (process !== undefined) values.push(Number((await process.measure()).toPrecision(6)));
        }
      }
      for (const entrant of entrants) {
        if (entrant.process !== undefined) entrant.facts = await entrant.process.facts();
      }
    } finally {
      for (const { process } of entrants) process?.stop();
    }
    cases.push({
      name: each.name,
      unit: each.unit ?? benchmark.unit,
      contestants: contestantResults(entrants, benchmark.better),
    });
  }
  return { ...described, peers, cases };
}

/** Waits until a contestant is ready or says why it cannot take part. */
async function start(entrant: Entrant, process: ContestantProcess): Promise<Versions> {
  entrant.process = process;
  try {
    return await process.ready();
  } catch (error) {
    process.stop();
    if (!(error instanceof MissingPeer)) throw error;
    delete entrant.process;
    entrant.missing = error;
    return {};
  }
}

/** Medians, and ratios to the first, which is ours. */
export function contestantResults(
  entrants: readonly {
    readonly contestant: Pick<BenchmarkCase["contestants"][0], "name">;
    readonly values: readonly number[];
    readonly facts?: Facts;
    readonly missing?: MissingPeer;
  }[],
  better: Benchmark["better"],
): ContestantResult[] {
  const ours = entrants[0]!.values;
  return entrants.map(({ contestant: { name }, values, facts = {}, missing }, i) => {
    if (missing !== undefined) {
      const { message, remedy } = missing;
      return { name, values, missing: message, ...(remedy !== undefined && { remedy }) };
    }
    return {
      name,
      median: median(values),
      ...(i > 0 && ours.length > 0 && { ratio: ratioOf(ours, values, better) }),
      values,
      ...(Object.keys(facts).length > 0 && { facts }),
    };
  });
}

/** How many times better ours is than theirs: the median over repeats of the ratio within a repeat. */
export function ratioOf(
  ours: readonly number[],
  theirs: readonly number[],
  better: Benchmark["better"],
): number {
  const ratios = ours.map((own, repeat) =>
    better === "lower" ? theirs[repeat]! / own : own / theirs[repeat]!,
  );
  return Number(median(ratios).toPrecision(6));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
