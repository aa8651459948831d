import { type ChildProcess, spawn } from "node:child_process";
import type { Redact } from "./secrets.ts";

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where and with what environment a command runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A command that goes on while other things happen. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** What it wrote until now, on both streams. */
  written(): string;
}

/** The processes of a rehearsal. Each leads a group of its own, so that what it starts ends with it. */
export class Processes {
  readonly #running = new Map<ChildProcess, Promise<Ended>>();
  readonly #redact: Redact;
  #stopped = false;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  start(command: string, args: readonly string[], { cwd, env }: Surroundings): Running {
    if (this.#stopped) throw new Error(`${command} is not started: the rehearsal was stopped`);
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      err += chunk;
    });
    const ended = new Promise<Ended>((resolve) => {
      const end = (code: number | null): void => {
        this.#running.delete(child);
        resolve({ code, out: this.#redact(out), err: this.#redact(err) });
      };
      child.on("error", (error) => {
        err += `${error.message}\n`;
        end(null);
      });
      child.on("close", end);
    });
    this.#running.set(child, ended);
    return { ended, written: () => this.#redact(out + err) };
  }

  /**
   * Runs a command to its end.
   *
   * @throws {Error} with its last line first, and the last 25 lines, if its exit code is not 0.
   */
  async run(command: string, args: readonly string[], surroundings: Surroundings): Promise<Ended> {
    const ended = await this.start(command, args, surroundings).ended;
    if (ended.code === 0) return ended;
    const lines = `${ended.out}\n${ended.err}`.trim().split("\n").slice(-25);
    const [called] = [command, ...args].join(" ").split("\n", 1);
    throw new Error(
      this.#redact(`${called} ended with ${ended.code}: ${[lines.at(-1), ...lines].join("\n")}`),
    );
  }

  /** Ends all that is running, with all that it started, and lets nothing else be started. */
  stop(): void {
    this.#stopped = true;
    for (const { pid } of this.#running.keys()) {
      try {
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
      } catch {
        // It ended by itself in the meantime.
      }
    }
  }

  /** When nothing is running any more. */
  async allEnded(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
