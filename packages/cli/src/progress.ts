import type { Writer } from "./io.ts";

/** Shows how far a long job is, with its rate and the time left. */
export interface Progress {
  update(done: number, note?: string): void;
  finish(note?: string): void;
}

/**
 * On a terminal one line is rewritten; elsewhere a plain line is written every ten seconds, and one at the end.
 *
 * @param unit - what is counted, such as "steps".
 */
export function progress(out: Writer, title: string, total: number, unit: string): Progress {
  const started = performance.now();
  const interval = out.isTTY ? 100 : 10_000;
  let lastShown = started;
  const seconds = () => (performance.now() - started) / 1000;
  const show = (text: string, end: boolean) => {
    if (out.isTTY) out.write(`\r\x1b[2K${text}${end ? "\n" : ""}`);
    else out.write(`${text}\n`);
    lastShown = performance.now();
  };
  return {
    update(done, note = "") {
      if (done >= total || performance.now() - lastShown < interval) return;
      const rate = done / seconds();
      const left = formatSeconds((total - done) / rate);
      show(
        `${title}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}, ${formatRate(rate)} ${unit}/s, ${left} left${note && `, ${note}`}`,
        false,
      );
    },
    finish(note = "") {
      show(
        `${title}: ${total.toLocaleString("en")} ${unit} in ${formatSeconds(seconds())}${note && `, ${note}`}`,
        true,
      );
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
