import type { BackendName } from "../../backend-names.ts";

/**
 * In what way a backend does not run: its package is not installed (`missing`), is installed but does not load or start (`broken`),
 * or lacks something in this runtime or machine (`unsupported`).
 */
export type BackendFault = "missing" | "broken" | "unsupported";

/** A backend that does not run: which one, in what way, why, and what to do about it. */
export class BackendError extends Error {
  override readonly name: string = "BackendError";
  readonly backend: BackendName;
  readonly status: BackendFault;
  readonly reason: string;
  /** What to do, such as `npm install @tensorflow/tfjs-node`. */
  readonly advice: string;

  constructor(backend: BackendName, status: BackendFault, reason: string, advice: string) {
    super(`useBackend: could not start ${backend} (${reason}); ${advice}`);
    this.backend = backend;
    this.status = status;
    this.reason = reason;
    this.advice = advice;
  }
}
