import { expect, test } from "vitest";
import type { SpeedRecord } from "../harness/speed-record.ts";
import { speedQuote, speedTable } from "./speed-quote.ts";

test("every line of the table is in the records, the ones where the other is better too", () => {
  const lines = speedQuote().split("\n");
  expect(lines[0]).toBe("| | ours | beside | its | ours is better by |");
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) expect(line.split("|").length).toBe(7);
  expect(lines.some((line) => / 0\.\d\d× \|$/.test(line))).toBe(true);
});

test("a record without a case that is shown is an error", () => {
  expect(() => speedTable(new Map())).toThrow('there is no record of "1,000 chains of 640" of selection');
  const empty = { cases: [{ name: "1,000 chains of 640", contestants: [{ name: "ours", values: [] }] }] };
  const records = new Map([["selection", empty as unknown as SpeedRecord]]);
  expect(() => speedTable(records)).toThrow("there is no record of NumPy, all chains at once");
});
