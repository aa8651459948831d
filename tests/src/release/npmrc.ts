/** What a registry asks for in the `Authorization` header. */
export interface Credentials {
  readonly type: "bearer" | "basic";
  /** What follows the type in the header. */
  readonly token: string;
}

/**
 * The settings of an npmrc file, with `${NAME}` replaced from the environment as npm does it.
 *
 * npm itself does not tell tokens, so they have to be read from where npm reads them.
 */
export function parseNpmrc(text: string, environment: NodeJS.ProcessEnv): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const bare = value.replace(/^(["'])(.*)\1$/, "$2");
    settings.set(
      name,
      bare.replaceAll(/\$\{([^}]+)\}/g, (whole, variable: string) => environment[variable] ?? whole),
    );
  }
  return settings;
}

/**
 * The credentials for a registry: those for its longest path, from the first of the files that has any for it.
 *
 * @param files - settings of npmrc files, most important first.
 */
export function credentialsFor(
  registry: string,
  files: readonly ReadonlyMap<string, string>[],
): Credentials | undefined {
  const { host, pathname } = new URL(registry);
  const segments = pathname.split("/").filter((segment) => segment !== "");
  for (let length = segments.length; length >= 0; length--) {
    const place = `//${[host, ...segments.slice(0, length)].join("/")}/`;
    for (const settings of files) {
      const bearer = settings.get(`${place}:_authToken`);
      if (bearer !== undefined) return { type: "bearer", token: bearer };
      const basic = settings.get(`${place}:_auth`);
      if (basic !== undefined) return { type: "basic", token: basic };
      const username = settings.get(`${place}:username`);
      const password = settings.get(`${place}:_password`);
      if (username !== undefined && password !== undefined) {
        const plain = `${username}:${Buffer.from(password, "base64").toString()}`;
        return { type: "basic", token: Buffer.from(plain).toString("base64") };
      }
    }
  }
  return undefined;
}
