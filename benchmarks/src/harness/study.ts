/** A table whose cells are one figure of each run that has it. */
export interface StudyTable {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly name: string; readonly digits: number }[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (readonly number[])[] }[];
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
