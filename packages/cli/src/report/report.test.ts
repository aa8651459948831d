import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { imageGrid } from "./image-grid.ts";
import { reportOf } from "./report.ts";
import type { ReportData } from "./report-data.ts";
import { sampleData } from "./testing/sample-data.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const least: ReportData = { title: "A run", summary: "It began.", manifest: { seed: 1 } };
const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
const headings = (html: string) =>
  [...html.matchAll(/<h2 id="[^"]*">([^<]*)<\/h2>/g)].map((match) => match[1]);

const data = sampleData;
const html = reportOf(data);

describe("a whole report", () => {
  test("has every section, in order, and links to each", () => {
    const expected = [
      "Samples",
      "Quality",
      "Calibration",
      "Scores and weights",
      "Chains",
      "Samplers",
      "Record of the run",
    ];
    expect(headings(html)).toEqual(expected);
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
    for (const link of links) expect(idsOf(html)).toContain(link);
    expect(links).toHaveLength(expected.length + 1);
  });

  test("is well formed, each id once, and what labels refer to is there", () => {
    expect(unbalancedTag(html)).toBeUndefined();
    const ids = idsOf(html);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, references] of html.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const id of references!.split(" ")) expect(ids).toContain(id);
  });

  test("has no script, no address but data, and a policy that forbids both", () => {
    expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:|@import|url\(/i);
    expect(html).not.toMatch(/(?:src|href)="(?!data:|#)/);
    expect(html).toContain("default-src 'none'; img-src data:");
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    expect(html).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  });

  test("each picture says in words what it is, and all figures but samples are tables too", () => {
    const pictures = html.match(/<svg[^>]* role="img"/g)!;
    expect(pictures).toHaveLength(11);
    expect(html.match(/<desc id=/g)).toHaveLength(11);
    expect(html.match(/<details class="numbers">/g)).toHaveLength(7);
    expect(html.match(/<figcaption>/g)).toHaveLength(10);
  });

  test("names what does not end apart, for it cannot be drawn", () => {
    expect(html).toContain("Not drawn, for they do not end: endless.");
  });

  test("is small, shows no number that is none, and is the same again", () => {
    expect(html.length).toBeLessThan(200_000);
    expect(html).not.toMatch(/NaN|undefined|="[^"]*Infinity/);
    expect(reportOf(data)).toBe(html);
  });
});

describe("a report of part of a run", () => {
  test("shows what there is", () => {
    const html = reportOf(least);
    expect(headings(html)).toEqual(["Record of the run"]);
    expect(unbalancedTag(html)).toBeUndefined();
    expect(html).not.toContain("<nav");
    expect(html).not.toContain('class="facts"');
    expect(html).not.toContain('class="warnings"');
    expect(reportOf({ ...least, sampleSets: [], chains: [], samplers: [], facts: [], warnings: [] })).toBe(
      html,
    );
  });

  test("shows images as images", () => {
    const png = imageGrid({ rows: [[0]], columns: 1, height: 1, width: 1 });
    const html = reportOf({
      ...least,
      sampleSets: [{ name: "GAN", kind: "gan", caption: "Grey.", content: { png } }],
    });
    expect(html).toContain('<img src="data:image/png;base64,');
    expect(html).toContain('alt="GAN. Grey."');
  });

  test("names its warnings", () => {
    expect(reportOf({ ...least, warnings: ["Too few."] })).toContain("A reason to be careful");
    const two = reportOf({ ...least, warnings: ["Too few.", "Too late."] });
    expect(two).toContain("2 reasons to be careful");
    expect(two).toContain("<li>Too late.</li>");
  });

  test("infinite log weights are counted, not drawn", () => {
    const { calibration } = data;
    const logWeights = { real: [0, 1, Infinity], fake: [0, -1, -Infinity] };
    const html = reportOf({ ...least, calibration: { ...calibration!, logWeights } });
    expect(html).toContain("Beyond the axis: 1 of 3 real (1 infinite), 1 of 3 generated (1 infinite).");
    expect(
      reportOf({ ...least, calibration: { ...calibration!, logWeights: { real: [0], fake: [Infinity] } } }),
    ).not.toContain("p/q times");
  });

  test("whatever text it is given stays text", () => {
    const evil = "</title></style></pre><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    const html = reportOf({
      title: evil,
      summary: evil,
      facts: [[evil, evil]],
      warnings: [evil],
      sampleSets: [{ name: evil, kind: "draws", caption: evil, content: { points: [0, 0], extent: 1 } }],
      evaluation: {
        columns: [{ name: evil, better: "higher", digits: 1 }],
        rows: [{ name: evil, cells: [{ value: 1 }] }],
        caption: evil,
      },
      chains: [{ chainLength: 1, predictedTotalVariation: 0.5 }],
      samplers: [{ name: evil, cost: 1, totalVariation: 0.5 }],
      manifest: { [evil]: evil },
    });
    expect(html).not.toMatch(/<script|<img/);
    expect(unbalancedTag(html)).toBeUndefined();
  });

  test("the record can be read back", () => {
    const manifest = { text: '<&"', list: [1, null] };
    const record = /<pre id="manifest"[^>]*>([\s\S]*?)<\/pre>/.exec(reportOf({ ...least, manifest }))![1]!;
    const text = record
      .replace(/&lt;/g, "<")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");
    expect(JSON.parse(text)).toEqual(manifest);
  });
});
