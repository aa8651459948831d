import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.ts";
import { type Credentials, credentialsFor, parseNpmrc } from "./npmrc.ts";
import type { Processes } from "./processes.ts";

/** How npm reaches the registry that packages come from, on this machine. */
export interface NpmSettings {
  readonly registry: string;
  readonly credentials: Credentials | undefined;
  /** Certificates in PEM form. */
  readonly certificates: string | undefined;
  readonly strictSsl: boolean;
  readonly httpProxy: string | undefined;
  readonly httpsProxy: string | undefined;
  readonly noProxy: string | undefined;
}

/** The settings that npm does tell, as `npm config list --json` writes them. */
interface Told {
  readonly registry: string;
  readonly userconfig: string;
  readonly globalconfig: string;
  readonly cafile: string | null;
  readonly ca: string | readonly string[] | null;
  readonly "strict-ssl": boolean;
  readonly proxy: string | null;
  readonly "https-proxy": string | null;
  readonly noproxy: string | readonly string[] | null;
}

/** Reads the settings in force in the repository: of its npmrc, the user's, the machine's and the environment. */
export async function readNpmSettings(processes: Processes, env: NodeJS.ProcessEnv): Promise<NpmSettings> {
  const { out } = await processes.run("npm", ["config", "list", "--json"], { cwd: root, env });
  const told = JSON.parse(out) as Told;
  const files = [join(root, ".npmrc"), told.userconfig, told.globalconfig]
    .filter((path) => existsSync(path))
    .map((path) => parseNpmrc(readFileSync(path, "utf8"), process.env));
  const certificates = told.cafile === null ? [told.ca ?? []].flat() : [readFileSync(told.cafile, "utf8")];
  return {
    registry: told.registry,
    credentials: credentialsFor(told.registry, files),
    certificates: certificates.length === 0 ? undefined : certificates.join("\n"),
    strictSsl: told["strict-ssl"],
    httpProxy: told.proxy ?? undefined,
    httpsProxy: told["https-proxy"] ?? undefined,
    noProxy: [told.noproxy ?? []].flat().filter(Boolean).join(",") || undefined,
  };
}

/** What of the settings nobody may read. */
export function secretsOf({ credentials, registry, httpProxy, httpsProxy }: NpmSettings): string[] {
  const addresses = [registry, httpProxy, httpsProxy]
    .filter((address) => address !== undefined)
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address));
  const basic = credentials?.type === "basic" ? Buffer.from(credentials.token, "base64").toString() : "";
  return [
    credentials?.token ?? "",
    basic.slice(basic.indexOf(":") + 1),
    ...addresses.flatMap(({ username, password }) =>
      password === "" ? [username] : [password].map(decodeURIComponent),
    ),
  ].filter((secret) => secret !== "");
}
