import { describe, expect, it } from "vitest";
import { type Selection, select } from "../../src/cli/selection.js";
import type { Analysis } from "../../src/model/analysis.js";

/** As much of an analysis as a selection looks at. */
function analysis(line: number, host: string): Analysis {
  return { report: { line, host } } as Analysis;
}

async function selected(selection: Partial<Selection>): Promise<{ lines: number[]; read: number }> {
  let read = 0;
  async function* analyses(): AsyncGenerator<Analysis> {
    for (const host of ["a", "b", "a", "b"]) yield analysis(++read, host);
  }
  const lines: number[] = [];
  for await (const { report } of select(analyses(), { report: "all", host: undefined, ...selection })) {
    lines.push(report.line);
  }
  return { lines, read };
}

describe("select", () => {
  it("takes all", async () => {
    expect(await selected({})).toEqual({ lines: [1, 2, 3, 4], read: 4 });
  });

  it("takes one by number, and reads no further", async () => {
    expect(await selected({ report: 2 })).toEqual({ lines: [2], read: 2 });
    expect(await selected({ report: 5 })).toEqual({ lines: [], read: 4 });
  });

  it("takes the last", async () => {
    expect(await selected({ report: "last" })).toEqual({ lines: [4], read: 4 });
  });

  it("counts the reports of a host", async () => {
    expect(await selected({ host: "b" })).toEqual({ lines: [2, 4], read: 4 });
    expect(await selected({ host: "b", report: 2 })).toEqual({ lines: [4], read: 4 });
    expect(await selected({ host: "a", report: "last" })).toEqual({ lines: [3], read: 4 });
  });
});
