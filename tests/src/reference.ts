import { join } from "node:path";
import { Application, Logger, LogLevel, type ProjectReflection, type TypeDocOptions } from "typedoc";
import { published, readJson, root } from "./workspace.ts";

/** A module of the reference: one of the entries that a package has for its users. */
export interface ReferenceEntry {
  /** What users import: `@mhgan/mcmc/predictions`. */
  readonly specifier: string;
  /** Path of its source, relative to the repository. */
  readonly source: string;
}

/** The reference of the public API, and what is wrong with the comments it is made of. */
export interface Reference {
  /** Each as a sentence; empty if all is well. */
  readonly problems: readonly string[];
  readonly project: ProjectReflection;
  /** Writes the site into a folder, in place of what is there. */
  write(folder: string): Promise<void>;
}

/** Every entry of the published packages, except their package.json. */
export const referenceEntries: readonly ReferenceEntry[] = published.flatMap((name) => {
  const { exports } = readJson<{ exports: Record<string, { "@mhgan/source": string }> }>(
    "packages",
    name,
    "package.json",
  );
  return Object.entries(exports)
    .filter(([subpath]) => subpath !== "./package.json")
    .map(([subpath, conditions]) => ({
      specifier: `@mhgan/${name}${subpath.slice(1)}`,
      source: join("packages", name, conditions["@mhgan/source"]),
    }));
});

/** Everything that users can import, and every part of it that they can name. */
const documented = [
  "Module",
  "Function",
  "Class",
  "Constructor",
  "Interface",
  "TypeAlias",
  "Variable",
  "Enum",
  "EnumMember",
  "Property",
  "Method",
  "Accessor",
] as const;

const packages = published.map((name) => `@mhgan/${name}`);

/** Where the sources of the packages are for everybody, as package.json says. */
function repositoryUrl(): string {
  const { repository } = readJson<{ repository: { url: string } }>("packages", published[0], "package.json");
  return repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
}

const options = (entries: readonly ReferenceEntry[]): TypeDocOptions => ({
  name: "@mhgan",
  entryPoints: entries.map(({ source }) => join(root, source)),
  tsconfig: join(root, "tests/tsconfig.reference.json"),
  basePath: root,
  displayBasePath: root,
  readme: join(root, "docs/reference.md"),
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  requiredToBeDocumented: [...documented],
  packagesRequiringDocumentation: packages,
  // The same files make the same site: no commit, date or path of this machine is in it.
  disableGit: true,
  gitRevision: "main",
  sourceLinkTemplate: `${repositoryUrl()}/blob/{gitRevision}/{path}#L{line}`,
  navigationLinks: { Repository: repositoryUrl() },
  customCss: join(root, "tests/src/reference.css"),
  hideGenerator: true,
  searchInComments: true,
  categorizeByGroup: false,
  sort: ["kind", "alphabetical"],
  kindSortOrder: ["Function", "Class", "Variable", "Interface", "TypeAlias"],
  navigation: { includeGroups: false, includeFolders: false, excludeReferences: true },
});

/** Keeps what TypeDoc has against the comments. */
class Problems extends Logger {
  readonly found = new Set<string>();

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.found.add(message.replaceAll(`${root}/`, ""));
  }
}

/**
 * Reads the sources of the packages and the comments in them.
 *
 * @param entries - default: all.
 * @throws {Error} if the sources do not compile.
 */
export async function readReference(
  entries: readonly ReferenceEntry[] = referenceEntries,
): Promise<Reference> {
  const app = await Application.bootstrap(options(entries));
  const problems = new Problems();
  app.logger = problems;
  const project = await app.convert();
  if (project === undefined) throw new Error([...problems.found].join("\n"));
  // TypeDoc looks for types that users cannot reach in one package alone: that of the project.
  const { packageName } = project;
  for (const name of packages) {
    project.packageName = name;
    app.validate(project);
  }
  project.packageName = packageName!;
  const found = [...problems.found];
  return {
    problems: found,
    project,
    async write(folder) {
      await app.generateDocs(project, folder);
      const more = [...problems.found].slice(found.length);
      if (more.length > 0) throw new Error(more.join("\n"));
    },
  };
}
