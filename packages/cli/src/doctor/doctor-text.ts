import { bytesText } from "../bytes-text.ts";
import { painter, type Style } from "../colours.ts";
import type { Writer } from "../io.ts";
import { wrapped } from "../wrapped.ts";
import type { DoctorReport, Finding } from "./doctor-report.ts";
import type { FoundBackend } from "./find-backends.ts";
import type { FolderFacts } from "./folder-facts.ts";

/** A line of a section: a mark, a name, what is said of it, and below that what to do. */
interface Entry {
  readonly mark: Mark;
  readonly name: string;
  readonly text: string;
  readonly advice?: string;
}

type Mark = keyof typeof STYLES;

const STYLES: Readonly<Record<"✓" | "·" | "!" | "✗", Style>> = {
  "✓": "green",
  "·": "dim",
  "!": "yellow",
  "✗": "red",
};

/** The report for people. */
export function doctorText(report: DoctorReport, out: Writer): string {
  const paint = painter(out);
  const sections: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
    ["Machine", machineEntries(report)],
    ["TensorFlow.js backends, best first", backendEntries(report)],
    ["ONNX Runtimes, for models in ONNX", onnxEntries(report)],
    ["Data sets", datasetEntries(report)],
    ["Folders", folderEntries(report)],
  ];
  const width = Math.max(...sections.flatMap(([, entries]) => entries.map(({ name }) => name.length)));
  const lines = sections.flatMap(([title, entries]) => [
    paint("bold", title),
    ...entries.flatMap(({ mark, name, text, advice }) => [
      `  ${paint(STYLES[mark], mark)} ${name.padEnd(width)}  ${wrapped(out, text, width + 6)}`,
      ...(advice ? [`    ${" ".repeat(width)}  → ${advice}`] : []),
    ]),
    "",
  ]);
  for (const warning of report.warnings)
    lines.push(`${paint("yellow", "Mind:")} ${wrapped(out, `${warning}.`, 6)}`);
  for (const problem of report.problems)
    lines.push(`${paint("red", "Wrong:")} ${wrapped(out, `${problem}.`, 7)}`);
  if (report.ok) {
    lines.push(
      `${paint("green", "All that is needed is here.")} Commands run on ${report.backend}: mhgan demo`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function machineEntries({ node, machine, versions }: DoctorReport): Entry[] {
  const entries: Entry[] = [
    { mark: "✓", name: "mhgan", text: versions["@mhgan/cli"] ?? "unknown" },
    {
      mark: node.supported ? "✓" : "✗",
      name: "Node",
      text: `${node.version} (supported: ${node.required})`,
      ...(node.supported ? {} : { advice: "install a newer one, see https://nodejs.org" }),
    },
  ];
  if ("error" in machine) return [...entries, failed("machine", machine.error)];
  const { cores, threads } = machine;
  const counts =
    cores === undefined
      ? plural(threads, "thread")
      : `${plural(cores, "core")}, ${plural(threads, "thread")}`;
  entries.push(
    { mark: "✓", name: "system", text: `${machine.system}, ${machine.architecture}` },
    { mark: "✓", name: "processor", text: `${machine.processor}, ${counts}` },
    {
      mark: "✓",
      name: "memory",
      text: `${bytesText(machine.memoryBytes)}, ${bytesText(machine.freeMemoryBytes)} free`,
    },
  );
  return entries;
}

function backendEntries({ backend, backends, speed }: DoctorReport): Entry[] {
  if ("error" in backends) return [failed("backends", backends.error)];
  const speedText = (): string => {
    if (speed === null) return "";
    if ("error" in speed) return `; does not work: ${speed.error}`;
    const [product, convolution] = [speed.matrixProductGflops, speed.convolutionGflops].map(gflopsText);
    return `; ${product} GFLOP/s in matrix products, ${convolution} in convolutions`;
  };
  return backends.map((found): Entry => {
    if (found.backend === backend) {
      const works = speed === null || !("error" in speed);
      return {
        mark: works ? "✓" : "✗",
        name: found.backend,
        text: `runs unless another is named${speedText()}`,
      };
    }
    return otherBackend(found);
  });
}

function otherBackend({ backend, status, reason, advice, fatal }: FoundBackend): Entry {
  const name = backend;
  if (status === "usable") {
    if (reason === "") return { mark: "✓", name, text: `runs with --backend ${backend}` };
    return { mark: "·", name, text: `unsuited: ${reason}`, advice: `still try it: --backend ${backend}` };
  }
  const mark = fatal ? "✗" : status === "broken" ? "!" : "·";
  return { mark, name, text: `${status}: ${reason}`, advice };
}

function onnxEntries({ onnxRuntimes }: DoctorReport): Entry[] {
  return onnxRuntimes.map((found): Entry => {
    if ("error" in found) return failed(found.name, found.error);
    const { name, status, version, reason, advice } = found;
    if (status === "usable") return { mark: "✓", name, text: `runs${version ? ` (${version})` : ""}` };
    return { mark: status === "broken" ? "!" : "·", name, text: `${status}: ${reason}`, advice };
  });
}

function datasetEntries({ datasets }: DoctorReport): Entry[] {
  return datasets.map(({ name, status, folder, reason, advice }): Entry => {
    if (status === "here") return { mark: "✓", name, text: `whole, in ${folder}` };
    return { mark: status === "broken" ? "!" : "·", name, text: reason, advice };
  });
}

function folderEntries({ cache, workingFolder, temporaryFolder }: DoctorReport): Entry[] {
  const entry = (name: string, found: Finding<FolderFacts & { readonly bytes?: number }>): Entry => {
    if ("error" in found) return failed(name, found.error);
    const { path, exists, writable, freeBytes, bytes } = found;
    const facts = [
      exists ? (writable ? "writable" : "not writable") : writable ? "not made yet" : "cannot be made",
      ...(bytes ? [`holds ${bytesText(bytes)}`] : []),
      `${bytesText(freeBytes)} free`,
    ];
    return { mark: writable ? "✓" : "!", name, text: `${path} (${facts.join(", ")})` };
  };
  return [entry("working", workingFolder), entry("temporary", temporaryFolder), entry("cache", cache)];
}

const failed = (name: string, reason: string): Entry => ({
  mark: "!",
  name,
  text: `could not be looked at: ${reason}`,
});

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const gflopsText = (gflops: number): string => (gflops >= 100 ? gflops.toFixed(0) : gflops.toPrecision(2));
