import type { Redact } from "./secrets.ts";

/** Passed, failed, or not tried because something is not to be had on this machine. */
export type Verdict = "passed" | "failed" | "missing";

/** One thing that a rehearsal looked at. */
export interface Finding {
  readonly step: string;
  readonly verdict: Verdict;
  /** What was seen, in a line; of a failure, the error. */
  readonly seen: string;
  readonly seconds: number;
}

/** What a rehearsal looked at, in order. */
export class RehearsalReport {
  readonly findings: Finding[] = [];
  readonly #redact: Redact;
  readonly #say: (line: string) => void;

  /** @param say - is given a line when a step begins and one when it ends. */
  constructor(redact: Redact, say: (line: string) => void) {
    this.#redact = redact;
    this.#say = say;
  }

  /**
   * Does a step and writes down what it returns, or the error that it throws.
   *
   * @returns Whether it passed.
   */
  async try(step: string, work: () => Promise<string> | string): Promise<boolean> {
    const began = performance.now();
    this.#say(`… ${step}`);
    const end = (verdict: Verdict, seen: string): void =>
      this.#add({ step, verdict, seen, seconds: (performance.now() - began) / 1000 });
    try {
      end("passed", await work());
      return true;
    } catch (error) {
      end("failed", error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /**
   * Does a step without which the rest has no sense.
   *
   * @throws {RehearsalEnd} if it fails, after it was written down.
   */
  async must(step: string, work: () => Promise<string> | string): Promise<void> {
    if (!(await this.try(step, work))) throw new RehearsalEnd(step);
  }

  /** Writes down what is not to be had here, and why. */
  missing(step: string, reason: string): void {
    this.#add({ step, verdict: "missing", seen: reason, seconds: 0 });
  }

  #add(finding: Finding): void {
    const seen = this.#redact(finding.seen);
    this.findings.push({ ...finding, seen });
    this.#say(`${marks[finding.verdict]} ${finding.step} (${finding.seconds.toFixed(1)} s): ${seen}`);
  }
}

/** A rehearsal cannot go on after the step that is named. */
export class RehearsalEnd extends Error {
  override readonly name = "RehearsalEnd";
}

const marks: Readonly<Record<Verdict, string>> = { passed: "✓", failed: "✗", missing: "–" };

/** A table of findings, one a line; of errors, the first line. */
export function findingsTable(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ step }) => step.length));
  return findings
    .map(({ step, verdict, seconds, seen }) => {
      const [first] = seen.split("\n");
      return `${marks[verdict]} ${step.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s  ${verdict === "missing" ? "not here: " : ""}${first}\n`;
    })
    .join("");
}

/**
 * The exit code of a rehearsal: 0 if all of it passed, else 1.
 *
 * @param complete - whether what is missing is a failure too.
 */
export function exitCode(findings: readonly Finding[], complete: boolean): 0 | 1 {
  const bad = findings.some(({ verdict }) => verdict === "failed" || (complete && verdict === "missing"));
  return bad || findings.length === 0 ? 1 : 0;
}
