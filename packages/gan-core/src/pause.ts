/**
 * Gives timers and abort signals a turn, at most every 50 ms: a synchronous backend would otherwise hold the thread
 * from the first step to the last.
 */
export function makePause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 50) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
