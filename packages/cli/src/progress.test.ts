import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Writer } from "./io.ts";
import { endProgressLine, formatSeconds, progress } from "./progress.ts";

let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.stubEnv("TERM", "xterm");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function screen(more: Partial<Writer> = {}): Writer & { written: string[] } {
  const written: string[] = [];
  return { ...more, written, write: (text) => written.push(text) };
}

const rewritten = "\r\x1b[2K";

describe("on a terminal", () => {
  test("one line is rewritten, with the rate and the time left", () => {
    const out = screen({ isTTY: true, columns: 80 });
    const bar = progress(out, "train", 4000, "steps");
    now = 50;
    bar.update(1);
    now = 1050;
    bar.update(401);
    now = 1100;
    bar.update(420); // too soon
    now = 10_050;
    bar.update(4000); // the end is for finish
    bar.finish();
    expect(out.written).toEqual([
      `${rewritten}train: 401 of 4,000 steps, 400 steps/s, 9.0 s left`,
      `${rewritten}train: 4,000 steps in 10 s\n`,
    ]);
  });

  test("a job that goes on where it stopped is not faster for it", () => {
    const out = screen({ isTTY: true });
    const bar = progress(out, "train", 1000, "steps");
    now = 200;
    bar.update(900);
    now = 10_200;
    bar.update(950, "loss 0.7");
    expect(out.written).toEqual([
      `${rewritten}train: 900 of 1,000 steps`,
      `${rewritten}train: 950 of 1,000 steps, 5.0 steps/s, 10 s left, loss 0.7`,
    ]);
  });

  test.each([10, 30, 1])("no line is wider than a terminal of %i characters allows", (columns) => {
    const out = screen({ isTTY: true, columns });
    const bar = progress(out, "train", 1000, "steps");
    now = 200;
    bar.update(1, "a long note that would never fit");
    const line = out.written[0]!.slice(rewritten.length);
    expect(line.length).toBeLessThanOrEqual(Math.max(1, columns - 3));
    expect(line.endsWith("…")).toBe(true);
  });

  test("a line that was broken off is ended once", () => {
    const out = screen({ isTTY: true });
    endProgressLine(out);
    expect(out.written).toEqual([]);
    const broken = progress(out, "train", 10, "steps");
    now = 200;
    broken.update(1);
    endProgressLine(out);
    endProgressLine(out);
    expect(out.written.slice(1)).toEqual(["\n"]);
    const finished = progress(out, "train", 10, "steps");
    now = 400;
    finished.update(1);
    finished.finish();
    endProgressLine(out);
    expect(out.written.at(-1)).toContain("10 steps in 0.2 s\n");
  });
});

describe("elsewhere", () => {
  test.each([[{}], [{ isTTY: true, TERM: "dumb" }]])(
    "plain lines come every ten seconds (%j)",
    ({ TERM, ...more }: { TERM?: string; isTTY?: boolean }) => {
      if (TERM !== undefined) vi.stubEnv("TERM", TERM);
      const out = screen({ ...more, columns: 20 });
      const bar = progress(out, "sample", 100, "draws");
      for (now = 1000; now <= 25_000; now += 1000) bar.update(now / 1000);
      bar.finish("done");
      expect(out.written).toEqual([
        "sample: 10 of 100 draws, 1.0 draws/s, 1 min 30 s left\n",
        "sample: 20 of 100 draws, 1.0 draws/s, 1 min 20 s left\n",
        "sample: 100 draws in 26 s, done\n",
      ]);
      endProgressLine(out);
      expect(out.written).toHaveLength(3);
    },
  );
});

test.each([
  [0.04, "0.0 s"],
  [9.94, "9.9 s"],
  [9.96, "10 s"],
  [80, "1 min 20 s"],
  [3599.6, "1 h 0 min"],
  [7500, "2 h 5 min"],
  [Number.POSITIVE_INFINITY, "?"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
