import { expect, test } from "vitest";
import { downloadReporter } from "./download-reporter.ts";

test("names each file once and says when it is there", () => {
  const lines: string[] = [];
  const report = downloadReporter({ write: (text) => lines.push(text) });
  report({ url: "http://a/x", received: 10, total: 1000 });
  report({ url: "http://a/x", received: 1000, total: 1000 });
  report({ url: "http://a/y", received: 7, total: undefined });
  report({ url: "http://a/y", received: 9, total: undefined });
  report({ url: "http://b/y", received: 5, total: 5 });
  expect(lines).toEqual([
    "Downloading http://a/x\n",
    expect.stringMatching(/^download: 1,000 bytes in \d/),
    "Downloading http://a/y\n",
    "Downloading http://b/y\n",
    expect.stringMatching(/^download: 5 bytes in \d/),
  ]);
});
