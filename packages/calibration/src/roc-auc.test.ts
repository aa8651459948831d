import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "./golden/read-golden.ts";
import { rocAuc } from "./roc-auc.ts";

interface Case {
  name: string;
  p: number[];
  y: number[];
  expected: { roc_auc: number };
}

describe("rocAuc", () => {
  test.each(readGolden<Case>("metrics.json"))("$name", ({ p, y, expected }) => {
    if (Number.isNaN(expected.roc_auc)) {
      expect(() => rocAuc(p, y)).toThrow("rocAuc: labels must contain both classes, got only 1");
    } else {
      expectClose([rocAuc(p, y)], [expected.roc_auc], { rel: 1e-14, abs: 0 });
    }
  });
});
