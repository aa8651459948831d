import { difference, parseLiteral } from "./literal.ts";

/** Called by the extracted examples where they have `// => literal` (exact) or `// ≈ literal` (to the printed digits). */
export function check(actual: unknown, operator: "=>" | "≈", expected: string, where: string): void {
  const found = difference(actual, parseLiteral(expected), operator === "≈");
  if (found !== undefined) throw new Error(`${where}: ${found}`);
}

/** Called by the extracted examples where they have `// throws RangeError: start of the message`. */
export async function checkThrows(run: () => unknown, expected: string, where: string): Promise<void> {
  let thrown: unknown;
  try {
    await run();
  } catch (error) {
    thrown = error;
    if (String(error).startsWith(expected)) return;
  }
  throw new Error(
    `${where}: must throw ${expected}, got ${thrown === undefined ? "no error" : String(thrown)}`,
  );
}
