import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, published, root } from "../workspace.ts";
import { type Changeset, parseChangeset } from "./changeset-file.ts";
import type { Processes, Surroundings } from "./processes.ts";
import { type VersionedPackage, versionProblems } from "./version-problems.ts";

/** Changesets of an invented next release: something new below everything else. */
const invented = '---\n"@mhgan/mcmc": minor\n---\n\nAn invented change.\n';

/** A clone of the repository in a folder of its own, on which a release is tried. The user's branch is only read. */
export class ReleaseCopy {
  readonly folder: string;
  readonly #processes: Processes;
  readonly #surroundings: Surroundings;

  /** @param folder - does not exist yet. */
  constructor(folder: string, processes: Processes, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#processes = processes;
    this.#surroundings = { cwd: folder, env };
  }

  async run(program: string, ...args: string[]): Promise<string> {
    return (await this.#processes.run(program, args, this.#surroundings)).out;
  }

  /** Clones what is committed, and says what that is. */
  async clone(): Promise<string> {
    const here = { ...this.#surroundings, cwd: root };
    const git = async (...args: string[]): Promise<string> =>
      (await this.#processes.run("git", args, here)).out.trim();
    // Changesets looks for the commit of each change, and would not end where the history does.
    if ((await git("rev-parse", "--is-shallow-repository")) === "true")
      throw new Error("the repository must have its history: run git fetch --unshallow first");
    await git("clone", "--quiet", "--no-tags", root, this.folder);
    const head = await git("log", "-1", "--format=%h %s");
    const changed = (await git("status", "--porcelain")).split("\n").filter((line) => line !== "");
    return changed.length === 0 ? head : `${head}; without ${changed.length} files that are not committed`;
  }

  #manifests(): Manifest[] {
    return published.map(
      (name) =>
        JSON.parse(readFileSync(join(this.folder, "packages", name, "package.json"), "utf8")) as Manifest,
    );
  }

  /** The folders of packages that have never been released. */
  unreleased(): string[] {
    const manifests = this.#manifests();
    return published.filter((_name, index) => manifests[index]!.version === "0.0.0");
  }

  #changesets(): Changeset[] {
    const folder = join(this.folder, ".changeset");
    return readdirSync(folder)
      .filter((name) => name.endsWith(".md") && name !== "README.md")
      .map((name) => parseChangeset(readFileSync(join(folder, name), "utf8")));
  }

  /**
   * Raises the versions as the pull request of a release does. Where that is done already, and no changeset is left, it looks at the versions
   * that are there.
   *
   * @param meddle - is called before anything is looked at.
   * @returns What was seen.
   * @throws {Error} that names every version, range and changelog that is not as it should be.
   */
  async version(meddle: () => void = () => {}): Promise<string> {
    const before = this.#manifests();
    const changesets = this.#changesets();
    if (changesets.length > 0) await this.run("npm", "run", "version-packages");
    meddle();
    const after = this.#manifests();
    const packages = before.map((manifest, index): VersionedPackage => {
      const changelog = join(this.folder, "packages", published[index]!, "CHANGELOG.md");
      return {
        before: manifest,
        after: after[index]!,
        changelog: existsSync(changelog) ? readFileSync(changelog, "utf8") : "",
      };
    });
    const config = JSON.parse(readFileSync(join(this.folder, ".changeset/config.json"), "utf8")) as {
      linked: string[][];
    };
    const problems = versionProblems(packages, changesets, config.linked);
    if (this.#changesets().length > 0) problems.push("the changesets must be used up");
    if (problems.length > 0) throw new Error(problems.join("\n"));
    if (changesets.length === 0) return "no changesets: the versions that are there";
    return packages
      .filter(({ before, after }) => before.version !== after.version)
      .map(({ before, after }) => `${after.name.replace("@mhgan/", "")} ${before.version} → ${after.version}`)
      .join(", ");
  }

  /** Tries, on top of the present release, one that changes what all others rest on; and takes it back. */
  async versionNext(): Promise<string> {
    const commit = async (): Promise<void> => {
      await this.run("git", "add", "--all");
      const who = [
        "-c",
        "user.name=rehearsal",
        "-c",
        "user.email=rehearsal@localhost",
        "-c",
        "commit.gpgsign=false",
      ];
      await this.run(
        "git",
        ...who,
        "commit",
        "--quiet",
        "--no-verify",
        "--allow-empty",
        "--message",
        "chore: rehearse",
      );
    };
    await commit();
    const released = (await this.run("git", "rev-parse", "HEAD")).trim();
    writeFileSync(join(this.folder, ".changeset/invented.md"), invented);
    await commit();
    try {
      return await this.version();
    } finally {
      await this.run("git", "reset", "--quiet", "--hard", released);
      await this.run("git", "clean", "--quiet", "--force", "packages", ".changeset");
    }
  }
}
