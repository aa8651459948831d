import { expect, test } from "vitest";
import { figure, ratioText, speedMarkdown } from "./speed-markdown.ts";
import { installable, type SpeedRecord } from "./speed-record.ts";

const machine = {
  cpu: "CPU",
  cores: 2,
  memoryGiB: 24,
  platform: "linux x64",
  node: "v20.1.0",
  tfjs: "4.22.0",
};
const record: SpeedRecord = {
  name: "b",
  command: "npm run bench -- b",
  date: "2026-11-24T01:02:03.000Z",
  seconds: 3,
  commit: "abc",
  machine,
  title: "T",
  unit: "ms",
  better: "lower",
  repeats: 2,
  peers: { Python: "3.11.7", NumPy: "2.4.6" },
  cases: [
    {
      name: "c",
      unit: "ms",
      contestants: [
        { name: "ours", median: 1.5, values: [1, 2], facts: { K: 1000, TV: 0.0099 } },
        { name: "NumPy", median: 0.15, values: [0.1, 0.2], ratio: 0.1 },
        { name: "torch", values: [], missing: "No module named 'torch' (py)", remedy: "npm run peers" },
      ],
    },
    {
      name: "d",
      unit: "s",
      contestants: [
        { name: "ours", median: 123.4, values: [123.4, 123.4] },
        { name: "stock", values: [], missing: "no kernel a|b" },
      ],
    },
  ],
};

test("a record becomes a line on how it came about and a table for each unit, its missing peers with reason and command", () => {
  expect(
    speedMarkdown(record),
  ).toBe(`\`npm run bench -- b\` at abc, 2026-11-24, on CPU, 2 cores, 24 GiB, linux x64, Node v20.1.0, tfjs 4.22.0. Beside Python 3.11.7, NumPy 2.4.6.

## T

Unit: ms, lower is better. Median and range of 2 repeats, contestants interleaved. A ratio below 1 means that the other is better.

| case | contestant | K | TV | median | range | ours is better by |
|---|---|---:|---:|---:|---:|---:|
| c | ours | 1,000 | 0.00990 | 1.50 | 1.00 - 2.00 |  |
| c | NumPy |  |  | 0.150 | 0.100 - 0.200 | 0.10× |
| c | torch |  |  | missing: No module named 'torch' (py) (\`npm run peers\`) |  |  |

Here the unit is s:

| case | contestant | median | range | ours is better by |
|---|---|---:|---:|---:|
| d | ours | 123 | 123 - 123 |  |
| d | stock | missing: no kernel a\\|b |  |  |
`);
});

test("only what a command can install keeps a result from being recorded", () => {
  expect(installable(record)).toEqual(["torch: No module named 'torch' (py); npm run peers"]);
});

test("figures have three digits", () => {
  expect([0.0123456, 1.234, 12.34, 123.4, 12345].map(figure)).toEqual([
    "0.0123",
    "1.23",
    "12.3",
    "123",
    "12345",
  ]);
  expect([0.123, 1.234, 12.34, 3597.1].map(ratioText)).toEqual(["0.12×", "1.23×", "12.3×", "3597×"]);
});
