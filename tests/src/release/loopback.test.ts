import { describe, expect, it } from "vitest";
import { loopbackRegistry } from "./loopback.ts";

describe("loopbackRegistry", () => {
  it("takes this machine", () => {
    expect(loopbackRegistry("http://127.0.0.1:4873")).toBe("http://127.0.0.1:4873/");
  });

  it.each([
    "https://registry.example.org/",
    "http://127.0.0.1.example.org:4873/",
    "http://127.0.0.1@example.org/",
    "http://localhost:4873/",
    "http://0.0.0.0:4873/",
    "http://192.168.0.1/",
    "https://127.0.0.1/",
    "127.0.0.1",
    "",
  ])("refuses %j", (address) => {
    expect(() => loopbackRegistry(address)).toThrow("must publish to http://127.0.0.1, got");
  });
});
