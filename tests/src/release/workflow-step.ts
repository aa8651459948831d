import { parse } from "yaml";

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly { readonly name?: string; readonly run?: string }[] } | undefined
    >
  >;
}

/**
 * The shell of a step of a workflow, so that a rehearsal runs the very lines that a release will.
 *
 * @param text - the workflow, in YAML.
 * @throws {Error} if there is no such step, or if GitHub would put something into its shell: only its environment may vary.
 */
export function workflowStep(text: string, job: string, name: string): string {
  const { jobs } = parse(text) as Workflow;
  const run = jobs[job]?.steps.find((step) => step.name === name)?.run;
  if (run === undefined)
    throw new Error(`workflowStep: the job ${job} must have a step named "${name}" that runs a script`);
  if (run.includes("${{"))
    throw new Error(`workflowStep: "${name}" must take what varies from its environment, got \${{ … }}`);
  return run;
}

/** What a step wrote into the file `GITHUB_OUTPUT`: lines `name=value`, and `name<<END` with lines up to `END`. */
export function stepOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const [, name, operator, rest] = /^([\w-]+)(=|<<)(.*)$/.exec(lines[index]!) ?? [];
    if (name === undefined) continue;
    if (operator === "=") outputs.set(name, rest!);
    else {
      const end = lines.indexOf(rest!, index);
      if (end < 0) throw new Error(`stepOutputs: ${name} must end with a line ${rest}`);
      outputs.set(name, lines.slice(index + 1, end).join("\n"));
      index = end;
    }
  }
  return outputs;
}
