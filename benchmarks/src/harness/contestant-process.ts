import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Facts, Versions } from "./benchmark.ts";
import { MissingPeer } from "./missing-peer.ts";

const childFile = fileURLToPath(new URL("./child.ts", import.meta.url));

/** What the child is asked for once it is ready. */
export type ChildRequest = "measure" | "facts";

/** What the child answers: to the start with its versions, to a request with what was asked for; or why not. */
export type ChildAnswer =
  | { readonly value: unknown }
  | { readonly missing: string; readonly remedy?: string | undefined }
  | { readonly error: string };

/** A contestant in its own process, which takes one measurement whenever it is asked. */
export class ContestantProcess {
  readonly #child: ChildProcess;

  constructor(benchmark: string, caseIndex: number, contestantIndex: number) {
    const args = [benchmark, String(caseIndex), String(contestantIndex)];
    this.#child = fork(childFile, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  }

  /**
   * Waits for the end of preparation.
   *
   * @returns what the contestant runs on besides this repository.
   * @throws {MissingPeer} if it cannot take part.
   */
  ready(): Promise<Versions> {
    return this.#answer() as Promise<Versions>;
  }

  measure(): Promise<number> {
    return this.#ask("measure") as Promise<number>;
  }

  facts(): Promise<Facts> {
    return this.#ask("facts") as Promise<Facts>;
  }

  stop(): void {
    this.#child.kill();
  }

  #ask(request: ChildRequest): Promise<unknown> {
    const answer = this.#answer();
    this.#child.send(request);
    return answer;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`the process ended with code ${code}`));
      this.#child.once("exit", onExit);
      this.#child.once("message", (answer: ChildAnswer) => {
        this.#child.off("exit", onExit);
        if ("missing" in answer) reject(new MissingPeer(answer.missing, answer.remedy));
        else if ("error" in answer) reject(new Error(answer.error));
        else resolve(answer.value);
      });
    });
  }
}
