import { defineConfig } from "vite";

export default defineConfig({
  // Addresses are relative, so that the folder works from any place on any server.
  base: "./",
  // The worker imports others' modules as it is; browsers that know WebAssembly SIMD know module workers.
  worker: { format: "es" },
  build: { target: "es2022" },
});
