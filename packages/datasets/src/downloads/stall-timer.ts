/** A signal that comes when nothing has happened for a while. */
export interface StallTimer {
  readonly signal: AbortSignal;
  /** Something has happened: the while begins anew. */
  restart(): void;
  stop(): void;
}

/**
 * Starts a timer for a transfer that may stall.
 *
 * @param milliseconds - how long a while is.
 * @internal
 */
export function stallTimer(milliseconds: number): StallTimer {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const restart = () => {
    stop();
    const reason = new Error(`nothing arrived for ${milliseconds} ms`);
    timer = setTimeout(() => controller.abort(reason), milliseconds);
  };
  restart();
  return { signal: controller.signal, restart, stop };
}
