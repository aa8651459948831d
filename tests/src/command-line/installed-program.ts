import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { installTarballs, packAll } from "../tarballs.ts";

/** How a process ended, and all it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process that was started. */
export interface Started {
  readonly child: ReturnType<typeof spawn>;
  readonly ended: Promise<Ended>;
  /** When the program has written this to stderr, or, on a terminal, to it. */
  readonly says: (text: string) => Promise<void>;
}

/** The command line as a stranger has it: installed from the tarballs, in a folder of its own, as a process of its own. */
export interface InstalledProgram {
  /** Removed in the end. */
  readonly temporary: string;
  /** The folder that it is installed in, and runs in. */
  readonly project: string;
  readonly bin: string;
  start(command: string, args: readonly string[]): Started;
  /** Runs `mhgan` with these arguments. */
  mhgan(...args: string[]): Promise<Ended>;
  startMhgan(...args: string[]): Started;
  /** Runs a line of bash in which `mhgan` is the program. */
  bash(line: string): Promise<Ended>;
  /** A path in the temporary folder. */
  outOf(name: string): string;
}

/** Installs the program before the tests of a file, and removes it after them. Its paths are for the tests alone, not for where they are declared. */
export function installedProgram(): InstalledProgram {
  let temporary: string;
  const running = new Set<Started>();
  const projectOf = () => join(temporary, "project");
  const binOf = () => join(projectOf(), "node_modules/@mhgan/cli/dist/bin.js");

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), "mhgan-command-line-"));
    await installTarballs(projectOf(), [...(await packAll(temporary)).values()], { offline: false });
  }, 240_000);
  afterAll(async () => {
    // What a failed test left at work.
    await Promise.all(
      [...running].map(({ child, ended }) => {
        child.kill("SIGKILL");
        return ended;
      }),
    );
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  });

  function start(command: string, args: readonly string[]): Started {
    const env = {
      ...process.env,
      XDG_CACHE_HOME: join(temporary, "cache"),
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
    };
    const child = spawn(command, args, { cwd: projectOf(), env });
    let [out, err] = ["", ""];
    const waiting: (() => void)[] = [];
    const heard = () => {
      for (const check of waiting) check();
    };
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      out += chunk;
      heard();
    });
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      err += chunk;
      heard();
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, out, err }));
    });
    const says = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const check = () => (out + err).includes(text) && resolve();
        waiting.push(check);
        check();
        ended.then(() => reject(new Error(`it never said ${text}, but:\n${out}\n${err}`)));
      });
    const started = { child, ended, says };
    running.add(started);
    ended.then(() => running.delete(started));
    return started;
  }

  const startMhgan = (...args: string[]) => start(process.execPath, [binOf(), ...args]);
  return {
    get temporary() {
      return temporary;
    },
    get project() {
      return projectOf();
    },
    get bin() {
      return binOf();
    },
    start,
    startMhgan,
    mhgan: (...args) => startMhgan(...args).ended,
    bash: (line) => {
      const program = `mhgan() { '${process.execPath}' '${binOf()}' "$@"; }`;
      return start("bash", ["-c", `set -o pipefail; ${program}; ${line}`]).ended;
    },
    outOf: (name) => join(temporary, name),
  };
}
