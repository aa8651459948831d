import type { Benchmark } from "./benchmark.ts";
import { ContestantProcess } from "./contestant-process.ts";

export interface ContestantResult {
  readonly name: string;
  readonly median?: number;
  readonly values: readonly number[];
  /** How many times better ours is: the median over repeats of the ratio within a repeat. */
  readonly ratio?: number;
  /** Why there are no values. */
  readonly missing?: string;
}

export interface CaseResult {
  readonly name: string;
  readonly contestants: readonly ContestantResult[];
}

export interface BenchmarkResult extends Omit<Benchmark, "cases"> {
  readonly cases: readonly CaseResult[];
}

/** Runs all contestants of a case side by side: in every repeat each measures once, one after the other. */
export async function runBenchmark(
  benchmark: Benchmark,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const cases: CaseResult[] = [];
  for (const [caseIndex, { name, contestants }] of benchmark.cases.entries()) {
    log(`${benchmark.name}: ${name}`);
    const running: { name: string; process: ContestantProcess; values: number[] }[] = [];
    const missing = new Map<string, string>();
    try {
      for (const [i, contestant] of contestants.entries()) {
        const process = new ContestantProcess(benchmark.name, caseIndex, i);
        try {
          await process.ready();
          running.push({ name: contestant.name, process, values: [] });
        } catch (error) {
          process.stop();
          missing.set(contestant.name, error instanceof Error ? error.message : String(error));
        }
      }
      for (let repeat = 0; repeat < benchmark.repeats; repeat++) {
        for (const { process, values } of running) {
          values.push(Number((await process.measure()).toPrecision(6)));
        }
      }
    } finally {
      for (const { process } of running) process.stop();
    }
    const ours = running.find((contestant) => contestant.name === contestants[0].name)?.values;
    const results = contestants.map((contestant): ContestantResult => {
      const values = running.find((other) => other.name === contestant.name)?.values ?? [];
      if (values.length === 0)
        return { name: contestant.name, values, missing: missing.get(contestant.name) ?? "" };
      const ratios = ours?.map((own, i) =>
        benchmark.better === "lower" ? values[i]! / own : own / values[i]!,
      );
      const ratio = ratios && contestant !== contestants[0] ? { ratio: median(ratios) } : {};
      return { name: contestant.name, values, median: median(values), ...ratio };
    });
    cases.push({ name, contestants: results });
  }
  return { ...benchmark, cases };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
