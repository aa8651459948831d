import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What is asked of the engines: all backends, how one starts, how fast one is, whether one ONNX Runtime loads. */
export type EngineQuestion = "backends" | "start" | "speed" | "onnx";

/** Whether an ONNX Runtime loads here, and if not, why and what to do. */
export interface OnnxRuntimeFacts {
  /** The name of the package, such as `onnxruntime-node`. */
  readonly name: string;
  /** Whether it loads. */
  readonly status: "usable" | "missing" | "broken";
  /** Its version, where it is known. */
  readonly version?: string;
  /** Why it does not load. Empty if it does. */
  readonly reason: string;
  /** What to do, such as `npm install onnxruntime-node`. Empty if nothing is to be done. */
  readonly advice: string;
}

/** A process that ended without an answer. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

const PATIENCE_MS = 60_000;

/**
 * Asks the engines in a process of its own. A library in machine code may end its process, hang, or write where it likes: here
 * nothing of it gets through but the answer.
 *
 * @throws {NoAnswerError} if the process ends or hangs; the message says how.
 */
export function askEngines(question: EngineQuestion, name: string, signal: AbortSignal): Promise<unknown> {
  const root = dirname(createRequire(import.meta.url).resolve("@mhgan/cli/package.json"));
  return answerOf(join(root, "dist", "probe-engines.js"), [question, name], signal, PATIENCE_MS);
}

/** What a program sends to the process that started it. */
export function answerOf(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  patience: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = fork(program, args, { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    let answer: { readonly value: unknown } | undefined;
    let late = false;
    const stop = () => child.kill("SIGKILL");
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, patience);
    signal.addEventListener("abort", stop);
    child.stderr!.on("data", (chunk) => {
      said = (said + chunk).slice(-10_000);
    });
    child.on("message", (value) => {
      answer = { value };
    });
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason);
      else if (answer !== undefined) resolve(answer.value);
      else if (late) reject(new NoAnswerError(`it did not answer within ${patience / 1000} s`));
      else if (killedBy !== null) reject(new NoAnswerError(`it ended the process (${killedBy})`));
      else reject(new NoAnswerError(errorIn(said) ?? `it ended the process (exit code ${code})`));
    });
  });
}

/** The line of an uncaught error, in what Node prints of it. */
function errorIn(said: string): string | undefined {
  return /^(?:\w*Error)(?: \[\w+\])?: (.+)$/m.exec(said)?.[1];
}
