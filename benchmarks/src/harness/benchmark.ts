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

/**
 * Milliseconds of processor time of one of `count` runs of `work`.
 * tfjs wasm computes on one thread, so on an idle machine this is the time on the clock; on a busy one it is what remains comparable.
 */
export function millisecondsPerRun(count: number, work: () => void): number {
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / count;
}
