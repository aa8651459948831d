import { type Machine, machine } from "./machine.ts";
import type { BenchmarkResult } from "./run-benchmark.ts";

/** Figures of a benchmark, and how and when they came about. */
export interface SpeedRecord extends BenchmarkResult {
  readonly command: string;
  /** ISO 8601. */
  readonly date: string;
  /** How long the benchmark took. */
  readonly seconds: number;
  /** Of this repository; missing if it is none. */
  readonly commit?: string;
  readonly machine: Machine;
}

/** The record of a result that has just been found. */
export function speedRecord(
  { name, ...result }: BenchmarkResult,
  { seconds, commit }: { readonly seconds: number; readonly commit: string | undefined },
): SpeedRecord {
  return {
    name,
    command: `npm run bench -- ${name}`,
    date: new Date().toISOString(),
    seconds: Math.round(seconds),
    ...(commit !== undefined && { commit }),
    machine: machine(),
    ...result,
  };
}

/** The peers that are missing and could be installed, each with the reason and the command. */
export function installable(record: BenchmarkResult): string[] {
  const reasons = record.cases.flatMap(({ contestants }) =>
    contestants.flatMap(({ name, missing, remedy }) =>
      remedy === undefined ? [] : [`${name}: ${missing}; ${remedy}`],
    ),
  );
  return [...new Set(reasons)];
}
