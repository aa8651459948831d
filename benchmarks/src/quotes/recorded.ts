import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A result that lies in `results`: `reproduced/gaussians`, say. */
export function recorded<Result>(name: string): Result {
  const path = fileURLToPath(new URL(`../../results/${name}.json`, import.meta.url));
  return JSON.parse(readFileSync(path, "utf8")) as Result;
}
