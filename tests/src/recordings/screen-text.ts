import headless from "@xterm/headless";

/**
 * What stands on a terminal after a program wrote to it: lines that were written over are there once, as they were last. No colours; what
 * has scrolled away is there too.
 *
 * @param written - all bytes that came from the program, with their control sequences.
 */
export async function screenText(written: string, columns: number): Promise<string> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows: 50,
    scrollback: 10_000,
    allowProposedApi: true,
  });
  await new Promise<void>((resolve) => terminal.write(written, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) =>
    active.getLine(row)!.translateToString(true),
  );
  terminal.dispose();
  return `${lines.join("\n").trimEnd()}\n`;
}
