import { join } from "node:path";
import { cleanEnvironment } from "../tarballs.ts";
import { checkManifests } from "./check-manifests.ts";
import { checkServed } from "./check-served.ts";
import { formatChecksums } from "./checksums.ts";
import { type DemoName, demos, tryDemo } from "./demo-run.ts";
import { type Fault, spoilFile, spoilVersion } from "./faults.ts";
import { tryLonePackage } from "./lone-package.ts";
import type { NpmSettings } from "./npm-settings.ts";
import type { Processes } from "./processes.ts";
import type { Publication } from "./publication.ts";
import { Publishing } from "./publishing.ts";
import { type Registry, startRegistry } from "./registry.ts";
import type { RehearsalReport } from "./rehearsal-report.ts";
import { ReleaseCopy } from "./release-copy.ts";
import { findRuntimes, type Runtime } from "./runtimes-under-test.ts";

/** What a rehearsal is asked to do. */
export interface RehearsalOptions {
  /** The port of the registry. Default: one that is free. */
  readonly port: number | undefined;
  /** Some of the runtimes. Default: all. */
  readonly runtimes: readonly string[] | undefined;
  /** Whether to run all tests of the repository on the copy, as the release workflow does. */
  readonly withTests: boolean;
  readonly fault: Fault | undefined;
}

/** The packages that are good for something alone. */
const lonePackages = ["mcmc", "gan-core", "calibration", "metrics", "datasets"].map(
  (name) => `@mhgan/${name}`,
);

/** Does all that a release does, in a folder of its own and against a registry of its own. */
export class Rehearsal {
  readonly #options: RehearsalOptions;
  readonly #report: RehearsalReport;
  readonly #processes: Processes;
  readonly #npm: NpmSettings;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv = { ...cleanEnvironment(), TURBO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };

  /** @param folder - an empty folder, which the caller removes. */
  constructor(
    options: RehearsalOptions,
    report: RehearsalReport,
    processes: Processes,
    npm: NpmSettings,
    folder: string,
  ) {
    this.#options = options;
    this.#report = report;
    this.#processes = processes;
    this.#npm = npm;
    this.#folder = folder;
  }

