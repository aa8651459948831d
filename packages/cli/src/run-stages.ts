import { createHash } from "node:crypto";
import { access, mkdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { lock } from "proper-lockfile";
import { UsageError } from "./io.ts";
import { versions } from "./versions.ts";
import { clearLeftovers, writeWhole } from "./write-whole.ts";

/** What a finished stage of a run says of itself in `run.json`. */
export interface StageRecord {
  /** What it was asked to do: the same again is not done twice. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The digest of each stage whose files it used. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The SHA-256 of each file it wrote. */
  readonly files: Readonly<Record<string, string>>;
  /** What came out, in numbers. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** The content of `run.json`. */
export interface RunRecord {
  readonly format: "mhgan-run";
  readonly version: 1;
  readonly stages: Readonly<Record<string, StageRecord>>;
}

/** Where a stage writes. */
export interface StageWriter {
  /** The path of something in the folder, such as `log.jsonl`. */
  pathOf(name: string): string;
  /** Writes a file; a name with slashes lies in a folder of its own. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Counts a file that others wrote among those of the stage. */
  include(name: string): Promise<void>;
  /** Removes a file or folder, if it is there. */
  remove(name: string): Promise<void>;
}

/** What {@link RunStages.run} is told. */
export interface StageOptions {
  readonly name: string;
  /** Compared with those of a finished stage of the name. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Stages that must be there, as they are now when the stage is finished. */
  readonly inputs: readonly string[];
  /** Begin anew, although it is finished or was begun: what rests on it is removed too. */
  readonly force?: boolean;
  /** Files of a stage that was stopped, from which it goes on: removed with `force`. */
  readonly unfinished?: readonly string[];
  /** What to give for one with other options beside it. Default: another folder. */
  readonly elsewhere?: string;
}

/** A stage that was run, or was finished already. */
export interface StageOutcome {
  readonly record: StageRecord;
  /** Whether nothing was done, as all of it was there. */
  readonly reused: boolean;
}

const MANIFEST = "run.json";
/** An owner that has not been heard of for so long, in milliseconds, is dead. */
const STALE = 6000;

/**
 * The folder of a run: what its stages (train, calibrate, …) wrote, and `run.json`, which says of each finished stage what it was asked, what it
 * rests on, and the SHA-256 of its files.
 *
 * A file appears whole or not at all, and a stage is recorded last. A stage that was asked for again does nothing; with other options it
 * is an error, unless it is forced. One process works on a stage; different stages, such as shards of the draws, go side by side.
 */
export class RunStages {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Opens a folder that a stage begins, and makes sure now, before hours of work, that it can be written.
   *
   * @throws {UsageError} if it cannot be, or holds something else.
   */
  static async create(path: string): Promise<RunStages> {
    const folder = new RunStages(resolve(path));
    try {
      await mkdir(folder.path, { recursive: true });
      await clearLeftovers(folder.path);
      await writeWhole(folder.path, ".write-test", "");
      // Another process that begins just now may have removed it.
      await rm(join(folder.path, ".write-test"), { force: true });
    } catch (error) {
      throw new UsageError(
        `--out must be a folder that can be written, got ${path} (${(error as Error).message})`,
      );
    }
    await folder.read();
    return folder;
  }

  /**
   * Opens the folder of a run that was begun before.
   *
   * @param maker - the command that is named to whoever has none.
   * @throws {UsageError} if there is none.
   */
  static async open(path: string, maker = "train"): Promise<RunStages> {
    const folder = new RunStages(resolve(path));
    const record = await folder.read();
    if (Object.keys(record.stages).length > 0) return folder;
    throw new UsageError(
      `${path} is no folder of a run: it has no ${MANIFEST}; make one: mhgan ${maker} --help`,
    );
  }

  /** All finished stages. */
  async read(): Promise<RunRecord> {
    let text: string;
    try {
      text = await readFile(join(this.path, MANIFEST), "utf8");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return { format: "mhgan-run", version: 1, stages: {} };
      throw new Error(`${join(this.path, MANIFEST)} could not be read (${message})`, { cause: error });
    }
    let record: Partial<RunRecord> | null;
    try {
      record = JSON.parse(text);
    } catch (error) {
      throw new Error(`${join(this.path, MANIFEST)} is not JSON (${(error as Error).message})`);
    }
    if (record?.format !== "mhgan-run" || record.version !== 1 || typeof record.stages !== "object") {
      throw new UsageError(
        `${join(this.path, MANIFEST)} is not of a run that can be gone on with; give another folder`,
      );
    }
    return record as RunRecord;
  }

  /** A finished stage whose inputs are still what they were. */
  async stage(name: string): Promise<StageRecord | undefined> {
    const { stages } = await this.read();
    const record = stages[name];
    if (record === undefined) return undefined;
    const current = Object.entries(record.inputs).every(
      ([input, digest]) => stages[input] !== undefined && digestOf(stages[input]) === digest,
    );
    return current ? record : undefined;
  }

  /** @throws {UsageError} if the stage is not finished. */
  async required(name: string, hint: string): Promise<StageRecord> {
    const record = await this.stage(name);
    if (record !== undefined) return record;
    throw new UsageError(`${this.path} has no finished ${name} yet: ${hint}`);
  }

  pathOf(name: string): string {
    return join(this.path, ...name.split("/"));
  }

  /**
   * Reads a file of a finished stage, and holds it against the record.
   *
   * @throws {Error} if it is missing or was changed.
   */
  async file(stage: StageRecord, name: string): Promise<Uint8Array> {
    const bytes = await readFile(this.pathOf(name)).catch((error: Error) => {
      throw new Error(`${this.pathOf(name)} could not be read (${error.message})`, { cause: error });
    });
    if (sha256(bytes) !== stage.files[name]) {
      throw new Error(`${this.pathOf(name)} was changed: its SHA-256 is not that of ${MANIFEST}`);
    }
    return new Uint8Array(bytes);
  }

  /**
   * Does the work of a stage, unless it is done, and records it.
   *
   * @param work - writes files and gives the result, which must be JSON.
   * @throws {UsageError} if it was done with other options and is not forced, an input is missing, or another process is at it.
   * @throws {Error} if an input was replaced meanwhile; nothing is recorded then.
   */
  async run(
    { name, options, inputs, force = false, unfinished = [], elsewhere = "another folder" }: StageOptions,
    work: (writer: StageWriter) => Promise<Record<string, unknown>>,
  ): Promise<StageOutcome> {
    const wanted = JSON.parse(JSON.stringify(options)) as Record<string, unknown>;
    return this.#alone(name, async () => {
      const started = performance.now();
      const before = await this.read();
      const done = await this.stage(name);
      if (done !== undefined && !force) {
        const differing = differences(done.options, wanted);
        if (differing.length === 0) return { record: done, reused: true };
        throw new UsageError(
          `${this.path} holds a finished ${name} with other options: ${differing.join("; ")}. Give ${elsewhere}, or --force to replace it and what rests on it`,
        );
      }
      const digests = Object.fromEntries(
        inputs.map((input) => {
          const record = before.stages[input];
          if (record === undefined) {
            throw new UsageError(
              `${this.path} has no finished ${input} yet: mhgan ${input.replace(/:.*/, "")} --help`,
            );
          }
          return [input, digestOf(record)];
        }),
      );
      if (force) for (const file of unfinished) await rm(this.pathOf(file), { recursive: true, force: true });
      if (before.stages[name] !== undefined) await this.#forget(name);

      const files: Record<string, string> = {};
      const result = await work({
        pathOf: (file) => this.pathOf(file),
        write: async (file, content) => {
          const path = this.pathOf(file);
          await mkdir(dirname(path), { recursive: true });
          await clearLeftovers(dirname(path));
          await writeWhole(dirname(path), basename(path), content);
          files[file] = sha256(content);
        },
        include: async (file) => {
          files[file] = sha256(await readFile(this.pathOf(file)));
        },
        remove: (file) => rm(this.pathOf(file), { recursive: true, force: true }),
      });
      const record: StageRecord = {
        options: wanted,
        inputs: digests,
        files,
        result,
        seconds: Math.round((performance.now() - started) / 100) / 10,
        versions: versions(),
      };
      await this.#change((stages) => {
        for (const [input, digest] of Object.entries(digests)) {
          if (stages[input] !== undefined && digestOf(stages[input]) === digest) continue;
          throw new Error(`${name}: ${input} in ${this.path} was replaced meanwhile; run it again`);
        }
        return { ...stages, [name]: record };
      });
      for (const file of unfinished) await rm(this.pathOf(file), { recursive: true, force: true });
      return { record, reused: false };
    });
  }

  /** Takes a stage and all that rests on it out of the record, and then removes their files. */
  async #forget(name: string): Promise<void> {
    const gone: StageRecord[] = [];
    await this.#change((stages) => {
      const left: Record<string, StageRecord> = { ...stages };
      const names = [name];
      for (const each of names) {
        if (left[each] !== undefined) gone.push(left[each]);
        delete left[each];
        names.push(...Object.keys(left).filter((other) => Object.hasOwn(left[other]!.inputs, each)));
      }
      return left;
    });
    for (const { files } of gone) {
      for (const file of Object.keys(files)) await rm(this.pathOf(file), { force: true });
    }
  }

  async #change(
    change: (stages: RunRecord["stages"]) => Readonly<Record<string, StageRecord>>,
  ): Promise<void> {
    await this.#alone(MANIFEST, async () => {
      const record = await this.read();
      const next: RunRecord = { ...record, stages: change(record.stages) };
      await writeWhole(this.path, MANIFEST, `${JSON.stringify(next, null, 2)}\n`);
    });
  }

  /** Does something while no other process does the same in this folder. */
  async #alone<Result>(what: string, action: () => Promise<Result>): Promise<Result> {
    const name = `.${what.replaceAll(/[^\w.-]/g, "-")}`;
    const brief = what === MANIFEST;
    const release = await lock(join(this.path, name), {
      realpath: false, // there is no such file, only its lock
      stale: STALE,
      // A process that was killed left its lock: it is stale after a while. A living one is not waited for.
      retries: { retries: brief ? 100 : 8, minTimeout: brief ? 100 : 1000, maxTimeout: 1000, factor: 1 },
      // Whoever slept for so long that another took over writes whole files all the same, and checks its inputs.
      onCompromised: () => {},
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ELOCKED") throw error;
      throw new UsageError(`another mhgan is at work on ${what} in ${this.path}; wait for it, or stop it`);
    });
    try {
      return await action();
    } finally {
      await release().catch(() => {}); // whoever took over has it
    }
  }

  async has(name: string): Promise<boolean> {
    return access(this.pathOf(name)).then(
      () => true,
      () => false,
    );
  }
}

/** What a stage came to, in one number: of its options and files, which all else follows from. */
export function digestOf({ options, files }: StageRecord): string {
  return sha256(JSON.stringify([options, files]));
}

function differences(was: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(wanted)])];
  return names.flatMap((name) => {
    const [a, b] = [JSON.stringify(was[name]), JSON.stringify(wanted[name])];
    return a === b ? [] : [`${name} ${a ?? "was not given"}, now ${b ?? "not given"}`];
  });
}

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
