/** A table of a study. */
export interface StudyTable {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly name: string; readonly digits: number }[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
}

/**
 * One figure of each run that has it, shown as mean ± standard deviation between runs; or a figure with its standard error; or text as it
 * stands.
 */
export type Cell = readonly number[] | { readonly value: number; readonly error: number } | string;

/** Something published, or claimed by us, made again: tables, and pictures of them. */
export interface Study {
  readonly name: string;
  readonly title: string;
  run(log: (line: string) => void): Promise<StudyResult>;
}

export interface StudyResult {
  /** What was fixed: enough to do it again. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tables: readonly StudyTable[];
  /** What pictures show and no table holds; small. */
  readonly figures?: Readonly<Record<string, unknown>>;
  /** File names with their ending, and what they hold. */
  readonly pictures?: Readonly<Record<string, string | Uint8Array>>;
}
