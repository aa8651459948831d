/**
 * The address of a registry, if it is on this machine.
 *
 * @throws {Error} if it is anywhere else: a rehearsal that publishes for real would be a release.
 */
export function loopbackRegistry(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "http:" || url.hostname !== "127.0.0.1" || url.username !== "")
    throw new Error(
      `loopbackRegistry: a rehearsal must publish to http://127.0.0.1, got ${url?.host ?? "no URL"}`,
    );
  return url.href;
}
