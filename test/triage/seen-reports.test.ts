import { describe, expect, it } from "vitest";
import { SeenReports, type Sighted } from "../../src/triage/seen-reports.js";

const report = (parts: Partial<Sighted>): Sighted => {
  return { source: "a.log", line: 1, host: null, id: "0123456789abcdef", uptimeSeconds: null, time: null, ...parts };
};

/** Which of a row of reports are taken for repeats. */
function repeatsAmong(...reports: Partial<Sighted>[]): boolean[] {
  const seen = new SeenReports();
  return reports.map((one, index) => seen.isRepeat(report({ line: index + 1, ...one })));
}

describe("a report that prints what an earlier one printed", () => {
  it("is another while the clock of its source goes on, however little", () => {
    expect(repeatsAmong({ uptimeSeconds: 117.2 }, { uptimeSeconds: 119.2 }, { uptimeSeconds: 119.21 })).toEqual([
      false,
      false,
      false,
    ]);
    expect(repeatsAmong({ time: "2026-10-17T10:03:01Z" }, { time: "2026-10-17T10:03:01Z" })).toEqual([false, false]);
  });

  it("is the same where the clock falls back, or another one begins: a log and its journal in one file", () => {
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { uptimeSeconds: 9.4 }, { uptimeSeconds: 5.1003 })).toEqual([
      false,
      false,
      true,
    ]);
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { time: "2026-10-17T10:03:01Z" })).toEqual([false, true]);
    expect(repeatsAmong({}, {})).toEqual([false, true]);
  });

  it("is the same in another source, and another there at another time of the kernel's clock", () => {
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { source: "b.log", uptimeSeconds: 5.1 })).toEqual([false, true]);
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { source: "b.log", uptimeSeconds: 7.1 })).toEqual([false, false]);
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { source: "b.log" })).toEqual([false, true]);
  });

  it("is the same in a source that is given twice", () => {
    expect(repeatsAmong({ uptimeSeconds: 5.1 }, { line: 1, uptimeSeconds: 5.1 })).toEqual([false, true]);
  });

  it("is another on another host, and the same where one of two sources names none", () => {
    expect(repeatsAmong({ host: "web1" }, { source: "b.log", host: "web2" })).toEqual([false, false]);
    expect(repeatsAmong({ host: "web1" }, { source: "b.log" })).toEqual([false, true]);
    expect(repeatsAmong({}, { source: "b.log", host: "web1" })).toEqual([false, true]);
  });
});
