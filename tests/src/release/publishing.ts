import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Manifest, root } from "../workspace.ts";
import { type Checksum, formatChecksums, parseChecksums, sha256 } from "./checksums.ts";
import { consumerEnvironment } from "./consumer-environment.ts";
import { loopbackRegistry } from "./loopback.ts";
import { npmWrapper } from "./npm-wrapper.ts";
import type { Processes } from "./processes.ts";
import type { Publication, PublishedPackage } from "./publication.ts";
import type { Registry } from "./registry.ts";
import { changelogSection, rangeProblems } from "./version-problems.ts";
import { stepOutputs, workflowStep } from "./workflow-step.ts";

/** The steps of release.yml that a rehearsal runs: each its job and its name. */
export const releaseSteps: Readonly<
  Record<"pack" | "check" | "publish" | "compare", readonly [job: string, name: string]>
> = {
  pack: ["pack", "Pack what npm does not have yet"],
  check: ["publish", "Check that these are the tarballs that were tested"],
  publish: ["publish", "Publish them"],
  compare: ["publish", "Check that npm serves the tarballs that were tested"],
};

/** Packs and publishes with the very lines of the release workflow, but to the registry of the rehearsal. */
export class Publishing {
  readonly #processes: Processes;
  readonly #registry: Registry;
  readonly #folder: string;
  readonly #workflow: string = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");
  #checksums: readonly Checksum[] = [];

  /** @param folder - an empty folder: what the workflow's publishing job would work in, and its home. */
  constructor(processes: Processes, registry: Registry, folder: string) {
    loopbackRegistry(registry.url);
    this.#processes = processes;
    this.#registry = registry;
    this.#folder = folder;
  }

