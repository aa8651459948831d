import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where `npm run peers` installs the peers. */
export const peersFolder: string = fileURLToPath(new URL("../../.peers", import.meta.url));

/** The command that installs the peers. */
export const installPeers = "npm run peers";

/** A Python that runs peers. */
export interface PeerPython {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The Python of a virtual environment. */
export const pythonOf = (folder: string): string =>
  process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

/** A file that is written when all peers are installed: until then the folder is unfinished. */
export const installedMark = (folder: string): string => join(folder, "installed");

/**
 * The Python that runs peers: that of MHGAN_PYTHON, else that of `npm run peers`, else the system's.
 *
 * @param threads - how many threads BLAS and OpenMP may use.
 */
export function peerPython(
  threads: number,
  env: NodeJS.ProcessEnv = process.env,
  folder: string = peersFolder,
): PeerPython {
  const count = String(threads);
  const limited: NodeJS.ProcessEnv = {
    ...env,
    OPENBLAS_NUM_THREADS: count,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
  };
  const asked = env["MHGAN_PYTHON"];
  if (asked !== undefined && asked !== "") return { path: asked, env: limited };
  if (!existsSync(installedMark(folder))) return { path: "python3", env: limited };
  // What makes an old OpenBLAS run on this processor would slow that of a current NumPy.
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...unhindered } = limited;
  return { path: pythonOf(folder), env: unhindered };
}
