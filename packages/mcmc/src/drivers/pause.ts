declare function setTimeout(callback: () => void, milliseconds: number): unknown;

/** Gives timers and abort signals a turn every 50 ms: a synchronous target would otherwise hold the thread to the end. */
export function makePause(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < 50) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = Date.now();
  };
}
