import { tmpdir } from "node:os";
import { type DatasetName, type DatasetSource, fetchDataset } from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import { cacheFolder } from "./cache-folder.ts";
import { askEngines, type OnnxRuntimeFacts } from "./engine-answers.ts";
import { type FoundBackend, findBackends } from "./find-backends.ts";
import { type FolderFacts, lookAtFolder, sizeOfFolder } from "./folder-facts.ts";
import { lookAtMachine, type Machine } from "./machine.ts";
import type { Speed } from "./measure-speed.ts";

/** How `mhgan doctor` looks at each thing. Any of them may throw; tests give some of their own. */
export interface DoctorProbes {
  /** The version of Node that runs, such as `v20.19.0`. */
  nodeVersion(): string;
  /** What the computer is. */
  machine(): Promise<Machine>;
  /** Every backend, best first, and whether it runs. */
  backends(signal: AbortSignal): Promise<readonly FoundBackend[]>;
  /** How fast a backend calculates. */
  speed(backend: BackendName, signal: AbortSignal): Promise<Speed>;
  /** Whether an ONNX Runtime loads, by the name of its package. */
  onnxRuntime(name: string, signal: AbortSignal): Promise<OnnxRuntimeFacts>;
  /** What could go wrong with a folder. */
  folder(path: string): Promise<FolderFacts>;
  /** Bytes that all files of a folder take together. */
  sizeOfFolder(path: string): Promise<number>;
  /** Where a data set is, whole and verified, or an error. */
  dataset(name: DatasetName, signal: AbortSignal): Promise<DatasetSource>;
  /** The folder in which the command was started. */
  workingFolder(): string;
  /** The folder for temporary files. */
  temporaryFolder(): string;
  /** The folder for downloads. */
  cacheFolder(): string;
}

/** Looks at this machine. Writes nothing and uses no network. */
export const machineProbes: DoctorProbes = {
  nodeVersion: () => process.versions.node,
  machine: lookAtMachine,
  backends: (signal) => findBackends((question, name) => askEngines(question, name, signal)),
  speed: (backend, signal) => askEngines("speed", backend, signal) as Promise<Speed>,
  onnxRuntime: (name, signal) => askEngines("onnx", name, signal) as Promise<OnnxRuntimeFacts>,
  folder: lookAtFolder,
  sizeOfFolder,
  dataset: (name, signal) => fetchDataset(name, { offline: true, signal }),
  workingFolder: () => process.cwd(),
  temporaryFolder: tmpdir,
  cacheFolder,
};