  /** @throws {RehearsalEnd} if a step fails without which the rest has no sense. */
  async run(): Promise<void> {
    const copy = new ReleaseCopy(join(this.#folder, "repository"), this.#processes, this.#env);
    await this.#report.must("copy of the repository", () => copy.clone());
    await this.#report.must("npm ci", async () => {
      await copy.run("npm", "ci", "--ignore-scripts", "--prefer-offline");
      return "from the lockfile";
    });
    let registry: Registry | undefined;
    await this.#report.must("registry of its own", async () => {
      const folder = join(this.#folder, "registry");
      registry = await startRegistry(this.#processes, this.#env, this.#npm, folder, this.#options.port);
      return `${registry.url}, one user, closed to others`;
    });
    const publishing = new Publishing(this.#processes, registry!, join(this.#folder, "publishing"));
    const unreleased = copy.unreleased();
    if (unreleased.length > 0)
      await this.#report.must("names made known by hand", async () => {
        await publishing.publishByHand(copy.folder, unreleased);
        return `${unreleased.join(", ")} as 0.0.0`;
      });
    await this.#version(copy);
    const publication = await this.#publish(copy, publishing);
    await this.#use(publication);
    await this.#report.try("nothing of ours was looked up elsewhere", () => {
      const asked = registry!.log().match(/making request: .*/g) ?? [];
      const ours = asked.filter((line) => /mhgan/.test(line));
      if (ours.length > 0) throw new Error(ours.join("\n"));
      return `${asked.length} requests for packages of others`;
    });
  }

  /** Gives the copy the versions of the release, and builds it. */
  async #version(copy: ReleaseCopy): Promise<void> {
    const { fault, withTests } = this.#options;
    await this.#report.must("versions, ranges, changelogs", () =>
      copy.version(() => fault === "wrong-version" && spoilVersion(copy.folder)),
    );
    await this.#report.try("the release after it", () => copy.versionNext());
    await this.#report.try("lockfile of the new versions", async () => {
      await copy.run("npm", "ci", "--ignore-scripts", "--dry-run");
      return "npm ci takes it";
    });
    await this.#report.try("rules for what was rewritten", async () => {
      await copy.run("npm", "run", "lint");
      await copy.run("npx", "vitest", "run", "--root", "tests", "src/repository.test.ts");
      return "lint and the tests of package.json pass";
    });
    await this.#report.must("build", async () => {
      await copy.run("npm", "run", "build");
      return "from nothing";
    });
    if (withTests)
      await this.#report.must("npm test", async () => {
        const tests = (await copy.run("npm", "test")).match(/Tests +\d+ passed/g) ?? [];
        return `${tests.reduce((sum, line) => sum + Number(/\d+/.exec(line)), 0)} tests passed`;
      });
  }

  /** Packs, publishes, and compares with what the registry serves. */
  async #publish(copy: ReleaseCopy, publishing: Publishing): Promise<Publication> {
    const { fault } = this.#options;
    await this.#report.must("pack, twice", async () => {
      const first = await publishing.pack(copy.folder);
      const second = await publishing.pack(copy.folder);
      if (first.length === 0) throw new Error("nothing was packed");
      if (formatChecksums(first) !== formatChecksums(second))
        throw new Error("the same content gave other bytes");
      publishing.handOver(copy.folder, second);
      return `${first.length} tarballs, the same bytes`;
    });
    let read: Publication | undefined;
    await this.#report.must("what the tarballs say", async () => {
      read = await publishing.publication();
      return checkManifests(read);
    });
    const publication = read!;
    if (fault === "changed-tarball") spoilFile(publishing.tarball(publishing.checksums[0]!.file));
    await this.#report.must("tarballs handed over", async () => {
      await publishing.publishingStep("check");
      return "those that were packed, and no others";
    });
    await this.#report.must("publish", async () => {
      await publishing.publishingStep("publish");
      return [...publication.packages.values()].map(({ file }) => file).join(", ");
    });
    if (fault === "changed-in-registry") this.#spoilRegistry(publication);
    await this.#report.must("tarballs served", async () => {
      await publishing.publishingStep("compare");
      return checkServed(publication);
    });
    await this.#report.try("the release once more", async () => {
      const said = await publishing.publishingStep("publish");
      const packed = await publishing.pack(copy.folder);
      const skipped = said.match(/is published already/g)?.length;
      if (skipped !== publication.packages.size || packed.length > 0)
        throw new Error(`a second run must do nothing, got ${packed.length} tarballs and ${said}`);
      return "nothing to pack, nothing to publish";
    });
    return publication;
  }

  #spoilRegistry({ packages }: Publication): void {
    const [[name, { manifest }]] = packages as unknown as [[string, { manifest: { version: string } }]];
    const file = `${name.replace("@mhgan/", "")}-${manifest.version}.tgz`;
    spoilFile(join(this.#folder, "registry/storage", name, file));
  }

  /** Installs and uses the packages in every runtime. */
  async #use(publication: Publication): Promise<void> {
    const runtimes: Runtime[] = [];
    await this.#report.must("runtimes", async () => {
      for (const found of await findRuntimes(this.#processes, this.#env, this.#options.runtimes)) {
        if ("reason" in found) this.#report.missing(found.name, found.reason);
        else runtimes.push(found);
      }
      return runtimes.map(({ name }) => name).join(", ");
    });
    for (const runtime of runtimes) {
      const folder = join(this.#folder, runtime.name.replace(" ", "-").toLowerCase());
      for (const name of lonePackages) {
        await this.#report.try(`${runtime.name}: ${name}`, () =>
          tryLonePackage(
            this.#processes,
            publication,
            runtime,
            name,
            join(folder, name.replace("@mhgan/", "")),
            runtime === runtimes[0],
          ),
        );
      }
      for (const demo of Object.keys(demos) as DemoName[])
        await this.#report.try(`${runtime.name}: @mhgan/cli ${demo}`, () =>
          tryDemo(this.#processes, publication, runtime, demo, join(folder, "cli")),
        );
    }
  }
}
