/** One figure of several runs. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation between runs, with n − 1. */
  readonly sd: number;
  readonly values: readonly number[];
}

/** A table whose cells are figures with their spread, or empty. */
export interface StudyTable {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly name: string; readonly digits: number }[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Spread | null)[] }[];
}

/** A measurement of quality rather than speed, which makes its own tables. */
export interface Study {
  readonly name: string;
  readonly title: string;
  run(log: (line: string) => void): Promise<StudyResult>;
}

export interface StudyResult {
  readonly name: string;
  readonly title: string;
  /** What was fixed: enough to do it again. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tables: readonly StudyTable[];
}

/** Mean and standard deviation of at least one figure. */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)), values };
}
