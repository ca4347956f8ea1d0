import type { Reporter, TestModule, Vitest } from "vitest/node";

/**
 * Prints the closing line `N passed, N failed` and fails the run when a test did not run at all: a skipped, todo or
 * focused test would otherwise go unseen.
 */
export default class HonestReporter implements Reporter {
  #filtered = false;

  onInit(vitest: Vitest): void {
    this.#filtered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const notRun: string[] = [];
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failedHere++;
        else notRun.push(`${module.relativeModuleId}: ${test.fullName}`);
      }
      // A file that does not load, and a hook that throws, fail without a failed test.
      failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
    }
    if (!this.#filtered) {
      for (const name of notRun) process.stdout.write(`not run: ${name}\n`);
      failed += notRun.length;
      if (passed === 0) failed = Math.max(failed, 1);
    }
    if (failed > 0) process.exitCode = 1;
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
