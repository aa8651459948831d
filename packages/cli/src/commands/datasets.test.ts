import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../main.ts";
import { runListDatasets } from "./datasets.ts";

const SYSTEM = "/usr/share/datasets/fashion-mnist";

let cacheDir: string;
let close: () => void;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "mhgan-datasets-"));
  close = () => {};
});
afterEach(async () => {
  close();
  await rm(cacheDir, { recursive: true });
});

async function run(args: readonly string[], signal: AbortSignal = new AbortController().signal) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(["datasets", ...args], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    signal,
  });
  return { code, out: out.join(""), err: err.join("") };
}

async function mirror(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("mhgan datasets list", () => {
  test("prints a row for each", async () => {
    const { code, out, err } = await run(["list"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const rows = out.trim().split("\n").slice(2);
    expect(rows.map((row) => row.split(" ")[0])).toEqual([
      "fashion-mnist",
      "mnist",
      "kmnist",
      "cifar-10",
      "celeba",
    ]);
    expect(rows[0]).toMatch(/30\.9 MB +MIT$/);
    expect(rows[4]).toContain("by hand");
  });

  test("leaves out what is in them where a terminal is too narrow", () => {
    const print = (columns: number): string => {
      let out = "";
      const stdout = { isTTY: true, columns, write: (text: string) => (out += text) };
      runListDatasets({ json: false }, { stdout, stderr: stdout, signal: new AbortController().signal });
      return out;
    };
    expect(print(200)).toContain("grey images");
    const narrow = print(80);
    expect(narrow).not.toContain("grey images");
    expect(narrow).toContain("mhgan datasets info <name> says what is in it");
    expect(narrow.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("--json prints one line for machines", async () => {
    const { code, out } = await run(["list", "--json"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(1);
    const { command, datasets } = JSON.parse(out);
    expect(command).toBe("datasets list");
    expect(datasets).toHaveLength(5);
    expect(datasets[1]).toMatchObject({ name: "mnist", title: "MNIST", licence: "CC BY-SA 3.0" });
  });
});

describe("mhgan datasets info", () => {
  test("prints licence, mirrors, files and checksums", async () => {
    const { code, out } = await run(["info", "fashion-mnist"]);
    expect(code).toBe(0);
    for (const text of [
      "Fashion-MNIST: 60,000 + 10,000 grey images",
      "Licence: MIT",
      "Package of Debian and Ubuntu: dataset-fashion-mnist",
      "  https://raw.githubusercontent.com/zalandoresearch/",
      "train-images-idx3-ubyte.gz",
      "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    ]) {
      expect(out).toContain(text);
    }
  });

  test("says how to get what is not downloaded", async () => {
    const { out } = await run(["info", "celeba"]);
    expect(out).toContain("Not downloaded. Its authors give it to people who agree to their terms");
    expect(out).not.toContain("SHA-256");
  });

  test("--json prints the same for machines", async () => {
    const { out } = await run(["info", "cifar-10", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      command: "datasets info",
      name: "cifar-10",
      files: [{ name: "cifar-10-binary.tar", gzipBytes: 170_052_171, sha256Of: "gzip" }],
    });
  });
});

describe("mhgan datasets fetch", () => {
  test("says what every mirror answered, with exit code 1", async () => {
    const url = await mirror((_, response) => response.writeHead(404).end());
    const { code, out, err } = await run([
      "fetch",
      "mnist",
      "--cache-dir",
      cacheDir,
      "--mirror",
      url,
      `${url}/b`,
    ]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(`${url}/train-images-idx3-ubyte.gz: HTTP 404; ${url}/b/train-images`);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("does not fetch what is got by hand", async () => {
    const { code, err } = await run(["fetch", "celeba"]);
    expect(code).toBe(1);
    expect(err).toContain("get img_align_celeba.zip there");
  });

  test("stops when interrupted, with progress so far on stderr, and exit code 130", async () => {
    const controller = new AbortController();
    const url = await mirror((_, response) => {
      response.writeHead(200, { "content-length": 9_912_422, etag: '"1"' }).write(Buffer.alloc(1000));
      setTimeout(() => controller.abort(new Error("interrupted")), 200);
    });
    const { code, out, err } = await run(
      ["fetch", "mnist", "--cache-dir", cacheDir, "--mirror", url],
      controller.signal,
    );
    expect({ code, out }).toEqual({ code: 130, out: "" });
    expect(err).toContain(`Downloading ${url}/train-images-idx3-ubyte.gz`);
    expect(err).toContain("interrupted");
    expect(await readdir(cacheDir)).toEqual(["train-images-idx3-ubyte.gz.part"]);
  });
});

describe("mhgan datasets path", () => {
  test("fails where the data set is not, without network", async () => {
    const { code, out, err } = await run(["path", "kmnist", "--cache-dir", cacheDir]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trim()).toBe(`mhgan: kmnist is not whole in ${cacheDir}; get it: mhgan datasets fetch kmnist`);
    expect((await run(["path", "celeba"])).err).toContain("get img_align_celeba.zip there");
  });

  if (existsSync(SYSTEM)) {
    test.each(["path", "fetch"])("and %s print the folder where it is, and nothing else", async (command) => {
      expect(await run([command, "fashion-mnist"])).toMatchObject({ code: 0, out: `${SYSTEM}\n` });
      const { out } = await run([command, "fashion-mnist", "--json"]);
      expect(JSON.parse(out)).toEqual({
        command: `datasets ${command}`,
        name: "fashion-mnist",
        kind: "system",
        folder: SYSTEM,
      });
    });
  } else {
    test("looks where the system would have it", async () => {
      const { code, err } = await run(["path", "fashion-mnist", "--cache-dir", cacheDir]);
      expect(code).toBe(1);
      expect(err).toContain(`fashion-mnist is not whole in ${SYSTEM} or ${cacheDir}`);
    });
  }
});

test.each([
  [["info", "mona-lisa"], "Allowed choices are fashion-mnist, mnist, kmnist, cifar-10, celeba"],
  [["fetch"], "missing required argument 'name'"],
  [["fetch", "mnist", "--mirror"], "argument missing"],
  [["burn"], "unknown command"],
])("%j is answered with exit code 2 and a reason", async (args, reason) => {
  const { code, err } = await run(args);
  expect(err).toContain(reason);
  expect(code).toBe(2);
});
