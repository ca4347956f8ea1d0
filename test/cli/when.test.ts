import { describe, expect, it } from "vitest";
import { toTime } from "../../src/cli/when.js";

/** Saturday, a day after Europe's summer; 23:30 in New York is the day before. */
const now = Date.parse("2026-10-17T03:30:00Z");

function at(typed: string, timeZone: string | number = "UTC"): string {
  return new Date(toTime("--since", typed, { now, timeZone })).toISOString().replace(".000Z", "Z");
}

describe("a point in time", () => {
  it.each([
    ["now", "2026-10-17T03:30:00Z"],
    ["2026-10-16 10:03:07", "2026-10-16T10:03:07Z"],
    ["2026-10-16 10:03", "2026-10-16T10:03:00Z"],
    ["2026-10-16", "2026-10-16T00:00:00Z"],
    ["2026-10-16T10:03:07.866Z", "2026-10-16T10:03:07.866Z"],
    ["2026-10-16T10:03:07+02:00", "2026-10-16T08:03:07Z"],
    ["2026-10-16 10:03:07 UTC", "2026-10-16T10:03:07Z"],
    ["2026-10-16 10:03:07 Europe/Paris", "2026-10-16T08:03:07Z"],
    ["2026-12-16 10:03:07 Europe/Paris", "2026-12-16T09:03:07Z"],
    ["01:15", "2026-10-17T01:15:00Z"],
    ["today", "2026-10-17T00:00:00Z"],
    ["yesterday", "2026-10-16T00:00:00Z"],
    ["yesterday 18:00", "2026-10-16T18:00:00Z"],
    ["tomorrow", "2026-10-18T00:00:00Z"],
    ["@1792231387", "2026-10-17T10:03:07Z"],
    ["2 hours ago", "2026-10-17T01:30:00Z"],
    ["2h30min ago", "2026-10-17T01:00:00Z"],
    ["1 day 1 hour ago", "2026-10-16T02:30:00Z"],
    ["-90min", "2026-10-17T02:00:00Z"],
    ["2h", "2026-10-17T01:30:00Z"],
    ["+1h", "2026-10-17T04:30:00Z"],
    ["1w ago", "2026-10-10T03:30:00Z"],
  ])("%s", (typed, expected) => expect(at(typed)).toBe(expected));

  it("is told in the zone that is given", () => {
    expect(at("today", "America/New_York")).toBe("2026-10-16T04:00:00Z");
    expect(at("yesterday", 120)).toBe("2026-10-15T22:00:00Z");
    expect(at("10:00", "America/New_York")).toBe("2026-10-16T14:00:00Z");
  });

  it.each([
    "",
    "soon",
    "2026-13-01",
    "2026-02-30",
    "25:00",
    "2 parsecs ago",
    "2026-10-17 10:00 Nowhere/Land",
    "-",
    "h",
  ])("is not %j", (typed) => {
    expect(() => at(typed)).toThrow(/--since .*not a point in time/);
  });
});
