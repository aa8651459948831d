/** One thing that is measured. Every contestant runs in a process of its own, since tfjs kernels are global. */
export interface Contestant {
  readonly name: string;
  /**
   * Sets up and warms up.
   *
   * @throws {MissingPeer} if it cannot take part: then it is reported as missing. Any other error ends the run.
   */
  prepare(): Promise<Prepared>;
}

/** A contestant that is ready. */
export interface Prepared {
  /** Takes one measurement in the unit of the case. */
  measure(): number | Promise<number>;
  /** What it runs on besides this repository, as that says itself. */
  readonly versions?: Versions;
  /** What there is to say of the last measurement besides its value; shown in columns of their own. */
  facts?(): Facts;
}

/** Programs and their versions. */
export type Versions = Readonly<Record<string, string>>;

/** Figures by name. */
export type Facts = Readonly<Record<string, number>>;

export interface BenchmarkCase {
  readonly name: string;
  /** Where it is another than the benchmark's. */
  readonly unit?: string;
  /** Ours first, then what it is compared with. */
  readonly contestants: readonly [Contestant, ...Contestant[]];
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "lower" | "higher";
  readonly repeats: number;
  readonly cases: readonly BenchmarkCase[];
  /** What all contestants need and nobody measures, such as a trained GAN: made once, before the first is started. */
  prepare?(log: (line: string) => void): Promise<void>;
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
