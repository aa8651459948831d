import { expect, test } from "vitest";
import { csvDialect } from "./csv-dialect.ts";

test.each([
  ["score", ",", ["score"], true],
  ["id,score", ",", ["id", "score"], true],
  ["0.5,-1e-3,.5,+3.,NaN,-inf, 7 ", ",", ["0.5", "-1e-3", ".5", "+3.", "NaN", "-inf", " 7 "], false],
  ["1.5", ",", ["1.5"], false],
  ["7,score", ",", ["7", "score"], true],
  // With an index column pandas leaves its name empty.
  [",0", ",", ["", "0"], true],
  ["0", ",", ["0"], undefined],
  ["0,1,2", ",", ["0", "1", "2"], undefined],
  ["1,2", ",", ["1", "2"], false],
  ["a,b;c", ";", ["a,b", "c"], true],
  ["a;b\tc", "\t", ["a;b", "c"], true],
  ['"a;b",c', ",", ["a;b", "c"], true],
  ['"say ""so""";"1"', ";", ['say "so"', "1"], true],
  ['"1","2"', ",", ["1", "2"], false],
  ["", ",", [""], true],
  ["0x10", ",", ["0x10"], true],
])("%j has the separator %j, the fields %j, a header: %s", (line, separator, fields, header) => {
  expect(csvDialect(line)).toEqual({ separator, fields, header });
});
