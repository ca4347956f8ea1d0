import { describe, expect, it } from "vitest";
import { parse, sample } from "./samples.js";

describe("a failed allocation", () => {
  const { lines } = sample("6.12.117+deb13-cloud-amd64_amd64/g_uid_max");
  const failure = "<4>[    0.900000] swapoff: page allocation failure: order:0, mode:0x100cca(GFP_HIGHUSER_MOVABLE)";
  const other = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `<6>[    0.90000${index % 10}] usb 1-1: new device`);

  // Found by test/node/fuzz.test.ts.
  it.each([0, 1, 40, 63])("does not swallow a report that begins %d lines later", (count) => {
    const { reports } = parse([failure, ...other(count), ...lines]);
    expect(reports.map(({ complete, trigger }) => ({ complete, line: trigger?.line }))).toEqual([
      { complete: true, line: count + 2 },
    ]);
  });
});
