/**
 * Optional dependencies that a lockfile names without an entry, such as a tool's build for another platform. `npm ci`
 * refuses such a lockfile. npm writes one where the registry lacks the package.
 *
 * @param packages - the field of package-lock.json.
 */
export function missingOptionalDependencies(packages: Readonly<Record<string, object>>): string[] {
  const found: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    const { optionalDependencies = {} } = entry as { optionalDependencies?: Record<string, string> };
    for (const [name, range] of Object.entries(optionalDependencies)) {
      // As Node does: in the package's own node_modules, then in that of each folder above.
      const segments = path === "" ? [] : path.split("/node_modules/");
      const places = segments.map(
        (_segment, index) => `${segments.slice(0, index + 1).join("/node_modules/")}/`,
      );
      const isThere = ["", ...places].some((place) => `${place}node_modules/${name}` in packages);
      if (!isThere) found.push(`${path} needs ${name} ${range}`);
    }
  }
  return found;
}
