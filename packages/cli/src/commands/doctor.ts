import {
  type DatasetName,
  DatasetNotFoundError,
  type DatasetSource,
  datasetNames,
  describeDataset,
} from "@mhgan/datasets";
import type { BackendName } from "@mhgan/gan-core";
import { type DoctorProbes, machineProbes } from "../doctor/doctor-probes.ts";
import type { DoctorReport, Finding, FoundDataset } from "../doctor/doctor-report.ts";
import { doctorText } from "../doctor/doctor-text.ts";
import type { Io } from "../io.ts";
import { isSupportedNode, requiredNode, versions } from "../versions.ts";

/** Options of `mhgan doctor`. */
export interface DoctorOptions {
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

const ONNX_RUNTIMES = ["onnxruntime-node", "onnxruntime-web"];
/** A run writes models, checkpoints and samples; less than this is soon used up. */
const LITTLE_SPACE = 500e6;

/**
 * Says what runs here, what does not, why, and what to do about it. Writes no file and uses no network. Whatever is broken becomes a
 * line of the report.
 *
 * @param given - replaces some of the ways to look.
 * @throws {Error} after the report, if no command that trains or samples could run.
 */
export async function runDoctor(
  options: DoctorOptions,
  io: Io,
  given: Partial<DoctorProbes> = {},
): Promise<void> {
  const report = await examine({ ...machineProbes, ...given }, io.signal);
  io.stdout.write(options.json ? `${JSON.stringify(report)}\n` : doctorText(report, io.stdout));
  if (!report.ok) throw new Error(`cannot run as it is: ${report.problems.join("; ")}`);
}

async function examine(probes: DoctorProbes, signal: AbortSignal): Promise<DoctorReport> {
  /** Only an interruption ends the examination. */
  const attempt = async <T>(look: () => T | Promise<T>): Promise<Finding<T>> => {
    try {
      return await look();
    } catch (error) {
      signal.throwIfAborted();
      return { error: firstLine(error) };
    }
  };
  const problems: string[] = [];
  const warnings: string[] = [];

  const version = probes.nodeVersion();
  const supported = isSupportedNode(version);
  if (!supported) problems.push(`Node is ${version}, and must be ${requiredNode()}`);

  const machine = await attempt(() => probes.machine());
  const backends = await attempt(() => probes.backends(signal));
  let backend: BackendName | null = null;
  if ("error" in backends) problems.push(`no backend could be tried (${backends.error})`);
  else {
    const fatal = backends.find((found) => found.fatal);
    const chosen = backends.find(({ status, reason }) => status === "usable" && reason === "");
    backend = chosen?.backend ?? null;
    if (fatal && (!chosen || backends.indexOf(fatal) < backends.indexOf(chosen))) {
      problems.push(`${fatal.backend} cannot be tried safely: ${fatal.reason}; ${fatal.advice}`);
    }
    if (!chosen) problems.push("no backend runs that would be chosen");
  }
  const speed = backend === null ? null : await attempt(() => probes.speed(backend, signal));
  if (speed !== null && "error" in speed)
    problems.push(`${backend} starts but does not work: ${speed.error}`);
  const onnxRuntimes = await Promise.all(
    ONNX_RUNTIMES.map((name) => attempt(() => probes.onnxRuntime(name, signal))),
  );

  const datasets: FoundDataset[] = [];
  for (const name of datasetNames) {
    datasets.push(await lookForDataset(name, (name) => probes.dataset(name, signal), signal));
  }
  const cache = await attempt(async () => {
    const path = probes.cacheFolder();
    return { ...(await probes.folder(path)), bytes: await probes.sizeOfFolder(path) };
  });
  const workingFolder = await attempt(() => probes.folder(probes.workingFolder()));
  const temporaryFolder = await attempt(() => probes.folder(probes.temporaryFolder()));
  for (const [what, folder] of [
    ["the cache", cache],
    ["the working folder", workingFolder],
    ["the folder for temporary files", temporaryFolder],
  ] as const) {
    if ("error" in folder) warnings.push(`${what} could not be looked at (${folder.error})`);
    else if (!folder.writable) warnings.push(`${what}, ${folder.path}, cannot be written`);
    else if (folder.freeBytes < LITTLE_SPACE) warnings.push(`${what}, ${folder.path}, has little space left`);
  }
  for (const { name, status, reason } of datasets) {
    if (status === "broken") warnings.push(`the data set ${name} is here, but broken (${reason})`);
  }
  return {
    command: "doctor",
    ok: problems.length === 0,
    problems,
    warnings,
    node: { version, required: requiredNode(), supported },
    machine,
    backend,
    backends,
    speed,
    onnxRuntimes: onnxRuntimes.map((found, index) =>
      "error" in found ? { name: ONNX_RUNTIMES[index]!, ...found } : found,
    ),
    datasets,
    cache,
    workingFolder,
    temporaryFolder,
    versions: versions(),
  };
}

async function lookForDataset(
  name: DatasetName,
  look: (name: DatasetName) => Promise<DatasetSource>,
  signal: AbortSignal,
): Promise<FoundDataset> {
  try {
    const { byHand } = describeDataset(name);
    if (byHand !== undefined) {
      return {
        name,
        status: "byHand",
        reason: "it is never downloaded",
        advice: `mhgan datasets info ${name}`,
      };
    }
    const { folder } = await look(name);
    return { name, status: "here", folder, reason: "", advice: "" };
  } catch (error) {
    signal.throwIfAborted();
    const advice = `mhgan datasets fetch ${name}`;
    if (error instanceof DatasetNotFoundError) {
      return { name, status: "missing", reason: "it is not here", advice };
    }
    return { name, status: "broken", reason: firstLine(error), advice };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
