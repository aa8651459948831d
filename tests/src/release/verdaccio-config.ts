import { join } from "node:path";
import type { NpmSettings } from "./npm-settings.ts";

/** The one user of the registry: the only one who may publish. */
export const registryUser = "rehearsal";

/** The variable by which the registry gets the credentials for npm's registry, so that they are in no file. */
export const uplinkTokenVariable = "REHEARSAL_UPLINK_TOKEN";

/**
 * The configuration of Verdaccio. It listens on this machine alone. Packages of ours are what was published to it, and are never
 * looked up elsewhere; all others come from where npm gets them.
 *
 * @param folder - where it keeps packages and its user.
 */
export function verdaccioConfig(folder: string, port: number, npm: NpmSettings): object {
  return {
    listen: `127.0.0.1:${port}`,
    storage: join(folder, "storage"),
    // One user, and then nobody else can register.
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: 1 } },
    uplinks: {
      npm: {
        url: npm.registry,
        strict_ssl: npm.strictSsl,
        timeout: "60s",
        ...(npm.certificates !== undefined && { ca: npm.certificates }),
        ...(npm.credentials !== undefined && {
          auth: { type: npm.credentials.type, token_env: uplinkTokenVariable },
        }),
      },
    },
    packages: {
      "@mhgan/*": { access: "$all", publish: registryUser, unpublish: "nobody" },
      "**": { access: "$all", publish: "nobody", unpublish: "nobody", proxy: "npm" },
    },
    ...(npm.httpProxy !== undefined && { http_proxy: npm.httpProxy }),
    ...(npm.httpsProxy !== undefined && { https_proxy: npm.httpsProxy }),
    ...(npm.noProxy !== undefined && { no_proxy: npm.noProxy }),
    // The command brings models.
    max_body_size: "100mb",
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "http", colors: false },
  };
}
