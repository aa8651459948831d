import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The commit that is checked out, with a plus if files differ from it; undefined outside of a repository. */
export function commit(): string | undefined {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...args], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return `${git("rev-parse", "--short=12", "HEAD")}${changed ? "+" : ""}`;
  } catch {
    return undefined;
  }
}
