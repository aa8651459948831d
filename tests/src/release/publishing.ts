import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Manifest, root } from "../workspace.ts";
import { type Checksum, formatChecksums, parseChecksums } from "./checksums.ts";
import { consumerEnvironment } from "./consumer-environment.ts";
import { loopbackRegistry } from "./loopback.ts";
import { npmWrapper } from "./npm-wrapper.ts";
import type { Processes } from "./processes.ts";
import type { Publication, PublishedPackage } from "./publication.ts";
import type { Registry } from "./registry.ts";
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
