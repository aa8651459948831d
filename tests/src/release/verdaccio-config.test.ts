import { describe, expect, it } from "vitest";
import { secretsOf } from "./npm-settings.ts";
import { uplinkTokenVariable, verdaccioConfig } from "./verdaccio-config.ts";

const plain = {
  registry: "https://registry.example.org/",
  credentials: undefined,
  certificates: undefined,
  strictSsl: true,
  httpProxy: undefined,
  httpsProxy: undefined,
  noProxy: undefined,
};

describe("verdaccioConfig", () => {
  it("listens on this machine, closes itself to other users, and never looks for our packages elsewhere", () => {
    const config = verdaccioConfig("/folder", 4873, plain);
    expect(config).toMatchObject({
      listen: "127.0.0.1:4873",
      storage: "/folder/storage",
      auth: { htpasswd: { max_users: 1 } },
      uplinks: { npm: { url: "https://registry.example.org/" } },
      packages: { "@mhgan/*": { publish: "rehearsal" }, "**": { publish: "nobody", proxy: "npm" } },
    });
    const { packages } = config as { packages: Record<string, object> };
    expect(packages["@mhgan/*"]).not.toHaveProperty("proxy");
    // The first pattern that fits is the one that counts.
    expect(Object.keys(packages)).toEqual(["@mhgan/*", "**"]);
  });

  it("reaches npm's registry as npm does, and holds no token", () => {
    const config = verdaccioConfig("/folder", 1, {
      ...plain,
      credentials: { type: "bearer", token: "npm_secret" },
      certificates: "PEM",
      strictSsl: false,
      httpsProxy: "http://proxy.example.org:3128",
      noProxy: "localhost,example.org",
    });
    expect(config).toMatchObject({
      uplinks: {
        npm: { ca: "PEM", strict_ssl: false, auth: { type: "bearer", token_env: uplinkTokenVariable } },
      },
      https_proxy: "http://proxy.example.org:3128",
      no_proxy: "localhost,example.org",
    });
    expect(config).not.toHaveProperty("http_proxy");
    expect(JSON.stringify(config)).not.toContain("npm_secret");
  });
});

describe("secretsOf", () => {
  it("finds tokens, and passwords in addresses and in base64", () => {
    expect(
      secretsOf({
        ...plain,
        registry: "https://me:pass%20word@example.org/",
        credentials: { type: "basic", token: Buffer.from("you:other").toString("base64") },
        httpProxy: "http://token@proxy.example.org",
      }),
    ).toEqual(["eW91Om90aGVy", "other", "pass word", "token"]);
    expect(secretsOf(plain)).toEqual([]);
  });
});
