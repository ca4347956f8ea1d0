import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { hasChromium, missingChromium } from "./test/page/chromium-path.js";
import { hasNats, missingNats } from "./test/stage/nats/nats-server.js";

const SHARED_TESTS = "test/**/*.shared.test.ts";
const BROWSER_TESTS = "test/**/*.browser.test.ts";
const ENGINE_TESTS = "test/**/*.engine.test.ts";
const hasShared = existsSync(new URL("../shared", import.meta.url));
if (!hasShared) process.stdout.write("not run: ../shared missing\n");
// Where it must be there (OOMLOG_BROWSER=required) the tests are run, and fail without it.
const wantsBrowser = hasChromium || process.env["OOMLOG_BROWSER"] === "required";
if (!wantsBrowser) process.stdout.write(`not run: the tests in a browser; ${missingChromium}\n`);

const wantsEngine = hasNats || process.env["OOMLOG_ENGINE"] === "required";
if (!wantsEngine) process.stdout.write(`not run: the test with a stream engine; ${missingNats}\n`);

const common = {
  disableConsoleIntercept: true,
  setupFiles: ["test/house/fast-check.ts"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // One less than the processors is the default: half of them on a small machine.
    maxWorkers: "100%",
    reporters: ["default", "./test/house/honest-reporter.ts"],
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [SHARED_TESTS, BROWSER_TESTS, ENGINE_TESTS],
        },
      },
      ...(hasShared ? [{ test: { ...common, name: "shared", include: [SHARED_TESTS] } }] : []),
      ...(wantsEngine ? [{ test: { ...common, name: "engine", include: [ENGINE_TESTS] } }] : []),
      ...(wantsBrowser
        ? [
            {
              test: {
                ...common,
                name: "browser",
                include: [BROWSER_TESTS],
                globalSetup: "test/page/chromium.ts",
                // One browser on the processors that there are.
                fileParallelism: false,
              },
            },
          ]
        : []),
    ],
  },
});
