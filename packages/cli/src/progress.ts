import type { Writer } from "./io.ts";

/** Shows how far a long job is, with its rate and the time left. */
export interface Progress {
  update(done: number, note?: string): void;
  finish(note?: string): void;
}

/** Terminals on which a line is shown that will be written over. */
const unfinished = new WeakSet<Writer>();

/** Ends the line of a progress that was broken off, so that what comes next has a line of its own. */
export function endProgressLine(out: Writer): void {
  if (unfinished.delete(out)) out.write("\n");
}

/**
 * On a terminal one line is rewritten, cut to its width; elsewhere a plain line is written every ten seconds, and one at the end.
 *
 * @param unit - what is counted, such as "steps".
 */
export function progress(out: Writer, title: string, total: number, unit: string): Progress {
  const isTerminal = out.isTTY === true && process.env["TERM"] !== "dumb";
  const interval = isTerminal ? 100 : 10_000;
  const started = performance.now();
  let lastShown = started;
  // The rate counts from the first update: a job that was resumed had not done the steps before it, and warming up is no measure.
  let first: { readonly done: number; readonly time: number } | undefined;

  const show = (text: string, end: boolean) => {
    if (!isTerminal) out.write(`${text}\n`);
    else {
      // A line that is wrapped could not be rewritten. The terminal itself adds ^C to it.
      const width = Math.max(1, (out.columns ?? 80) - "^C".length - 1);
      const line = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      out.write(`\r\x1b[2K${end ? text : line}${end ? "\n" : ""}`);
      if (end) unfinished.delete(out);
      else unfinished.add(out);
    }
    lastShown = performance.now();
  };
  const rateAndTimeLeft = (done: number, now: number): string => {
    const seconds = (now - first!.time) / 1000;
    if (done <= first!.done || seconds <= 0) return "";
    const rate = (done - first!.done) / seconds;
    return `, ${formatRate(rate)} ${unit}/s, ${formatSeconds((total - done) / rate)} left`;
  };
  return {
    update(done, note = "") {
      const now = performance.now();
      first ??= { done, time: now };
      if (done >= total || now - lastShown < interval) return;
      const counts = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}`;
      show(`${title}: ${counts}${rateAndTimeLeft(done, now)}${note && `, ${note}`}`, false);
    },
    finish(note = "") {
      const seconds = (performance.now() - started) / 1000;
      const done = `${total.toLocaleString("en")} ${unit} in ${formatSeconds(seconds)}`;
      show(`${title}: ${done}${note && `, ${note}`}`, true);
    },
  };
}

/** 7 s, 1 min 20 s, 2 h 5 min. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const formatRate = (rate: number): string =>
  rate >= 100 ? Math.round(rate).toLocaleString("en") : rate.toPrecision(2);
