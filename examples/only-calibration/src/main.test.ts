import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rocAuc } from "@mhgan/calibration";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calibrateSpamFilter } from "./calibrate.ts";
import { readEmails } from "./emails.ts";
import { judge } from "./judge.ts";
import { logitOf, trainNaiveBayes } from "./naive-bayes.ts";
import { loadSpamFilter, saveSpamFilter, spamProbabilities } from "./spam-filter.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spam-filter-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the README shows what the program prints", async () => {
  const print = vi.spyOn(console, "log").mockReturnValue();
  await import("./main.ts");
  const printed = print.mock.calls.map(([line]) => `${line}\n`).join("");
  print.mockRestore();
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(/```text\n(.*?)```/s.exec(readme)?.[1]).toBe(printed);
});

test("the emails are those of Spambase, each in one part", () => {
  const { train, calibrate, judge } = readEmails();
  const emails = [...train, ...calibrate, ...judge];
  // 4601 of which 1813 are spam, less 391 that are there twice.
  expect(emails).toHaveLength(4601 - 391);
  expect(emails.filter(({ isSpam }) => isSpam)).toHaveLength(1679);
  expect(new Set(emails.flatMap(({ words }) => words)).size).toBe(54);
});

test("naive Bayes is Bayes' rule for words that are independent", () => {
  const email = (isSpam: boolean, text: string) => ({ isSpam, words: text.split(" ") });
  const trained = trainNaiveBayes([
    email(true, "free money"),
    email(true, "free"),
    email(true, "free re"),
    email(false, "re"),
    email(false, "re money"),
  ]);
  // Shares of free, money, re: (3.5, 1.5, 1.5) / 4 of the spam, (0.5, 1.5, 2.5) / 3 of the rest.
  const spam = (3 / 5) * (3.5 / 4) * (1 - 1.5 / 4) * (1.5 / 4);
  const other = (2 / 5) * (0.5 / 3) * (1 - 1.5 / 3) * (2.5 / 3);
  expect(logitOf(trained, ["free", "re", "unknown"])).toBeCloseTo(Math.log(spam / other), 12);
});

test("the classifier tells spam from mail as well as the README says", () => {
  const { filters, unseen } = calibrateSpamFilter();
  const logits = unseen.map(({ words }) => logitOf(filters.before.classifier, words));
  const labels = unseen.map(({ isSpam }) => isSpam);
  expect(rocAuc(logits, labels)).toBeCloseTo(0.955, 3);
});

test("calibration mends on unseen emails what was wrong", () => {
  const { comparison, filters, unseen } = calibrateSpamFilter();
  expect(comparison.ranking.at(-1)).toMatchObject({ name: "identity", isTied: false });
  const [before, after] = [filters.before, filters.after].map((filter) =>
    judge(
      spamProbabilities(
        filter,
        unseen.map(({ words }) => words),
      ),
      unseen.map(({ isSpam }) => isSpam),
      10,
    ),
  );
  expect(before!.spiegelhalterZ).toBeGreaterThan(10);
  // A calibrator that fits, and is itself fitted to as many emails as it is judged on, has |Z| < 5 but for 1 split in 2000.
  expect(Math.abs(after!.z)).toBeLessThan(5);
  expect(Math.abs(after!.spiegelhalterZ)).toBeLessThan(5);
  expect(after!.expectedCalibrationError).toBeLessThan(before!.expectedCalibrationError / 2);
  expect(after!.logLoss).toBeLessThan(before!.logLoss / 1.5);
  expect(after!.cost).toBeLessThan(before!.cost);
});

test("a mistake costs what it says", () => {
  // Thrown away from 10/11 on: the mail at .95 is lost, the spam at .5 and that at .9 are kept.
  expect(judge([0.95, 0.5, 0.9, 0.99, 0.1], [false, true, true, true, false], 10).cost).toBe(12);
});

test("a filter that was saved and loaded gives the same bits, and a damaged one is refused", () => {
  const { filters, unseen } = calibrateSpamFilter();
  const path = join(folder, "spam-filter.json");
  const emails = unseen.map(({ words }) => words);
  saveSpamFilter(path, filters.after);
  expect(spamProbabilities(loadSpamFilter(path), emails)).toEqual(spamProbabilities(filters.after, emails));
  writeFileSync(path, JSON.stringify({ ...filters.after, calibrator: { kind: "isotonic" } }));
  expect(() => loadSpamFilter(path)).toThrow("FromJSON");
});
