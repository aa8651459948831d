import { expect, test } from "vitest";
import { MissingPeer } from "./missing-peer.ts";
import { contestantResults } from "./run-benchmark.ts";

const entrants = [
  { contestant: { name: "ours" }, values: [1, 2, 4] },
  { contestant: { name: "slow" }, values: [3, 4, 40], facts: { K: 3 } },
  { contestant: { name: "absent" }, values: [], missing: new MissingPeer("no such module", "install it") },
  { contestant: { name: "unable" }, values: [], missing: new MissingPeer("no such kernel") },
];

test("ratios are taken within repeats, and say how many times better ours is", () => {
  const [ours, slow, absent, unable] = contestantResults(entrants, "lower");
  expect(ours).toEqual({ name: "ours", median: 2, values: [1, 2, 4] });
  expect(slow).toEqual({ name: "slow", median: 4, ratio: 3, values: [3, 4, 40], facts: { K: 3 } });
  expect(absent).toEqual({ name: "absent", values: [], missing: "no such module", remedy: "install it" });
  expect(unable).toEqual({ name: "unable", values: [], missing: "no such kernel" });
  expect(contestantResults(entrants, "higher")[1]!.ratio).toBeCloseTo(1 / 3, 5);
});

test("there are no ratios where ours is missing", () => {
  const [, slow] = contestantResults([entrants[2]!, entrants[1]!], "lower");
  expect(slow).toEqual({ name: "slow", median: 4, values: [3, 4, 40], facts: { K: 3 } });
});
