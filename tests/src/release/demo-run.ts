import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./checksums.ts";
import { consumerEnvironment } from "./consumer-environment.ts";
import type { Processes } from "./processes.ts";
import type { Publication } from "./publication.ts";
import { runtimeCommands } from "./runtime-commands.ts";
import type { Runtime } from "./runtimes-under-test.ts";

/** The record that the command leaves, as far as it is looked at. */
interface RunRecord {
  readonly stages: Readonly<
    Record<
      string,
      {
        readonly files: Readonly<Record<string, string>>;
        readonly versions: Readonly<Record<string, string>>;
        readonly result: {
          readonly metrics?: Readonly<Record<string, { readonly highQualityShare: number }>>;
        };
      }
    >
  >;
}

/** A demonstration, and what it must leave. */
interface Demo {
  readonly args: readonly string[];
  readonly folder: string;
  readonly pictures: readonly string[];
}

export type DemoName = "demo" | "demo --images";

export const demos: Readonly<Record<DemoName, Demo>> = {
  demo: { args: ["demo"], folder: "mhgan-demo", pictures: [] },
  "demo --images": { args: ["demo", "--images"], folder: "mhgan-images", pictures: ["samples.png"] },
};

/** The files of a run against their SHA-256 in its record, the report and the pictures; gives how many files there are. */
function checkRun(
  folder: string,
  pictures: readonly string[],
  version: string,
): { files: number; record: RunRecord } {
  const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunRecord;
  let files = 0;
  for (const [name, stage] of Object.entries(record.stages)) {
    for (const [file, expected] of Object.entries(stage.files)) {
      if (sha256(join(folder, file)) !== expected) throw new Error(`${file} is not what ${name} recorded`);
      files++;
    }
  }
  // Stages that come with the package were made by an earlier version of it.
  const made = Object.values(record.stages).map(({ versions }) => versions["@mhgan/cli"]);
  if (!made.includes(version))
    throw new Error(`no stage was made by version ${version}, got ${made.join(", ")}`);
  const report = readFileSync(join(folder, "report.html"), "utf8");
  if (!/^<!doctype html>/i.test(report) || !report.includes("</html>"))
    throw new Error("report.html is not whole");
  if (/(src|href)="(https?:)?\/\//.test(report))
    throw new Error("report.html asks for something of the network");
  for (const picture of pictures) {
    const start = readFileSync(join(folder, picture)).subarray(1, 4).toString("latin1");
    if (start !== "PNG") throw new Error(`${picture} is not a PNG file`);
  }
  return { files, record };
}

/**
 * Runs a demonstration of the command line from the registry in an empty folder, without installing it first, and looks at what it leaves.
 *
 * @param folder - of the runtime: its caches stay there from one demonstration to the next.
 * @returns What was seen.
 * @throws {Error} that says what is wrong.
 */
export async function tryDemo(
  processes: Processes,
  publication: Publication,
  runtime: Runtime,
  name: DemoName,
  folder: string,
): Promise<string> {
  const demo = demos[name];
  const empty = join(folder, demo.folder);
  mkdirSync(empty, { recursive: true });
  const [program, ...args] = runtimeCommands[runtime.kind].execute("@mhgan/cli", ...demo.args);
  const { out } = await processes.run(program, args, {
    cwd: empty,
    env: consumerEnvironment(join(folder, "home"), publication.registry, [runtime.folder]),
  });
  const left = readdirSync(empty);
  if (left.join() !== demo.folder)
    throw new Error(`it must leave ${demo.folder} alone, got ${left.join(", ")}`);
  const run = join(empty, demo.folder);
  const { version } = publication.packages.get("@mhgan/cli")!.manifest;
  const { files, record } = checkRun(run, demo.pictures, version!);
  if (!existsSync(run) || !out.includes("report.html"))
    throw new Error(`it must say where its report is:\n${out}`);
  const metrics = record.stages["demo"]?.result.metrics;
  if (metrics === undefined) return `${files} files as recorded, a report, ${demo.pictures.join(", ")}`;
  const [before, after] = [metrics["gan"]!.highQualityShare, metrics["mhgan"]!.highQualityShare];
  if (!(after > before))
    throw new Error(`samples must become better, got ${before} before and ${after} after`);
  return `${files} file as recorded; high quality ${(100 * before).toFixed(1)} % before, ${(100 * after).toFixed(1)} % after`;
}
