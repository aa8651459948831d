import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";
import { readJson, root } from "./workspace.ts";

/** The libraries whose public interface is on record. The command line has its own: its `--help`. */
const libraries = ["mcmc", "calibration", "metrics", "datasets", "gan-core"] as const;

/** A module that a package offers, and the record of what it exports. */
export interface ApiEntry {
  /** What users import: `@mhgan/gan-core/tfjs`. */
  readonly specifier: string;
  /** Full path of its built declarations. */
  readonly declarations: string;
  /** Full path of the committed report. */
  readonly report: string;
  /** Full path of the package's package.json. */
  readonly manifest: string;
}

/** What the declarations of an entry say now. */
export interface ApiReport {
  readonly text: string;
  /** Names of types that exported declarations mention and that the entry does not export. */
  readonly forgotten: readonly string[];
  /** Whatever else is wrong with the declarations. */
  readonly problems: readonly string[];
}

/** The folder of the committed reports. */
export const reports: string = join(root, "tests/api");

/** Every entry of the libraries, except their package.json. */
export const apiEntries: readonly ApiEntry[] = libraries.flatMap((name) => {
  const folder = join(root, "packages", name);
  const { exports } = readJson<{ exports: Record<string, { types: string }> }>(
    "packages",
    name,
    "package.json",
  );
  return Object.entries(exports)
    .filter(([subpath]) => subpath !== "./package.json")
    .map(([subpath, { types }]) => ({
      specifier: `@mhgan/${name}${subpath.slice(1)}`,
      declarations: join(folder, types),
      report: join(reports, `${name}${subpath.slice(1).replaceAll("/", ".")}.api.md`),
      manifest: join(folder, "package.json"),
    }));
});

/** Names that an entry exports, read from its report. */
export function exportedNames(report: string): string[] {
  const declared =
    /^export (?:(?:abstract|declare) )*(?:class|const|enum|function|interface|let|type) ([\w$]+)/;
  // A name that is also a global of the browser is declared under another.
  const renamed = /^export \{ (?:[\w$]+ as )?([\w$]+) \}/;
  const names = report.split("\n").map((line) => (declared.exec(line) ?? renamed.exec(line))?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** The types that an entry mentions and that no entry of its package exports: users cannot name them. */
export function unreachable(entry: ApiEntry, all: ReadonlyMap<ApiEntry, ApiReport>): string[] {
  const siblings = [...all].filter(([other]) => other.manifest === entry.manifest);
  const reachable = new Set(siblings.flatMap(([, { text }]) => exportedNames(text)));
  return (all.get(entry)?.forgotten ?? []).filter((name) => !reachable.has(name));
}

/** Reads what the built declarations of an entry offer. The packages must be built. */
export function apiReport(entry: Pick<ApiEntry, "declarations" | "report" | "manifest">): ApiReport {
  const temporary = mkdtempSync(join(tmpdir(), "mhgan-api-"));
  const folder = join(temporary, "made");
  mkdirSync(folder);
  const forgotten = new Set<string>();
  const problems: string[] = [];
  const quiet = { logLevel: ExtractorLogLevel.None };
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: dirname(entry.manifest),
        mainEntryPointFilePath: entry.declarations,
        newlineKind: "lf",
        compiler: {
          // As a user's TypeScript reads the declarations: other packages are their builds, not their sources.
          overrideTsconfig: {
            compilerOptions: {
              strict: true,
              target: "ES2022",
              lib: ["ES2023", "DOM"],
              module: "NodeNext",
              moduleResolution: "NodeNext",
              types: [],
              skipLibCheck: true,
            },
            files: [entry.declarations],
          },
        },
        apiReport: {
          enabled: true,
          reportFileName: basename(entry.report),
          reportFolder: folder,
          reportTempFolder: join(temporary, "compared"),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
          extractorMessageReporting: {
            default: { logLevel: ExtractorLogLevel.Error },
            // Nothing here is alpha, beta or internal.
            "ae-missing-release-tag": quiet,
            // A property whose name says it all needs no comment.
            "ae-undocumented": quiet,
            // Links name what an editor shows, possibly in another package.
            "ae-unresolved-link": quiet,
          },
          // The documentation's own tests look after comments; they know @throws with a type.
          tsdocMessageReporting: { default: quiet },
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: entry.manifest,
    });
    Extractor.invoke(config, {
      localBuild: true,
      printApiReportDiff: false,
      messageCallback(message: ExtractorMessage) {
        if (message.messageId === "ae-forgotten-export")
          forgotten.add(/"(.+?)"/.exec(message.text)?.[1] ?? message.text);
        else if (message.logLevel === ExtractorLogLevel.Error)
          problems.push(message.formatMessageWithoutLocation());
        message.handled = true;
      },
    });
    const text = readFileSync(join(folder, basename(entry.report)), "utf8");
    return { text, forgotten: [...forgotten].sort(), problems };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
