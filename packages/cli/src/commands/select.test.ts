import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatCsv, formatNpy, formatNpz, parseNpy } from "@mhgan/datasets";
import { normal, randomStream } from "@mhgan/mcmc";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../main.ts";

// Scores of normal(1, 1) for real samples and normal(0, 1) for generated ones: the log weight of a score s is s − 1/2.
const random = randomStream(1);
const fake = Float64Array.from({ length: 20_000 }, () => normal(random));
const real = Float64Array.from({ length: 2000 }, () => 1 + normal(random));

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-select-"));
  const shape = [fake.length];
  await writeFile(at("fake.npy"), formatNpy({ data: fake, shape }));
  await writeFile(at("fake-column.npy"), formatNpy({ data: fake, shape: [fake.length, 1] }));
  await writeFile(at("fake.npz"), await formatNpz([["scores", { data: fake, shape }]], { compress: true }));
  await writeFile(
    at("several.npz"),
    await formatNpz([
      ["labels", { data: new Uint8Array(3), shape: [3] }],
      ["scores", { data: fake, shape }],
    ]),
  );
  await writeFile(at("fake.csv"), formatCsv({ names: ["score"], columns: [fake] }));
  await writeFile(at("bare.csv"), formatCsv({ columns: [fake] }));
  const lines = Array.from(fake, (score, i) => `"image ""${i}"", new";${score};x\r\n`);
  await writeFile(at("several.csv"), `\ufeff"file; name";d score;class\r\n${lines.join("")}`);
  await writeFile(
    at("fake.tsv"),
    formatCsv({ names: ["id", "s"], columns: [fake.map((_, i) => i), fake] }, { separator: "\t" }),
  );
  await writeFile(at("fake.jsonl"), Array.from(fake, (score) => `{"score":${score}}\n`).join(""));
  await writeFile(at("bare.jsonl"), Array.from(fake, (score) => `${score}\n`).join(""));
  await writeFile(
    at("several.jsonl"),
    Array.from(fake, (score, id) => `{"id":${id},"d":${score}}\n`).join(""),
  );
  await writeFile(at("real.npy"), formatNpy({ data: real, shape: [real.length] }));
  await writeFile(at("real.csv"), formatCsv({ names: ["score"], columns: [real] }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command on files of the folder. */
async function select(args: readonly string[], stdin?: Uint8Array) {
  const [out, err]: [string[], string[]] = [[], []];
  async function* piped() {
    for (let first = 0; first < stdin!.length; first += 50_000) yield stdin!.subarray(first, first + 50_000);
  }
  const code = await main(["select", ...args], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    signal: new AbortController().signal,
    ...(stdin && { stdin: piped() }),
  });
  return { code, out: out.join(""), err: err.join("") };
}

const files = () => ["--fake", at("fake.npy"), "--real", at("real.npy")];

/** The result in JSON of a run that must succeed. */
async function resultOf(args: readonly string[]) {
  const { code, out, err } = await select([...args, "--json"]);
  expect([code, err]).toEqual([0, expect.any(String)]);
  expect(out.trim().split("\n")).toHaveLength(1);
  return JSON.parse(out);
}

const indicesOf = (csv: string): number[] => {
  const [header, ...rows] = csv.trim().split("\n");
  expect(header).toBe("index");
  return rows.map(Number);
};

describe("mhgan select", () => {
  test("picks draws of the law of the data, each from a stretch of its own", async () => {
    const { code, out, err } = await select([...files(), "--draws", "500"]);
    expect(code).toBe(0);
    const picked = indicesOf(out);
    expect(picked).toHaveLength(500);
    expect(new Set(picked).size).toBe(500);
    expect(picked).toEqual([...picked].sort((a, b) => a - b));
    // Real scores have mean 1 and sd 1, so the mean of 500 has sd 0.045, and calibration adds about 0.03: 4 of both.
    const mean = picked.reduce((sum, index) => sum + fake[index]!, 0) / 500;
    expect(Math.abs(mean - 1)).toBeLessThan(0.22);
    expect(err).toMatch(
      /^500 draws by mh --chain-length 640 from 20,000 fake scores \([\d,]+ used\), 0 cap-outs/,
    );
    expect(err).toContain("isotonic calibration on 2,000 real and 20,000 fake scores; seed 1\n");
    expect(err).not.toContain("warning");
  });

  test("picks the same from every format that holds the same numbers, from files and from standard input", async () => {
    const of = async (file: string, ...options: string[]) => {
      const { code, out, err } = await select([
        "--fake",
        at(file),
        "--real",
        at("real.csv"),
        "--draws",
        "200",
        ...options,
      ]);
      expect([code, err]).toEqual([0, expect.stringContaining("200 draws")]);
      return out;
    };
    const expected = await of("fake.npy");
    for (const file of ["fake-column.npy", "fake.npz", "fake.csv", "bare.csv", "fake.jsonl", "bare.jsonl"]) {
      expect(await of(file)).toBe(expected);
      const format = file.split(".")[1]!;
      const args = ["--fake", "-", "--format", format, "--real", at("real.npy"), "--draws", "200"];
      const piped = await select(args, await readFile(at(file)));
      expect(piped).toMatchObject({ code: 0, out: expected });
    }
    const own = ["--real-column", "score"];
    expect(await of("several.csv", "--column", "d score", ...own)).toBe(expected);
    expect(await of("several.csv", "--column", "1", "--real-column", "0")).toBe(expected);
    expect(await of("fake.tsv", "--column", "s", ...own)).toBe(expected);
    expect(await of("several.npz", "--column", "scores", ...own)).toBe(expected);
    expect(await of("several.jsonl", "--column", "d", ...own)).toBe(expected);
  });

  test("--out has the picks in the format of its name, whole, and nothing else is left", async () => {
    await mkdir(at("out"));
    const { out: csv } = await select([...files(), "--draws", "50"]);
    for (const name of ["picked.csv", "picked.npy", "picked.jsonl"]) {
      const { code, out, err } = await select([...files(), "--draws", "50", "--out", at(`out/${name}`)]);
      expect([code, out]).toEqual([0, ""]);
      expect(err).toContain(name);
    }
    expect((await readdir(at("out"))).sort()).toEqual(["picked.csv", "picked.jsonl", "picked.npy"]);
    expect(await readFile(at("out/picked.csv"), "utf8")).toBe(csv);
    const array = parseNpy(await readFile(at("out/picked.npy")));
    expect(array).toMatchObject({ dtype: "int32", shape: [50] });
    expect(Array.from(array.data as Int32Array)).toEqual(indicesOf(csv));
    const lines = (await readFile(at("out/picked.jsonl"), "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(indicesOf(csv).map((index) => ({ index })));
  });

  test("--method weights gives every proposal a weight, and they sum to 1", async () => {
    const { code, out, err } = await select([...files(), "--method", "weights"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^weights of 20,000 fake scores, worth [\d,]+ samples of the data/);
    const [header, ...rows] = out.trim().split("\n");
    expect(header).toBe("index,weight");
    const weights = rows.map((row, i) => {
      const [index, weight] = row.split(",");
      expect(Number(index)).toBe(i);
      return Number(weight);
    });
    expect(weights).toHaveLength(20_000);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    // Σ w s estimates the mean of real scores, 1: its sd is below 0.02, and calibration adds about 0.03.
    const mean = weights.reduce((sum, weight, i) => sum + weight * fake[i]!, 0);
    expect(Math.abs(mean - 1)).toBeLessThan(0.2);
    const npy = at("weights.npy");
    expect((await select([...files(), "--method", "weights", "--out", npy])).code).toBe(0);
    const array = parseNpy(await readFile(npy));
    expect(array.dtype).toBe("float64");
    expect(Array.from(array.data as Float64Array)).toEqual(weights);
  });

  test.each([
    ["mh", ["--chain-length", "50", "--restart", "fresh"], { chainLength: 50, restart: "fresh" }],
    ["i-sir", ["--candidates", "8", "--steps", "3"], { candidates: 8, steps: 3, restart: "same-proposals" }],
    ["sir", ["--candidates", "30"], { candidates: 30 }],
    ["rejection", [], {}],
    ["drs", ["--gamma", "-1.5", "--candidates", "100"], { gamma: -1.5, candidates: 100 }],
    ["drs", ["--gamma", "80%"], { gamma: { percentile: 80 }, candidates: 640 }],
    ["obrs", ["--budget", "0.2"], { budget: 0.2 }],
    ["perfect", [], {}],
  ])("--method %s %j", async (method, args, options) => {
    const result = await resultOf([...files(), "--draws", "200", "--method", method, ...args]);
    expect(result).toMatchObject({ method, options, draws: 200, seed: 1, warnings: [] });
    expect(result.picked).toHaveLength(200);
    expect(result.predicted.proposalsPerDraw).toBeGreaterThan(1);
    // What was used is what was predicted, to 5 standard deviations of a cost that varies as much as its mean.
    const cost = result.proposals / 200;
    expect(Math.abs(cost / result.predicted.proposalsPerDraw - 1)).toBeLessThan(5 / Math.sqrt(200));
  });

  test("gives as many draws as there are scores for, where none are asked for", async () => {
    const { picked, proposals } = await resultOf([...files(), "--method", "sir", "--candidates", "300"]);
    expect([picked.length, proposals]).toEqual([66, 19_800]);
  });

  test("--method auto takes the best that the scores can pay, or what is asked for", async () => {
    const rich = await resultOf([...files(), "--method", "auto", "--draws", "100"]);
    expect(rich).toMatchObject({ method: "perfect", predicted: { totalVariation: 0 } });
    const poor = await resultOf([...files(), "--method", "auto", "--draws", "10000"]);
    expect(poor.method).toBe("obrs");
    expect(poor.predicted.proposalsPerDraw).toBeLessThan(2);
    const near = await resultOf([...files(), "--method", "auto", "--total-variation", "0.05"]);
    expect(near.predicted.totalVariation).toBeCloseTo(0.05, 3);
    const cheap = await resultOf([...files(), "--method", "auto", "--proposals-per-draw", "3"]);
    expect(cheap.predicted.proposalsPerDraw).toBeLessThanOrEqual(3 + 1e-9);
    const explained = await resultOf([...files(), "--method", "auto", "--draws", "100", "--explain"]);
    expect(explained.picked).toEqual(rich.picked);
    expect(explained.explanation.reason).toContain("perfect, because");
  });

  test("--temper 0 selects nothing, and 2 more than 1", async () => {
    const meanOf = async (power: string) => {
      const { picked } = await resultOf([...files(), "--method", "sir", "--temper", power]);
      return (picked as number[]).reduce((sum, index) => sum + fake[index]!, 0) / picked.length;
    };
    const [none, one, two] = await Promise.all(["0", "1", "2"].map(meanOf));
    // 312 draws: 4 standard deviations are 0.23.
    expect(Math.abs(none!)).toBeLessThan(0.23);
    expect(Math.abs(one! - 1)).toBeLessThan(0.3);
    expect(two!).toBeGreaterThan(1.4);
    expect((await resultOf([...files(), "--draws", "10", "--temper", "0.5"])).warnings).toEqual([]);
  });

  test("the seed decides, and is in the record", async () => {
    const of = (seed: string) => resultOf([...files(), "--draws", "100", "--seed", seed]);
    const [three, again, four] = [await of("3"), await of("3"), await of("4")];
    expect(again).toEqual(three);
    expect(three.seed).toBe(3);
    expect(four.picked).not.toEqual(three.picked);
    expect(three).toMatchObject({ command: "select", fake: { source: at("fake.npy"), count: 20_000 } });
    expect(three.versions["@mhgan/cli"]).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("--json leaves the picks to --out, if there is one", async () => {
    const out = at("json.csv");
    const result = await resultOf([...files(), "--draws", "100", "--out", out]);
    expect(result.out).toBe(out);
    expect(result.picked).toBeUndefined();
    expect(indicesOf(await readFile(out, "utf8"))).toHaveLength(100);
  });
});

describe("mhgan select, when the scores are not enough", () => {
  test("says how many draws were possible, and what helps", async () => {
    const few = await select([...files(), "--method", "sir", "--candidates", "500", "--draws", "1000"]);
    expect(few).toMatchObject({ code: 1, out: "" });
    expect(few.err).toContain("only 40 of 1,000 draws were possible from 20,000 fake scores");
    for (const help of ["--draws 40", "--reuse", "--method auto"]) expect(few.err).toContain(help);
    expect(
      (await resultOf([...files(), "--method", "sir", "--candidates", "500", "--draws", "40"])).draws,
    ).toBe(40);
    const explained = await select([...files(), "--draws", "10000", "--explain"]);
    expect(explained.code).toBe(1);
    expect(explained.err).toContain("Recommended: --method obrs");
    const none = await select([...files(), "--method", "sir", "--candidates", "20001"]);
    expect(none.err).toContain("not even one draw was possible");
    const out = at("never.csv");
    await select([...files(), "--method", "sir", "--candidates", "500", "--draws", "1000", "--out", out]);
    expect(await readdir(folder)).not.toContain("never.csv");
  });

  test("--reuse draws independently from all of them, reweighted", async () => {
    const some = at("few.npy");
    await writeFile(some, formatNpy({ data: fake.slice(0, 40), shape: [40] }));
    const files = ["--fake", some, "--real", at("real.npy")];
    const { weights } = await resultOf([...files, "--method", "weights"]);
    const draws = 20_000;
    const { picked, distinct } = await resultOf([
      ...files,
      "--method",
      "perfect",
      "--reuse",
      "--draws",
      `${draws}`,
    ]);
    const counts = new Float64Array(40);
    for (const index of picked) counts[index]!++;
    expect(distinct).toBe(counts.filter((count) => count > 0).length);
    let chiSquare = 0;
    for (let i = 0; i < 40; i++) {
      const expected = draws * weights[i];
      chiSquare += (counts[i]! - expected) ** 2 / expected;
    }
    // 39 degrees of freedom: above 86 once in 25,000 times.
    expect(chiSquare).toBeLessThan(86);
    const { err } = await select([...files, "--reuse", "--draws", "100"]);
    expect(err).toMatch(/^100 draws, \d\d of them different, by mh/);
    expect(err).toContain("used, with repeats");
  });

  test("--shuffle picks from scores that lie in order, which is otherwise warned of", async () => {
    const sorted = at("sorted.npy");
    await writeFile(sorted, formatNpy({ data: fake.slice().sort(), shape: [fake.length] }));
    const files = ["--fake", sorted, "--real", at("real.npy"), "--draws", "500"];
    const warned = await resultOf(files);
    expect(warned.warnings).toEqual([
      expect.stringMatching(/^the fake scores are not in random order .* give --shuffle$/),
    ]);
    const shuffled = await resultOf([...files, "--shuffle"]);
    expect(shuffled.warnings).toEqual([]);
    const scores = fake.slice().sort();
    const mean = (shuffled.picked as number[]).reduce((sum, index) => sum + scores[index]!, 0) / 500;
    expect(Math.abs(mean - 1)).toBeLessThan(0.22);
  });
});

describe("mhgan select --explain", () => {
  test("prints tables for people: to standard output if the picks have a file", async () => {
    const args = [...files(), "--draws", "500", "--explain"];
    const { code, out, err } = await select([...args, "--out", at("explained.csv")]);
    expect(code).toBe(0);
    for (const text of [
      "AUC of the scores",
      "Z (calibrated: −2 to 2)",
      "expected calibration error",
      "mean weight (right: 1)",
      "largest weight w*",
      "effective sample size",
      "acceptance rate",
      "chains that never leave their start",
      "chosen: mh --chain-length 640",
      "obrs --budget",
      "Recommended: --method perfect",
    ]) {
      expect(out).toContain(text);
    }
    expect(out).not.toMatch(/NaN|undefined|metropolisHastings/);
    expect(err).toContain("500 draws");
    const piped = await select(args);
    expect(indicesOf(piped.out)).toHaveLength(500);
    expect(piped.err).toContain(out);
  });

  test("in JSON has the figures: those of the closed form", async () => {
    const args = ["--calibrator", "platt", "--output", "logit", "--draws", "20", "--explain"];
    const { explanation, calibration, warnings } = await resultOf([...files(), ...args]);
    // Two normals a distance of 1 apart: AUC Φ(1/√2), acceptance rate 2(1 − AUC), mean square of the weights e.
    expect(calibration.auc).toBeCloseTo(0.76, 1);
    expect(explanation.acceptanceRate).toBeCloseTo(2 * (1 - 0.7602), 1);
    expect(explanation.relativeEffectiveSampleSize).toBeCloseTo(Math.exp(-1), 1);
    expect(explanation.maximumWeight).toBeNull();
    expect(explanation.chosen).toMatchObject({ method: "mh" });
    expect(explanation.chosen.proposalsPerDraw).toBeCloseTo(640, 6);
    expect(explanation.chosen.totalVariation).toBeLessThan(0.001);
    expect(explanation.target.proposalsPerDraw).toBeCloseTo(20_000 / (20 + 4 * Math.sqrt(20)), 9);
    expect(explanation.chainLength.proposals).toBeGreaterThan(10);
    expect(explanation.samplers[0]).toEqual(explanation.recommended);
    expect(explanation.samplers.map(({ method }: { method: string }) => method).sort()).toEqual([
      "drs",
      "i-sir",
      "mh",
      "obrs",
      "sir",
    ]);
    expect(warnings).toEqual([expect.stringContaining("the weights have no bound")]);
    const weights = await resultOf([...files(), "--method", "weights", "--explain"]);
    expect(weights.explanation.chosen).toBeUndefined();
    expect(weights.explanation.target).toEqual({ totalVariation: 0.01 });
  });

  test("warnings are said without it too", async () => {
    const swapped = await select(["--fake", at("real.npy"), "--real", at("fake.npy"), "--method", "weights"]);
    expect(swapped.err).toContain("warning: the AUC is 0.2");
    expect(swapped.err).toContain("is their sign turned round?");
  });
});

describe("mhgan select warns of scores that say nothing", () => {
  const constant = (value: number, length: number) =>
    formatNpy({ data: new Float64Array(length).fill(value), shape: [length] });

  test.each(["isotonic", "centred-isotonic", "venn-abers", "platt"])(
    "all the same, with %s",
    async (calibrator) => {
      await writeFile(at("same-fake.npy"), constant(0.5, 1000));
      await writeFile(at("same-real.npy"), constant(0.5, 500));
      const args = ["--fake", at("same-fake.npy"), "--real", at("same-real.npy"), "--calibrator", calibrator];
      const { picked, warnings } = await resultOf([
        ...args,
        "--method",
        "obrs",
        "--explain",
        "--draws",
        "100",
      ]);
      expect(picked).toHaveLength(100);
      expect(warnings).toContain(
        "all scores are 0.5: nothing is selected, draws are plain samples of the generator",
      );
    },
  );

  test("constant fakes beside real ones that are not", async () => {
    await writeFile(at("same-fake.npy"), constant(0, 1000));
    const { warnings, picked } = await resultOf([
      ...[
        "--fake",
        at("same-fake.npy"),
        "--real",
        at("real.npy"),
        "--method",
        "obrs",
        "--draws",
        "10",
        "--explain",
      ],
    ]);
    expect(picked).toHaveLength(10);
    expect(warnings[0]).toBe(
      "all fake scores are 0: nothing is selected, draws are plain samples of the generator",
    );
  });
});

describe("mhgan select refuses", () => {
  const npy = (data: Float64Array | Float32Array, shape: number[]) => formatNpy({ data, shape });
  const bad: readonly (readonly [name: string, content: string | (() => Uint8Array), reason: string])[] = [
    ["empty.csv", "", "empty.csv holds no score"],
    ["empty.npy", "", "empty.npy must start with the magic string of NPY"],
    ["empty.npz", "", "empty.npz holds no score"],
    ["empty.jsonl", "", "empty.jsonl holds no score"],
    ["header.csv", "score\n", "header.csv holds no score"],
    ["none.npy", () => npy(new Float64Array(0), [0]), "none.npy holds no score"],
    [
      "nan.csv",
      "score\n0.5\n1\nnan\n",
      'nan.csv must have a finite number at line 4, column "score", got "nan"',
    ],
    [
      "word.csv",
      "score\n0.5\nhigh\n",
      'word.csv must have a finite number at line 3, column "score", got "high"',
    ],
    ["gap.csv", "score\n0.5\n\n1\n", 'gap.csv must have a finite number at line 3, column "score", got ""'],
    [
      "ragged.csv",
      "score\n0.5\n1,2\n",
      "ragged.csv must have as many fields in each row as in the first, 1, got 2 at line 3",
    ],
    [
      "nan.npy",
      () => npy(Float64Array.of(1, 2, Number.NaN), [3]),
      "nan.npy must hold finite scores, got NaN at index 2",
    ],
    [
      "inf.npy",
      () => npy(Float32Array.of(1, -Infinity), [2]),
      "inf.npy must hold finite scores, got -Infinity at index 1",
    ],
    [
      "wide.npy",
      () => npy(new Float64Array(6), [3, 2]),
      "wide.npy must be of shape [n] or [n, 1], got [n, 2]",
    ],
    [
      "cut.npy",
      () => npy(new Float64Array(6), [6]).subarray(0, 150),
      "cut.npy must be 176 long in all for shape [6] of float64, got 150 bytes",
    ],
    [
      "long.npy",
      () => formatNpy({ data: BigInt64Array.of(1n), shape: [1] }),
      "long.npy must hold floating-point numbers, got int64",
    ],
    ["text.npy", "0.5\n", "text.npy must start with the magic string of NPY"],
    [
      "nan.jsonl",
      '{"score":1}\n{"score":NaN}\n',
      'nan.jsonl must have an object with a number as "score" at line 2, got {"score":NaN}',
    ],
    ["text.npz", "0.5\n", "text.npz must"],
  ];
  test.each(bad)("%s", async (name, content, reason) => {
    await writeFile(at(name), typeof content === "string" ? content : content());
    for (const args of [
      ["--fake", at(name), "--real", at("real.npy")],
      ["--fake", at("fake.npy"), "--real", at(name)],
    ]) {
      const { code, out, err } = await select(args);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(reason);
    }
  });

  test("files that are not there, folders, and too few scores", async () => {
    const missing = await select(["--fake", at("missing.npy"), "--real", at("real.npy")]);
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringContaining("missing.npy: there is no such file"),
    });
    await mkdir(at("folder.npy"));
    const isFolder = await select(["--fake", at("folder.npy"), "--real", at("real.npy")]);
    expect(isFolder).toMatchObject({ code: 1, err: expect.stringContaining("folder.npy: it is a folder") });
    await writeFile(at("three.csv"), "1.5\n2\n3\n");
    const few = await select(["--fake", at("fake.npy"), "--real", at("three.csv")]);
    expect(few).toMatchObject({ code: 1 });
    expect(few.err).toContain("three.csv holds 3 scores, but at least 4 are needed to calibrate");
    const range = await select([...files(), "--output", "probability"]);
    expect(range).toMatchObject({ code: 1, out: "" });
    expect(range.err).toMatch(/fake.npy must hold probabilities from 0 to 1, got -?\d\S+ at index 1:/);
  });

  const wrong: readonly (readonly [args: readonly string[], reason: string])[] = [
    [["--real", "real.npy"], "--fake"],
    [["--fake", "fake.npy"], "required option '--real <file>' not specified"],
    [["--fake", "-", "--real", "-", "--format", "csv"], "only one of --fake and --real"],
    [["--fake", "-", "--real", "real.npy"], "standard input has no name: give --format csv"],
    [["--fake", "-", "--format", "csv", "--real", "real.npy"], "nothing is piped in"],
    [["--fake", "scores.txt", "--real", "real.npy"], "the name of scores.txt does not say its format"],
    [["--draws", "-3"], "It must be a whole number from 1."],
    [["--budget", "0", "--method", "obrs"], "It must be a number above 0, at most 1."],
    [["--budget", "0.5"], "--budget is not for --method mh, whose options are: --chain-length, --restart"],
    [["--chain-length", "5", "--method", "perfect"], "whose options are: none of its own"],
    [["--gamma", "101%", "--method", "drs"], "It must be a number, or a percentile such as 80%."],
    [["--temper", "-1"], "It must be a number from 0."],
    [["--method", "auto", "--total-variation", ".1", "--proposals-per-draw", "2"], "only one of"],
    [["--method", "weights", "--draws", "3"], "not for --method weights"],
    [["--reuse"], "--reuse needs --draws"],
    [["--reuse", "--draws", "3", "--shuffle"], "--shuffle is not for --reuse"],
    [["--calibrator", "beta"], "--calibrator beta is not for scores that are unbounded"],
    [["--calibrator", "platt", "--method", "perfect"], "--method perfect needs a bound of the weights"],
    [["--column", "score"], "--column and --real-column are not for NPY files"],
    [["--no-header"], "--header and --no-header are for CSV files"],
    [["--out", "picked.txt"], "--out must be a file whose name ends in .csv, .npy, .jsonl, got picked.txt"],
    [["--out", "missing/picked.csv"], "(there is no such folder)"],
  ];
  test.each(wrong)("%j, as a wrong call", async (args, reason) => {
    const given = args.map((arg) => (/^(fake|real)\.npy$/.test(arg) ? at(arg) : arg));
    const { code, out, err } = await select(
      given.includes("--fake") || given.includes("--real") ? given : [...files(), ...given],
    );
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(reason);
  });

  test("an --out that cannot be written, before it reads", async () => {
    await mkdir(at("taken.csv"));
    const taken = await select([
      "--fake",
      at("missing.npy"),
      "--real",
      at("real.npy"),
      "--out",
      at("taken.csv"),
    ]);
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining("got the folder") });
  });

  test("columns, keys and arrays that are not there, or not said", async () => {
    const of = async (file: string, ...options: string[]) => {
      const { code, err } = await select(["--fake", at(file), "--real", at("real.npy"), ...options]);
      expect(code).toBe(2);
      return err;
    };
    expect(await of("several.csv")).toContain(
      "has 3 columns (file; name, d score, class): say with --column",
    );
    expect(await of("several.csv", "--column", "score")).toContain(
      "--column must be a name (file; name, d score, class) or a number from 0 to 2",
    );
    expect(await of("bare.csv", "--column", "score")).toContain("--column must be a number from 0 to 0");
    expect(await of("several.npz")).toContain("--column must be the name of an array");
    expect(await of("several.npz", "--column", "d")).toContain("(labels, scores), got d");
    expect(await of("several.jsonl")).toContain("--column must be a key of the objects in");
    expect(await of("several.jsonl", "--column", "score")).toContain("(id, d), got score");
  });

  test("a first line that may be a header or not", async () => {
    await writeFile(at("pandas.csv"), `0\n${Array.from(fake, (score) => `${score}\n`).join("")}`);
    const args = ["--fake", at("pandas.csv"), "--real", at("real.npy"), "--draws", "100"];
    const unsure = await select(args);
    expect(unsure).toMatchObject({ code: 2, err: expect.stringContaining("say --no-header or --header") });
    const { out } = await select([...files(), "--draws", "100"]);
    expect(await select([...args, "--header"])).toMatchObject({ code: 0, out });
    const counted = await select([...args, "--no-header"]);
    expect(counted).toMatchObject({ code: 0, err: expect.stringContaining("20,001 fake scores") });
  });
});
