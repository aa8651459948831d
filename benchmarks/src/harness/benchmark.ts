/** One thing that is measured. Every contestant runs in a process of its own, since tfjs kernels are global. */
export interface Contestant {
  readonly name: string;
  /** Sets up and warms up; the returned function takes one measurement in the benchmark's unit. May throw: "missing". */
  prepare(): Promise<() => number | Promise<number>>;
}

export interface BenchmarkCase {
  readonly name: string;
  /** Ours first, then the peers it is compared with. */
  readonly contestants: readonly [Contestant, ...Contestant[]];
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "lower" | "higher";
  readonly repeats: number;
  readonly cases: readonly BenchmarkCase[];
}

/** Milliseconds of one of `count` runs of `work`. */
export function millisecondsPerRun(count: number, work: () => void): number {
  const start = performance.now();
  for (let i = 0; i < count; i++) work();
  return (performance.now() - start) / count;
}
