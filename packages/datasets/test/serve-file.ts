import type { IncomingMessage, ServerResponse } from "node:http";

/** What is wrong with an answer. Without any of it, the answer is that of an honest server which knows ranges. */
export interface Flaw {
  /** Hangs up a moment after so many bytes, whether they have arrived or not. */
  readonly dropAfter?: number;
  /** Sends nothing more after so many bytes, and hangs up when `hangUp` is called. */
  readonly holdAfter?: number;
  /** Sends nothing more after so many bytes, and waits. */
  readonly stallAfter?: number;
  /** Announces so many bytes more than there are. */
  readonly lie?: number;
  /** Flips a bit of the byte there. */
  readonly corruptAt?: number;
  /** Sends the whole file, whatever was asked for. */
  readonly ignoreRange?: boolean;
  /** Sends what was asked for without looking at If-Range. */
  readonly ignoreIfRange?: boolean;
  /** Begins a partial answer so many bytes too late. */
  readonly shiftRange?: number;
  /** Answers with this status and nothing else. */
  readonly status?: number;
  /** Sends the client to this address. */
  readonly redirect?: string;
}

const held = new Set<ServerResponse>();

/** Ends the answers that are held. */
export function hangUp(): void {
  for (const response of held) response.destroy();
  held.clear();
}

/** Answers a request for a file, honestly or not. `etag: ""` sends none. */
export function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: { readonly bytes: Uint8Array; readonly etag: string },
  flaw: Flaw = {},
): void {
  if (flaw.status !== undefined || flaw.redirect !== undefined) {
    response
      .writeHead(flaw.status ?? 302, flaw.redirect === undefined ? {} : { location: flaw.redirect })
      .end("no");
    return;
  }
  const { etag } = file;
  const bytes = Uint8Array.from(file.bytes);
  if (flaw.corruptAt !== undefined) bytes[flaw.corruptAt]! ^= 16;
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const same = flaw.ignoreIfRange || request.headers["if-range"] === etag;
  const partial = range !== null && same && !flaw.ignoreRange;
  const begin = partial ? Number(range[1]) + (flaw.shiftRange ?? 0) : 0;
  if (begin >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(begin);
  response.writeHead(partial ? 206 : 200, {
    "content-length": body.length + (flaw.lie ?? 0),
    ...(etag && { etag }),
    ...(partial && { "content-range": `bytes ${begin}-${bytes.length - 1}/${bytes.length}` }),
  });
  if (flaw.dropAfter !== undefined) {
    response.write(body.subarray(0, flaw.dropAfter), () => setTimeout(() => response.destroy(), 5));
  } else if (flaw.holdAfter !== undefined) {
    response.write(body.subarray(0, flaw.holdAfter));
    held.add(response);
  } else if (flaw.stallAfter !== undefined) {
    response.flushHeaders();
    response.write(body.subarray(0, flaw.stallAfter));
  } else if (flaw.lie === undefined) {
    response.end(body);
  } else {
    response.write(body, () => setTimeout(() => response.destroy(), 5));
  }
}
