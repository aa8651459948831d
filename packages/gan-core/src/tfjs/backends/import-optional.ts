/** Imports a package that may be absent: its name is kept from bundlers and from the type checker. */
export function importOptional(specifier: string): Promise<object> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ specifier) as Promise<object>;
}
