import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { transformSync } from "esbuild";
import { installedManifest } from "./tarballs.ts";
import { root } from "./workspace.ts";

/** The packages whose results are compared. */
export const probed = ["mcmc", "calibration", "metrics"] as const;

/** What is imported of them, by the name under which `probe` takes it. */
const modules: Readonly<Record<string, string>> = {
  ...Object.fromEntries(probed.map((name) => [name, `@mhgan/${name}`])),
  diagnostics: "@mhgan/mcmc/diagnostics",
  predictions: "@mhgan/mcmc/predictions",
};

/** Where a browser finds an installed module: below the folder, which the server offers as it is. */
function modulePath(folder: string, specifier: string): string {
  const [scope, name, ...rest] = specifier.split("/");
  const { exports } = installedManifest(folder, `${scope}/${name}`) as unknown as {
    exports: Record<string, { default: string }>;
  };
  return `/${join("node_modules", `${scope}/${name}`, exports[[".", ...rest].join("/")]!.default)}`;
}

/** Statements that import the packages and leave what `probe` finds in `results`. */
function program(addressOf: (specifier: string) => string, probe: string): string {
  const imports = Object.values(modules).map((module) => `import(${JSON.stringify(addressOf(module))})`);
  const names = Object.keys(modules);
  return `
    const [${names}] = await Promise.all([${imports}]);
    const { probe } = await import(${JSON.stringify(probe)});
    const results = probe({ ${names} });
  `;
}

/** A page whose script sends one message to the server, or what went wrong. */
export function page(imports: Record<string, string>, script: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  const send = (message) => fetch("/results" + location.search, { method: "POST", body: JSON.stringify(message) });
  try {
    ${script}
  } catch (error) {
    await send({ error: String(error) });
  }
</script>
`;
}

/**
 * Writes the programs that run `probe` on the packages installed in a folder. In Node: `node.js` and `node-worker.js`,
 * which print the results. In a browser: `page.html` and `worker.html`, which send them; beside them `broken.html`, which
 * imports what is not there, and `silent.html`, which sends nothing.
 */
export function writePrograms(folder: string): void {
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  const probe = readFileSync(join(root, "tests/src/probe.ts"), "utf8");
  write("probe.js", transformSync(probe, { loader: "ts", format: "esm" }).code);

  const inNode = program((name) => name, "./probe.js");
  write("node.js", `${inNode} console.log(JSON.stringify({ results }));`);
  write(
    "node-worker.js",
    `import { Worker, isMainThread, parentPort } from "node:worker_threads";
     if (isMainThread)
       new Worker(new URL(import.meta.url)).on("message", (message) => console.log(JSON.stringify(message)));
     else { ${inNode} parentPort.postMessage({ results }); }`,
  );

  const imports = Object.fromEntries(
    Object.values(modules).map((module) => [module, modulePath(folder, module)]),
  );
  write("page.html", page(imports, `${program((name) => name, "/probe.js")} await send({ results });`));
  // An import map does not reach into workers: theirs are paths.
  write("worker.js", `${program((name) => imports[name]!, "/probe.js")} postMessage({ results });`);
  write(
    "worker.html",
    page(
      {},
      `const worker = new Worker("/worker.js", { type: "module" });
       worker.onerror = (event) => send({ error: "the worker failed: " + event.message });
       worker.onmessage = (event) => send(event.data);`,
    ),
  );
  write("broken.html", page({}, `await import("/no-such-file.js");`));
  write("silent.html", "<!doctype html>\n");
}

/** A server of the files in a folder, on this machine alone, until `close`. */
export interface FolderServer {
  /** The address of its root, without a slash at the end. */
  readonly url: string;
  /** The next message that a page sends whose address ends with this query, such as `?1`. */
  message(query: string): Promise<string>;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

export async function serveFolder(folder: string): Promise<FolderServer> {
  const waiting = new Map<string, (message: string) => void>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, normalize(pathname));
    if (request.method === "POST") {
      waiting.get(search)?.(await text(request));
      response.end();
    } else if (existsSync(path)) {
      const type = contentTypes[extname(pathname)] ?? "application/octet-stream";
      createReadStream(path).pipe(response.writeHead(200, { "content-type": type }));
    } else response.writeHead(404).end();
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    message: (query) => new Promise((resolve) => waiting.set(query, resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
