import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    // A name on the command line would also match the files whose names end in it.
    include: [process.env["E2E_FILE"] ?? "**/*.e2e.ts"],
    // One gateway and one browser for all: what one test submits another would see.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
