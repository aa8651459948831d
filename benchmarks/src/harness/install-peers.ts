import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installedMark, pythonOf } from "./peer-python.ts";

const requirements = fileURLToPath(new URL("../../peers.requirements.txt", import.meta.url));

/** PyTorch's own builds without CUDA: PyPI's for Linux bring some gigabytes of it along. */
const torchForCpu = "https://download.pytorch.org/whl/cpu";

/** The oldest Python that the pinned versions are made for. */
const OLDEST = [3, 11] as const;

/** What an installation needs of the outside. */
export interface Installer {
  /** Runs a program to its end, and gives what it prints; throws if it fails. */
  run(program: string, args: readonly string[]): string;
  reaches(url: string): Promise<boolean>;
  log(line: string): void;
}

/**
 * Makes a virtual environment with the pinned peers. One that is already as the requirements say is left as it is; one that is not is made anew.
 *
 * @throws {Error} if Python is missing or too old, or pip fails; then there is no environment.
 */
export async function installPeers(
  folder: string,
  python: string,
  installer: Installer = system,
): Promise<void> {
  const wanted = readFileSync(requirements, "utf8");
  if (installedRequirements(folder) === wanted) {
    installer.log(`the peers lie ready in ${folder}`);
    return;
  }
  checkVersion(python, installer);
  rmSync(folder, { recursive: true, force: true });
  try {
    installer.log(`installing ${pinned(wanted).join(", ")}`);
    installer.run(python, ["-m", "venv", folder]);
    const hasIndex = process.platform === "linux" && (await installer.reaches(`${torchForCpu}/torch/`));
    if (process.platform === "linux" && !hasIndex) {
      installer.log(`${torchForCpu} cannot be reached: PyTorch comes with CUDA, in all some 6 GB`);
    }
    const index = hasIndex ? ["--extra-index-url", torchForCpu] : [];
    installer.run(pythonOf(folder), ["-m", "pip", "install", "--quiet", ...index, "-r", requirements]);
    writeFileSync(installedMark(folder), wanted);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The requirements that were installed in a folder, if that was brought to its end. */
function installedRequirements(folder: string): string | undefined {
  try {
    return readFileSync(installedMark(folder), "utf8");
  } catch {
    return undefined;
  }
}

function checkVersion(python: string, { run }: Installer): void {
  const oldest = OLDEST.join(".");
  let version: string;
  try {
    version = run(python, ["-c", "import platform; print(platform.python_version())"]).trim();
  } catch {
    throw new Error(
      `npm run peers: needs Python ${oldest} or newer, and ${python} does not run; set MHGAN_PYTHON`,
    );
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new Error(
      `npm run peers: needs Python ${oldest} or newer, got ${version} of ${python}; set MHGAN_PYTHON`,
    );
  }
}

const pinned = (text: string): string[] => text.split("\n").filter((line) => /^\w/.test(line));

const system: Installer = {
  run: (program, args) =>
    execFileSync(program, [...args], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
  reaches: (url) =>
    fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
      (response) => response.ok,
      () => false,
    ),
  log: (line) => console.error(line),
};
