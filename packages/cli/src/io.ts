/** Where a command writes and what can stop it. Tests give their own. */
export interface Io {
  /** Results: for people, or with --json for machines. */
  readonly stdout: Writer;
  /** Progress and remarks. */
  readonly stderr: Writer;
  /** Stops the command. */
  readonly signal: AbortSignal;
  /** What is piped in, for commands that read `-`. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** The part of a stream that commands use. */
export interface Writer {
  /** Writes text as it is. */
  write(text: string): unknown;
  /** Whether it is a terminal, which can show progress. */
  readonly isTTY?: boolean;
  /** The width of the terminal, in characters. */
  readonly columns?: number;
}

/** A mistake in how a command was called: exit code 2. */
export class UsageError extends Error {
  /** The name of the class. */
  override readonly name = "UsageError";
}

/** Why the signal of an {@link Io} stopped a command: the exit code is that of a program which the system's signal ended. */
export class Interruption extends Error {
  /** The name of the class. */
  override readonly name = "Interruption";
  /** 128 and the number of the system's signal: 130 for Ctrl-C. */
  readonly exitCode: number;

  /** Takes the message as it is, and the exit code. */
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
