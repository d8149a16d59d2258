import { defineConfig } from "vitest/config";

const environment = {
  setupFiles: ["tests/setup/websocket.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // Every file may hold connections to the one stack; more at once only wait for each other.
    maxWorkers: 2,
    slowTestThreshold: 5_000,
    // supabase-js says so in every file; that it works here is what the tests show.
    onConsoleLog: (text) =>
      text.includes("Node.js 20 and below are deprecated") ? false : undefined,
    projects: [
      {
        test: {
          ...environment,
          name: "unit",
          include: [
            "supabase/functions/**/*.test.ts",
            "client/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
        },
      },
      {
        test: {
          ...environment,
          name: "e2e",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/stack/**", "tests/benchmarks/**"],
          globalSetup: ["tests/setup/stack.ts"],
        },
      },
      {
        // What the stack itself promises, and that the benchmarks run: these start stacks of their own.
        test: {
          ...environment,
          name: "stack",
          include: ["tests/stack/**/*.test.ts", "tests/benchmarks/*.test.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
