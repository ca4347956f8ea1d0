import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { renderListText, renderText } from "../../src/render/index.js";
import { analyseText } from "./analyse-text.js";

const folder = fileURLToPath(new URL("../../../shared/corpus/logs/", import.meta.url));
const files = readdirSync(folder);

/** The reports of the public log of a number. */
function reportsOf(number: string): Analysis[] {
  const file = files.find((name) => name.startsWith(`${number}-`)) ?? "";
  return analyseText(file, decodeBytes(readFileSync(`${folder}${file}`)).split("\n"));
}

function one(analysis: Analysis | undefined): Analysis {
  if (analysis === undefined) throw new Error("no report");
  return analysis;
}

const plain = { width: 200, paint: null, verbose: false, trace: false };
const textOf = (analysis: Analysis): string => renderText(analysis, plain).replace(/\s+/g, " ");

describe("an excerpt of a report", () => {
  // 140: a header and one row between the end of Mem-Info and the choice. 048: nothing between trigger and header. 081: one
  // row in a mail.
  it.each([
    ["140", 4358],
    ["048", 13432],
    ["081", 57],
  ])("%s does not show that its rows are the whole table: undecidable", (number, pid) => {
    const { report, verdict } = one(reportsOf(number)[0]);
    expect(report.taskTable?.cut).toBe(true);
    expect(verdict).toMatchObject({ kind: "undecidable", missing: ["rows of the task table"] });
    expect(verdict.possibleVictims?.map((victim) => victim.pid)).toEqual([pid, null]);
  });

  // 134,371 pages resident of 524,288 kB charged: nobody else has anything.
  it("161 is whole where its one row holds all that the cgroup has", () => {
    const { report, verdict } = one(reportsOf("161")[0]);
    expect(report.taskTable?.cut).toBe(false);
    expect(verdict.kind).toBe("agrees");
  });
});

describe("a report that names no victim", () => {
  it("013 says of the re-run's pick what the log leaves open of it", () => {
    const last = one(reportsOf("013").at(-1));
    expect(last.verdict).toMatchObject({
      kind: "none",
      reason: "not-printed",
      missing: ["swap of each task", "page tables of each task", "rows of the task table"],
    });
    expect(textOf(last)).toContain(
      "it picks php-fpm (pid 14396) with ≥6 of 1000 points, or rg-listener (pid 3287) or a process whose row is not in this log; not in this log: swap of each task",
    );
  });
});

describe("a list", () => {
  it("161 names the chosen task where the kill line is not in the log", () => {
    const text = renderListText(one(reportsOf("161")[0]), plain);
    expect(text).toContain("java (pid 27281), chosen");
    expect(text).not.toContain("nobody");
  });

  it("013 does not say that nobody died where the log ends", () => {
    expect(renderListText(one(reportsOf("013").at(-1)), plain)).toMatch(/no victim +not told/);
  });
});

describe("totalpages in words", () => {
  // 35,163 pages are 1073 thousandths of 32,741 to 32,770 pages, and the limit alone is 32,768.
  it("142 is what the printed score leaves of it, whose line names a thread", () => {
    const analysis = one(reportsOf("142")[0]);
    expect(analysis.scenario?.totalPages).toMatchObject({ min: 32768, max: 32770 });
    expect(textOf(analysis)).toContain("at least 32,768 pages (128 MiB) and at most 32,770 pages");
  });

  it("175 is a sentence where nothing but the printed score tells it", () => {
    expect(textOf(one(reportsOf("175")[0]))).toContain(
      "totalpages is at least 1,856,509 pages (7.08 GiB) and at most 1,916,211 pages, from the printed score.",
    );
  });
});
