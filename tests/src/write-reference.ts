import { join } from "node:path";
import { readReference } from "./reference.ts";
import { root } from "./workspace.ts";

/** Writes the reference of the public API, a site of its own. Run as `npm run docs`. */
const { problems, write } = await readReference();
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
} else await write(join(root, "docs/api"));
