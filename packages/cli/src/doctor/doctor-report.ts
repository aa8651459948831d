import type { DatasetName } from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import type { OnnxRuntimeFacts } from "./engine-answers.ts";
import type { FoundBackend } from "./find-backends.ts";
import type { FolderFacts } from "./folder-facts.ts";
import type { Machine } from "./machine.ts";
import type { Speed } from "./measure-speed.ts";

/** What was found out, or why it could not be. */
export type Finding<T> =
  | T
  | {
      /** Why, in a sentence. */
      readonly error: string;
    };

/** What `mhgan doctor` found; its `--json`. */
export interface DoctorReport {
  /** The command. */
  readonly command: "doctor";
  /** Whether commands that train or sample would run. */
  readonly ok: boolean;
  /** Why they would not. */
  readonly problems: readonly string[];
  /** What is not as it should be, but stops no command. */
  readonly warnings: readonly string[];
  /** The Node that runs. */
  readonly node: {
    /** Such as `v20.19.0`. */
    readonly version: string;
    /** What `engines` of package.json asks for, such as `>=20.19`. */
    readonly required: string;
    /** Whether the version is such a one. */
    readonly supported: boolean;
  };
  /** What the computer is. */
  readonly machine: Finding<Machine>;
  /** The backend that runs when none is named. */
  readonly backend: BackendName | null;
  /** Every backend, best first. */
  readonly backends: Finding<readonly FoundBackend[]>;
  /** Of `backend`. */
  readonly speed: Finding<Speed> | null;
  /** Every ONNX Runtime that is known. */
  readonly onnxRuntimes: readonly (
    | OnnxRuntimeFacts
    | {
        /** The name of the package. */
        readonly name: string;
        /** Why nothing could be found out. */
        readonly error: string;
      }
  )[];
  /** Every data set that is known. */
  readonly datasets: readonly FoundDataset[];
  /** The folder for downloads, and the bytes that it takes. */
  readonly cache: Finding<
    FolderFacts & {
      /** What all its files take together. */
      readonly bytes: number;
    }
  >;
  /** The folder in which the command was started. */
  readonly workingFolder: Finding<FolderFacts>;
  /** The folder for temporary files. */
  readonly temporaryFolder: Finding<FolderFacts>;
  /** The versions of our packages and of the engines, by the names of the packages. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Whether a data set is here. */
export interface FoundDataset {
  /** Which data set it is. */
  readonly name: DatasetName;
  /** `byHand`: it is never downloaded, and not looked for. */
  readonly status: "here" | "missing" | "broken" | "byHand";
  /** Where it is, if it is here. */
  readonly folder?: string;
  /** Why it is not whole, or what is special about it. Empty if there is nothing to say. */
  readonly reason: string;
  /** What to do, such as `mhgan datasets fetch mnist`. Empty if nothing is to be done. */
  readonly advice: string;
}
