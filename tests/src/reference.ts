import { join, resolve } from "node:path";
import {
  Application,
  Logger,
  LogLevel,
  type ParameterReflection,
  type ProjectReflection,
  ReflectionKind,
  type TypeDocOptions,
} from "typedoc";
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

const options = (entries: readonly ReferenceEntry[], tsconfig: string): TypeDocOptions => ({
  name: "@mhgan",
  entryPoints: entries.map(({ source }) => resolve(root, source)),
  tsconfig,
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
  // Which class of error is thrown.
  preservedTypeAnnotationTags: ["@throws"],
  // The same files make the same site: no commit, date or path of this machine is in it.
  disableGit: true,
  gitRevision: "main",
  sourceLinkTemplate: `${repositoryUrl()}/blob/{gitRevision}/{path}#L{line}`,
  navigationLinks: { Repository: repositoryUrl() },
  favicon: join(root, "docs/images/icon.svg"),
  customCss: join(root, "tests/src/reference.css"),
  hideGenerator: true,
  searchInComments: true,
  // Packages from the left of the table of borders to its right; in each, what is called before what is passed.
  sortEntryPoints: false,
  categorizeByGroup: false,
  sort: ["kind", "alphabetical"],
  kindSortOrder: ["Function", "Class", "Variable", "Interface", "TypeAlias"],
  groupOrder: ["Functions", "Classes", "Variables", "Interfaces", "Type Aliases"],
  navigation: { includeGroups: false, includeFolders: false, excludeReferences: true },
});

/** Puts the class of an error, which TypeDoc sets apart, before the words that say when it is thrown; a class of ours is a link. */
function nameErrors(project: ProjectReflection): void {
  const classes = new Map(
    project.getReflectionsByKind(ReflectionKind.Class).map((reflection) => [reflection.name, reflection]),
  );
  for (const reflection of Object.values(project.reflections)) {
    for (const tag of reflection.comment?.getTags("@throws") ?? []) {
      const name = tag.typeAnnotation?.slice(1, -1);
      if (name === undefined) continue;
      const target = classes.get(name);
      tag.content.unshift(
        target === undefined
          ? { kind: "code", text: `\`${name}\`` }
          : { kind: "inline-tag", tag: "@linkcode", text: name, target },
        { kind: "text", text: " " },
      );
      delete tag.typeAnnotation;
    }
  }
}

/** The parameters of functions that nothing is said of. What options are is said of their type. */
function undescribedParameters(project: ProjectReflection): string[] {
  return project.getReflectionsByKind(ReflectionKind.Parameter).flatMap((parameter) => {
    const takesOptions =
      parameter.name === "options" ||
      /(Options|Io)\b/.test((parameter as ParameterReflection).type?.toString() ?? "");
    const isOfFunction = parameter.parent?.parent?.kindOf(ReflectionKind.Function) ?? false;
    if (!isOfFunction || takesOptions || parameter.hasComment()) return [];
    return `${parameter.getFriendlyFullName()} has no @param`;
  });
}

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
 * @param tsconfig - full path of the one that their program is made by.
 * @throws {Error} if the sources do not compile.
 */
export async function readReference(
  entries: readonly ReferenceEntry[] = referenceEntries,
  tsconfig: string = join(root, "tests/tsconfig.reference.json"),
): Promise<Reference> {
  const app = await Application.bootstrap(options(entries, tsconfig));
  const problems = new Problems();
  app.logger = problems;
  const project = await app.convert();
  if (project === undefined) throw new Error([...problems.found].join("\n"));
  nameErrors(project);
  // TypeDoc looks for types that users cannot reach in one package alone: that of the project.
  const { packageName } = project;
  for (const name of packages) {
    project.packageName = name;
    app.validate(project);
  }
  project.packageName = packageName!;
  const found = [...problems.found, ...undescribedParameters(project)];
  return {
    problems: found,
    project,
    async write(folder) {
      const before = problems.found.size;
      await app.generateDocs(project, folder);
      const more = [...problems.found].slice(before);
      if (more.length > 0) throw new Error(more.join("\n"));
    },
  };
}
