import {
  type DatasetDescription,
  type DatasetName,
  DatasetNotFoundError,
  datasetNames,
  describeDataset,
  fetchDataset,
} from "@mhgan/datasets";
import { bytesText } from "../bytes-text.ts";
import { downloadReporter } from "../download-reporter.ts";
import type { Io, Writer } from "../io.ts";
import { textTable } from "../text-table.ts";
import { prose } from "../wrapped.ts";

/** Options of `mhgan datasets list`. */
export interface ListDatasetsOptions {
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Options of `mhgan datasets info`. */
export interface DescribeDatasetOptions extends ListDatasetsOptions {
  /** The data set. */
  readonly name: DatasetName;
}

/** Options of `mhgan datasets path`. */
export interface LocateDatasetOptions extends DescribeDatasetOptions {
  /** Where downloads are kept. Default: a folder of the data set in the user's cache. */
  readonly cacheDir?: string;
}

/** Options of `mhgan datasets fetch`. */
export interface FetchDatasetOptions extends LocateDatasetOptions {
  /** Addresses of folders to download from, in the order in which they are tried. Default: those that `describeDataset` names. */
  readonly mirror?: readonly string[];
}

/** Prints the data sets that are known by name. Looks at no disk and no network. */
export function runListDatasets({ json }: ListDatasetsOptions, io: Io): void {
  const all = datasetNames.map(describeDataset);
  if (json) {
    writeJson(io, { command: "datasets list", datasets: all });
    return;
  }
  const width = Math.max(...datasetNames.map((name) => name.length));
  const table = (nameOf: (facts: DatasetDescription) => string): string =>
    textTable(
      ["data set", "download", "licence"],
      all.map((facts) => [nameOf(facts), downloadText(facts), facts.licence]),
    );
  const full = table(({ name, content }) => `${name.padEnd(width)}  ${content}`);
  const fits = fitsTerminal(io.stdout, full);
  io.stdout.write(`${fits ? full : table(({ name }) => name)}\n`);
  if (!fits) io.stdout.write("\nmhgan datasets info <name> says what is in it\n");
}

function fitsTerminal({ isTTY, columns = Number.POSITIVE_INFINITY }: Writer, table: string): boolean {
  return !isTTY || table.split("\n").every((line) => line.length <= columns);
}

/** Prints what is known of a data set, with the checksums of its files. Looks at no disk and no network. */
export function runDescribeDataset({ name, json }: DescribeDatasetOptions, io: Io): void {
  const facts = describeDataset(name);
  if (json) {
    writeJson(io, { command: "datasets info", ...facts });
    return;
  }
  const { title, content, licence, homepage, systemPackage, byHand, files, mirrors } = facts;
  const lines = [`${title}: ${content}`, `Licence: ${licence}`, `Home page: ${homepage}`];
  if (systemPackage !== undefined) lines.push(`Package of Debian and Ubuntu: ${systemPackage}`);
  if (byHand !== undefined) lines.push(`Not downloaded. ${byHand}`);
  if (files.length > 0) {
    const rows = files.map((file) => [
      `${file.name}.gz`,
      bytesText(file.gzipBytes),
      file.sha256Of,
      file.sha256,
    ]);
    lines.push(`Download: ${downloadText(facts)}, from the first of these that answers:`);
    lines.push(...mirrors.map((mirror) => `  ${mirror}`));
    const full = textTable(["file", "size", "checked", "SHA-256"], rows);
    if (fitsTerminal(io.stdout, full)) lines.push("", full);
    else {
      const sizes = rows.map((row) => row.slice(0, 3));
      const sums = rows.map((row) => [row[0]!, row[3]!]);
      lines.push("", textTable(["file", "size", "checked"], sizes), "", textTable(["file", "SHA-256"], sums));
    }
  }
  io.stdout.write(prose(io.stdout, `${lines.join("\n")}\n`));
}

/** Downloads what is missing of a data set, verifies all of it, and prints the folder. */
export async function runFetchDataset(options: FetchDatasetOptions, io: Io): Promise<void> {
  const { name, cacheDir, mirror, json } = options;
  const { kind, folder } = await fetchDataset(name, {
    ...(cacheDir === undefined ? {} : { cacheDir }),
    ...(mirror === undefined ? {} : { mirrors: mirror }),
    signal: io.signal,
    onProgress: downloadReporter(io.stderr),
  });
  const found = { system: "as the system's package has it", cache: "in the cache", download: "downloaded" };
  io.stderr.write(`${name}: whole, ${found[kind as keyof typeof found]}\n`);
  writeFolder("datasets fetch", { name, kind, folder }, json, io);
}

/** Prints the folder of a data set that is here, whole and verified; uses no network. */
export async function runLocateDataset(options: LocateDatasetOptions, io: Io): Promise<void> {
  const { name, cacheDir, json } = options;
  const here = cacheDir === undefined ? {} : { cacheDir };
  const located = fetchDataset(name, { ...here, offline: true, signal: io.signal });
  const { kind, folder } = await located.catch((error) => {
    if (!(error instanceof DatasetNotFoundError) || error.folders.length === 0) throw error;
    throw new Error(
      `${name} is not whole in ${error.folders.join(" or ")}; get it: mhgan datasets fetch ${name}`,
    );
  });
  writeFolder("datasets path", { name, kind, folder }, json, io);
}

function writeFolder(
  command: string,
  result: { readonly name: string; readonly kind: string; readonly folder: string },
  json: boolean,
  io: Io,
): void {
  if (json) writeJson(io, { command, ...result });
  else io.stdout.write(`${result.folder}\n`);
}

function writeJson(io: Io, result: object): void {
  io.stdout.write(`${JSON.stringify(result)}\n`);
}

function downloadText({ files }: DatasetDescription): string {
  return files.length === 0 ? "by hand" : bytesText(files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0));
}
