import { line } from "@observablehq/plot";
import { expect, test } from "vitest";
import { picture } from "./picture.ts";

test("the same data give the same picture, which stands alone", () => {
  const options = () => ({ marks: [line([[0, 0], [1, 2]])] }); // biome-ignore format: one line
  const text = picture(options());
  expect(text).toMatch(/^<svg .*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(text).toContain("<path");
  expect(picture(options())).toBe(text);
});
