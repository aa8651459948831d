import { describe, expect, test } from "vitest";
import { calibrationZ } from "./calibration-z.ts";
import { expectClose, readGolden } from "./golden/read-golden.ts";

interface Case {
  name: string;
  p: number[];
  y: number[];
  expected: { z: number; p_two_sided: number };
}

describe("calibrationZ", () => {
  test.each(readGolden<Case>("zstat.json"))("$name", ({ p, y, expected }) => {
    const { z, pValue } = calibrationZ(p, y);
    expectClose([z], [expected.z], { rel: 1e-12, abs: 1e-13 });
    expectClose([pValue], [expected.p_two_sided], { rel: 1e-11, abs: 1e-300 });
  });
});
