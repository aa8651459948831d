import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Processes } from "./processes.ts";
import { redactor } from "./secrets.ts";

const here = { cwd: tmpdir(), env: process.env };

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the processes of a rehearsal", () => {
  it("give what they wrote, without secrets", async () => {
    const processes = new Processes(redactor(["secret"]));
    const { out, err } = await processes.run("bash", ["-c", "echo a secret; echo of secret >&2"], here);
    expect([out, err]).toEqual(["a ***\n", "of ***\n"]);
    await expect(processes.run("bash", ["-c", "echo a secret; exit 3"], here)).rejects.toThrow(
      /ended with 3: a \*\*\*\na \*\*\*$/,
    );
    await expect(processes.run("no-such-program", [], here)).rejects.toThrow("ENOENT");
  });

  it("end with all that they started, and nothing starts after that", async () => {
    const processes = new Processes(redactor([]));
    const running = processes.start("bash", ["-c", "sleep 600 & echo $!; wait"], here);
    while (!running.written().includes("\n")) await pause(5);
    const grandchild = Number(running.written());
    expect(isRunning(grandchild)).toBe(true);
    processes.stop();
    await processes.allEnded();
    expect((await running.ended).code).toBe(null);
    // Whoever adopts it may take a moment to bury it.
    for (let tries = 0; isRunning(grandchild) && tries < 500; tries++) await pause(10);
    expect(isRunning(grandchild)).toBe(false);
    expect(() => processes.start("bash", ["-c", "true"], here)).toThrow("the rehearsal was stopped");
  });
});
