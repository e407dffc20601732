import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/*.test.ts", "test/unit/**/*.test.ts"],
          // Property tests take their time where two cores do other things as well.
          testTimeout: 60_000,
        },
      },
      { test: { name: "protocol", include: ["test/protocol/**/*.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "grammar",
          include: ["test/editor/grammar/**/*.test.ts"],
          globalSetup: "test/setup/vscode-for-vitest.ts",
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          globalSetup: "test/setup/engine-for-vitest.ts",
          // A first build of a Go service takes half a minute on two cores.
          testTimeout: 180_000,
          hookTimeout: 600_000,
          // Real programs on a busy machine: two more tries, which the report tells of.
          retry: 2,
          // They share one engine, and builds are the machine's whole work anyway.
          fileParallelism: false,
        },
      },
    ],
  },
});
