import { main } from "../main.ts";

/** Calls the command line as a shell does, and gives what it printed. */
export async function runMain(
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    signal,
  });
  return { code, out: out.join(""), err: err.join("") };
}
