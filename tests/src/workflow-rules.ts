import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/**
 * What a workflow does against the rules of this repository: actions are pinned, rights are asked for job by job, tokens
 * do not lie about, and a job that can publish runs no code of the project. actionlint looks after the rest.
 */
export function workflowViolations(text: string): string[] {
  const found: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const use = /^\s*(?:-\s+)?uses:\s*(.*)$/.exec(line)?.[1];
    if (use !== undefined && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))
      found.push(`line ${index + 1}: uses must name a commit and its version, got ${use}`);
  }
  const workflow = parse(text) as Workflow;
  if (JSON.stringify(workflow.permissions) !== "{}") found.push("permissions must be {} for the workflow");
  if (workflow.concurrency === undefined) found.push("concurrency must be stated");
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    const steps = job.steps ?? [];
    if (job.permissions === undefined) found.push(`${name}: permissions must be stated`);
    if (job["timeout-minutes"] === undefined) found.push(`${name}: timeout-minutes must be stated`);
    const checkouts = steps.filter((step) => step.uses?.startsWith("actions/checkout@"));
    const mayWrite = job.permissions?.["contents"] === "write";
    for (const checkout of checkouts)
      if (!mayWrite && checkout.with?.["persist-credentials"] !== false)
        found.push(`${name}: a checkout must not keep its token`);
    if (job.permissions?.["id-token"] === "write") {
      const runsCode = steps.some((step) =>
        /\bnpm (ci|install|i|run|test|exec)\b|\bnpx\b/.test(step.run ?? ""),
      );
      if (checkouts.length > 0 || runsCode)
        found.push(`${name}: a job that can publish must not run the project`);
    }
    for (const { run = "" } of steps)
      if (/\$\{\{\s*github\.(event|head_ref)/.test(run))
        found.push(`${name}: what a stranger can write must reach a script through its environment`);
  }
  return found;
}
