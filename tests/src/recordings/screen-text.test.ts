import { expect, it } from "vitest";
import { screenText } from "./screen-text.ts";

it("shows a line that was rewritten as it was last", async () => {
  const written = "start\r\n\r\x1b[2Ktrain: 1 of 9\r\x1b[2Ktrain: 9\r\n\x1b[1mbold\x1b[22m\r\n\r\n";
  expect(await screenText(written, 40)).toBe("start\ntrain: 9\nbold\n");
});

it("wraps where the terminal does, and keeps what has scrolled away", async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}\r\n`).join("");
  const shown = (await screenText(`${lines}${"x".repeat(25)}`, 20)).split("\n");
  expect(shown[0]).toBe("line 0");
  expect(shown.slice(199)).toEqual(["line 199", "x".repeat(20), "xxxxx", ""]);
});
