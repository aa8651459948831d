import { parseArgs } from "node:util";

/** What `npm run bench` was asked for. */
export type BenchArguments =
  | { readonly what: "help" | "list" }
  | { readonly what: "refuse"; readonly message: string }
  | {
      readonly what: "run";
      readonly names: readonly string[];
      /** Folder for the results, instead of that of the recorded ones. */
      readonly out?: string;
      readonly json: boolean;
    };

/** Reads the arguments of `npm run bench`; without a name all benchmarks are meant. */
export function benchArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean" },
        list: { type: "boolean" },
        json: { type: "boolean", default: false },
        out: { type: "string" },
      },
      allowPositionals: true,
    });
    const { help, list, json, out } = values;
    if (help) return { what: "help" };
    if (list) return { what: "list" };
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined) return { what: "refuse", message: `bench: unknown benchmark "${unknown}"` };
    if (out === "") return { what: "refuse", message: "bench: --out must name a folder" };
    const names = positionals.length > 0 ? [...new Set(positionals)] : known;
    return { what: "run", names, json, ...(out !== undefined && { out }) };
  } catch (error) {
    return { what: "refuse", message: `bench: ${error instanceof Error ? error.message : String(error)}` };
  }
}
