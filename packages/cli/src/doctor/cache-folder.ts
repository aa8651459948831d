import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The folder in which @mhgan/datasets keeps a folder of each data set: by the XDG rules, a relative path counts as none. */
export function cacheFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "mhgan");
}
