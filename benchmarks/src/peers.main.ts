// Installs what the benchmarks compare with: npm run peers. MHGAN_PYTHON is the Python that it is made of.

import { installPeers } from "./harness/install-peers.ts";
import { peersFolder } from "./harness/peer-python.ts";

const { MHGAN_PYTHON: python = "python3" } = process.env;
try {
  await installPeers(peersFolder, python);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
