import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cleanEnvironment } from "../tarballs.ts";
import { faults } from "./faults.ts";
import { readNpmSettings, secretsOf } from "./npm-settings.ts";
import { Processes } from "./processes.ts";
import { Rehearsal } from "./rehearsal.ts";
import { exitCode, findingsTable, RehearsalEnd, RehearsalReport } from "./rehearsal-report.ts";
import { redactor } from "./secrets.ts";

/** `npm run rehearse-release`: all that a release does, against a registry of its own on this machine. */
const usage = `npm run rehearse-release -- [options]

Versions, packs, publishes and installs the packages as a release does, from a copy of what is committed, against a
registry that is started on this machine and ended with it. Nothing is published anywhere else.

  --json                one line of JSON on stdout instead of the table
  --runtimes a,b        some of node, node20, node22, node24, deno, bun (default: all)
  --complete            a runtime that is not to be had here is a failure
  --with-tests          run npm test on the copy too, as the release does
  --port n              the port of the registry (default: one that is free)
  --fault name          spoil something, to see it found: ${faults.join(", ")}

Exit code: 0 if everything passed, 1 if not, 2 for a wrong call, 130 after Ctrl-C.
`;

function options() {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      runtimes: { type: "string" },
      complete: { type: "boolean", default: false },
      "with-tests": { type: "boolean", default: false },
      port: { type: "string" },
      fault: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const known = ["node", "node20", "node22", "node24", "deno", "bun"];
  const runtimes = values.runtimes?.split(",");
  const unknown = runtimes?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`--runtimes must be some of ${known.join(", ")}, got ${unknown}`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
    throw new Error(`--port must be a number up to 65535, got ${values.port}`);
  const fault = faults.find((name) => name === values.fault);
  if (values.fault !== undefined && fault === undefined)
    throw new Error(`--fault must be one of ${faults.join(", ")}, got ${values.fault}`);
  return { ...values, runtimes, port, fault, withTests: values["with-tests"] };
}

async function rehearse(asked: ReturnType<typeof options>): Promise<number> {
  // It grows when the settings are read; nothing is written before.
  let redact = redactor([]);
  const processes = new Processes((text) => redact(text));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mhgan-rehearsal-")));
  let signal: NodeJS.Signals | undefined;
  const stop = (received: NodeJS.Signals): void => {
    signal ??= received;
    processes.stop();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, stop);
  const began = performance.now();
  const report = new RehearsalReport(
    (text) => redact(text),
    (line) => {
      if (signal === undefined) process.stderr.write(`${line}\n`);
    },
  );
  try {
    const npm = await readNpmSettings(processes, cleanEnvironment());
    redact = redactor(secretsOf(npm));
    await new Rehearsal(asked, report, processes, npm, folder).run();
  } catch (error) {
    if (signal === undefined && !(error instanceof RehearsalEnd)) throw error;
  } finally {
    process.stderr.write(`… removing ${folder}\n`);
    processes.stop();
    await processes.allEnded();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  if (signal !== undefined) {
    process.stderr.write(`stopped by ${signal}: all processes are ended, and ${folder} is removed\n`);
    return 130;
  }
  const { findings } = report;
  const code = exitCode(findings, asked.complete);
  const seconds = (performance.now() - began) / 1000;
  const last = code === 0 ? "The release would go well" : "The release would fail";
  process.stdout.write(
    asked.json
      ? `${JSON.stringify({ ok: code === 0, seconds, findings })}\n`
      : `\n${findingsTable(findings)}\n${last} (${(seconds / 60).toFixed(1)} min).\n`,
  );
  return code;
}

/** Gives what `action` gives; its error goes to stderr, and becomes the exit code. */
async function orExit<T>(code: number, action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    process.stderr.write(`rehearse-release: ${(error as Error).message}\n`);
    process.exitCode = code;
    return undefined;
  }
}

const asked = await orExit(2, options);
if (asked?.help) process.stdout.write(usage);
else if (asked !== undefined) process.exitCode = (await orExit(1, () => rehearse(asked))) ?? 1;
