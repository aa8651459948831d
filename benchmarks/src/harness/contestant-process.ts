import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const childFile = fileURLToPath(new URL("./child.ts", import.meta.url));

/** What the child answers: ready or measured, or why not. */
export type ChildMessage = { readonly value: number } | { readonly error: string };

/** A contestant in its own process, which takes one measurement whenever it is asked. */
export class ContestantProcess {
  readonly #child: ChildProcess;

  constructor(benchmark: string, caseIndex: number, contestantIndex: number) {
    const args = [benchmark, String(caseIndex), String(contestantIndex)];
    this.#child = fork(childFile, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  }

  /** Waits for the end of preparation. @throws the contestant's error, if it cannot take part. */
  async ready(): Promise<void> {
    await this.#answer();
  }

  async measure(): Promise<number> {
    const answer = this.#answer();
    this.#child.send("measure");
    return answer;
  }

  stop(): void {
    this.#child.kill();
  }

  #answer(): Promise<number> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`the process ended with code ${code}`));
      this.#child.once("exit", onExit);
      this.#child.once("message", (message: ChildMessage) => {
        this.#child.off("exit", onExit);
        if ("error" in message) reject(new Error(message.error));
        else resolve(message.value);
      });
    });
  }
}
