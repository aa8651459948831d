import type { DatasetName } from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import type { OnnxRuntimeFacts } from "./engine-answers.ts";
import type { FoundBackend } from "./find-backends.ts";
import type { FolderFacts } from "./folder-facts.ts";
import type { Machine } from "./machine.ts";
import type { Speed } from "./measure-speed.ts";

/** What was found out, or why it could not be. */
export type Finding<T> = T | { readonly error: string };

/** What `mhgan doctor` found; its `--json`. */
export interface DoctorReport {
  readonly command: "doctor";
  /** Whether commands that train or sample would run. */
  readonly ok: boolean;
  /** Why they would not. */
  readonly problems: readonly string[];
  /** What is not as it should be, but stops no command. */
  readonly warnings: readonly string[];
  readonly node: { readonly version: string; readonly required: string; readonly supported: boolean };
  readonly machine: Finding<Machine>;
  /** The backend that runs when none is named. */
  readonly backend: BackendName | null;
  readonly backends: Finding<readonly FoundBackend[]>;
  /** Of `backend`. */
  readonly speed: Finding<Speed> | null;
  readonly onnxRuntimes: readonly (OnnxRuntimeFacts | { readonly name: string; readonly error: string })[];
  readonly datasets: readonly FoundDataset[];
  readonly cache: Finding<FolderFacts & { readonly bytes: number }>;
  readonly workingFolder: Finding<FolderFacts>;
  readonly temporaryFolder: Finding<FolderFacts>;
  readonly versions: Readonly<Record<string, string>>;
}

/** Whether a data set is here. */
export interface FoundDataset {
  readonly name: DatasetName;
  /** `byHand`: it is never downloaded, and not looked for. */
  readonly status: "here" | "missing" | "broken" | "byHand";
  readonly folder?: string;
  readonly reason: string;
  /** What to do, such as `mhgan datasets fetch mnist`. Empty if nothing is to be done. */
  readonly advice: string;
}
