import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const SHARED_TESTS = "test/**/*.shared.test.ts";
const hasShared = existsSync(new URL("../shared", import.meta.url));
if (!hasShared) process.stdout.write("not run: ../shared missing\n");

const common = { disableConsoleIntercept: true, setupFiles: ["test/house/fast-check.ts"], testTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ["default", "./test/house/honest-reporter.ts"],
    projects: [
      { test: { ...common, name: "unit", include: ["test/**/*.test.ts"], exclude: [SHARED_TESTS] } },
      ...(hasShared ? [{ test: { ...common, name: "shared", include: [SHARED_TESTS] } }] : []),
    ],
  },
});