  /** Where the publishing job finds the tarballs. */
  tarball(file: string): string {
    return join(this.#folder, "job/tarballs", file);
  }

  /** The npm that knows no other registry. */
  get #npm(): string {
    return join(this.#folder, "programs/npm");
  }

  get checksums(): readonly Checksum[] {
    return this.#checksums;
  }

  /** Runs a step of the workflow, as GitHub does. */
  async #step(step: keyof typeof releaseSteps, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
    const [job, name] = releaseSteps[step];
    const script = workflowStep(this.#workflow, job, name);
    const { out } = await this.#processes.run("bash", ["--noprofile", "--norc", "-e", "-c", script], {
      cwd,
      env,
    });
    return out;
  }

  #environment(first: readonly string[] = []): NodeJS.ProcessEnv {
    return consumerEnvironment(join(this.#folder, "home"), this.#registry.url, [
      ...first,
      dirname(process.execPath),
    ]);
  }

  /** Packs what the registry does not have. Run again, with the same content, it makes the same bytes, or nothing where all is published. */
  async pack(copy: string): Promise<readonly Checksum[]> {
    const outputs = join(this.#folder, "outputs");
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(outputs, "");
    rmSync(join(copy, "tarballs"), { recursive: true, force: true });
    await this.#step("pack", copy, {
      ...this.#environment(),
      GITHUB_OUTPUT: outputs,
    });
    return parseChecksums(stepOutputs(readFileSync(outputs, "utf8")).get("sums") ?? "");
  }

  /** Hands the tarballs over, as an artifact of the workflow goes from one job to the next. */
  handOver(copy: string, checksums: readonly Checksum[]): void {
    this.#checksums = checksums;
    cpSync(join(copy, "tarballs"), join(this.#folder, "job/tarballs"), { recursive: true });
  }

  /** The environment of somebody who may publish, to the registry of the rehearsal alone. */
  async #publisher(): Promise<NodeJS.ProcessEnv> {
    mkdirSync(dirname(this.#npm), { recursive: true });
    const surroundings = { cwd: this.#folder, env: this.#environment() };
    const { out } = await this.#processes.run("bash", ["-c", "command -v npm"], surroundings);
    writeFileSync(this.#npm, npmWrapper(out.trim(), this.#registry.url));
    chmodSync(this.#npm, 0o755);
    const userconfig = join(this.#folder, "publisher.npmrc");
    const place = this.#registry.url.replace(/^http:/, "");
    writeFileSync(userconfig, `${place}:_authToken=${this.#registry.token}\n`, { mode: 0o600 });
    return { ...this.#environment([dirname(this.#npm)]), NPM_CONFIG_USERCONFIG: userconfig };
  }

  /** Publishes packages as they are, as a maintainer does by hand to make their names known. */
  async publishByHand(copy: string, names: readonly string[]): Promise<void> {
    const env = await this.#publisher();
    for (const name of names)
      await this.#processes.run(this.#npm, ["publish", `./packages/${name}`, "--provenance=false"], {
        cwd: copy,
        env,
      });
  }

  /** Runs a step of the publishing job. */
  async publishingStep(step: "check" | "publish" | "compare"): Promise<string> {
    return this.#step(step, join(this.#folder, "job"), {
      ...(await this.#publisher()),
      SUMS: formatChecksums(this.#checksums).trim(),
      WAITS: "0",
    });
  }

  /** Reads what was packed. */
  async publication(): Promise<Publication> {
    const packages = new Map<string, PublishedPackage>();
    for (const { file, sha256 } of this.#checksums) {
      const read = async (path: string): Promise<string> =>
        (
          await this.#processes.run("tar", ["-xOf", this.tarball(file), `package/${path}`], {
            cwd: this.#folder,
            env: this.#environment(),
          })
        ).out;
      const manifest = JSON.parse(await read("package.json")) as Manifest;
      const digest = createHash("sha512")
        .update(readFileSync(this.tarball(file)))
        .digest("base64");
      packages.set(manifest.name, {
        manifest,
        readme: await read("README.md"),
        changelog: await read("CHANGELOG.md"),
        file,
        sha256,
        integrity: `sha512-${digest}`,
      });
    }
    return { registry: this.#registry.url, packages };
  }
}

/**
 * Looks at what the tarballs say of themselves.
 *
 * @returns What was seen.
 * @throws {Error} that names everything that must not be published.
 */
export function checkManifests({ packages }: Publication): string {
  const versions = new Map([...packages].map(([name, { manifest }]) => [name, manifest.version!]));
  const problems: string[] = [];
  for (const { manifest, changelog } of packages.values()) {
    problems.push(...rangeProblems(manifest, versions));
    const config = JSON.stringify(manifest["publishConfig"]);
    if (config !== '{"access":"public","provenance":true}')
      problems.push(
        `${manifest.name}: publishConfig must ask for public access and provenance alone, got ${config}`,
      );
    if (changelogSection(changelog, manifest.version!) === undefined)
      problems.push(`${manifest.name}: the changelog in the tarball does not know ${manifest.version}`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return `${packages.size} packages with changelogs, ask for each other's new versions, public, with provenance`;
}

/** How long the registry may take to answer. */
const patience = (): RequestInit => ({ signal: AbortSignal.timeout(60_000) });

/**
 * Downloads every tarball from the registry and compares it with what was packed.
 *
 * @returns What was seen.
 * @throws {Error} that names every one that differs.
 */
export async function checkServed({ registry, packages }: Publication): Promise<string> {
  const problems: string[] = [];
  for (const [name, { manifest, sha256: expected, integrity }] of packages) {
    const response = await fetch(`${registry}${name}/${manifest.version}`, patience());
    const { dist } = (await response.json()) as { dist: { tarball: string; integrity: string } };
    if (!dist.tarball.startsWith(registry)) problems.push(`${name} would be downloaded from ${dist.tarball}`);
    if (dist.integrity !== integrity) problems.push(`${name} is announced as ${dist.integrity}`);
    const whole = (await (await fetch(`${registry}${name}`, patience())).json()) as {
      "dist-tags": { latest: string };
    };
    const { latest } = whole["dist-tags"];
    if (latest !== manifest.version) problems.push(`who installs ${name} would get ${latest}`);
    const tarball = await fetch(dist.tarball, patience());
    const served = sha256(new Uint8Array(await tarball.arrayBuffer()));
    if (served !== expected) problems.push(`${name}: ${expected} was packed, ${served} is served`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return `${packages.size} tarballs downloaded, the same SHA-256 as those that were packed`;
}
