import type { BackendName } from "../../backend-names.ts";

/**
 * In what way a backend does not run: its package is not installed (`missing`), is installed but does not load or start (`broken`),
 * or lacks something in this runtime or machine (`unsupported`).
 */
export type BackendFault = "missing" | "broken" | "unsupported";

/** A backend that does not run: which one, in what way, why, and what to do about it. */
export class BackendError extends Error {
  /** The name of the class. */
  override readonly name: string = "BackendError";
  /** The backend that was asked for. */
  readonly backend: BackendName;
  /** In what way it does not run. */
  readonly status: BackendFault;
  /** Why, in words that continue a sentence. */
  readonly reason: string;
  /** What to do, such as `npm install @tensorflow/tfjs-node`. */
  readonly advice: string;

  /** Words the message from what the error carries. */
  constructor(backend: BackendName, status: BackendFault, reason: string, advice: string) {
    super(`useBackend: could not start ${backend} (${reason}); ${advice}`);
    this.backend = backend;
    this.status = status;
    this.reason = reason;
    this.advice = advice;
  }
}
