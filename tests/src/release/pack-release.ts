import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "../tarballs.ts";
import { published, readJson, root } from "../workspace.ts";
import { type Checksum, checksumFile, formatChecksums, sha256 } from "./checksums.ts";

/**
 * `npm run pack-release -- FOLDER`: packs each package whose version the registry does not have, and lists the tarballs with their
 * SHA-256 in `SHA256SUMS`, dependencies first. The release workflow runs this, and so does its rehearsal.
 *
 * Packing runs no script, so the tarballs hold the very files that were built and tested. 0.0.0 stands for "not released".
 */
async function isPublished(name: string, version: string): Promise<boolean> {
  try {
    await run(root, "npm", ["view", `${name}@${version}`, "version", "--prefer-online"]);
    return true;
  } catch (error) {
    // Whatever else goes wrong must not look like a version that is missing.
    if (/\bE404\b/.test(String(error))) return false;
    throw error;
  }
}

async function pack(name: string, folder: string): Promise<Checksum> {
  const args = ["pack", `./packages/${name}`, "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await run(root, "npm", args);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const file = filename.replace("@", "").replace("/", "-");
  return { file, sha256: sha256(join(folder, file)) };
}

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error("pack-release: the folder for the tarballs must be given");
const folder = resolve(process.env["INIT_CWD"] ?? process.cwd(), target);
mkdirSync(folder, { recursive: true });
if (readdirSync(folder).length > 0) throw new Error(`pack-release: ${target} must be empty`);
const packed: Checksum[] = [];
for (const short of published) {
  const { name, version = "0.0.0" } = readJson("packages", short, "package.json");
  if (version === "0.0.0") process.stderr.write(`${name} is not released yet\n`);
  else if (await isPublished(name, version))
    process.stderr.write(`${name} ${version} is published already\n`);
  else packed.push(await pack(short, folder));
}
writeFileSync(join(folder, checksumFile), formatChecksums(packed));
process.stdout.write(formatChecksums(packed));
