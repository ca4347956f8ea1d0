import { describe, expect, it } from "vitest";
import { monthOf } from "../../src/input/clock/months.js";
import { readText } from "./read-text.js";

function times(lines: readonly string[], options = {}): (string | null)[] {
  return readText(lines.join("\n"), options).lines.map(({ wallUsec }) =>
    wallUsec === null ? null : new Date(wallUsec / 1000).toISOString(),
  );
}

const syslog = (date: string): string => `${date} web-07 kernel: x`;

describe("a stamp without year", () => {
  it("lies before the source was written", () => {
    const lines = [syslog("Dec 20 10:00:00"), syslog("Jan  5 10:00:00")];
    expect(times(lines, { modifiedAt: Date.UTC(2026, 0, 5, 12) })).toEqual([
      "2025-12-20T10:00:00.000Z",
      "2026-01-05T10:00:00.000Z",
    ]);
  });

  it("may lie a day ahead, for zones", () => {
    expect(times([syslog("Jan  1 00:30:00")], { modifiedAt: Date.UTC(2025, 11, 31, 23) })).toEqual([
      "2026-01-01T00:30:00.000Z",
    ]);
  });

  it("goes on from the stamp before it, over the turn of the year and back", () => {
    const lines = ["Dec 31 23:59:59", "Jan  1 00:00:00", "Dec 31 23:59:58", "Jan  1 00:00:01"].map(syslog);
    expect(times(lines, { modifiedAt: Date.UTC(2024, 5, 1) }).map((time) => time?.slice(0, 4))).toEqual([
      "2023",
      "2024",
      "2023",
      "2024",
    ]);
  });

  it("takes the user's year for the first one", () => {
    const { lines, notes } = readText([syslog("Dec 31 10:00:00"), syslog("Jan  1 10:00:00")].join("\n"), {
      year: 2019,
    });
    expect(lines.map(({ wallUsec }) => new Date((wallUsec ?? 0) / 1000).getUTCFullYear())).toEqual([2019, 2020]);
    expect(notes).toEqual([]);
  });

  it("takes the year of full dates around it", () => {
    const lines = ["2019-03-01T10:00:00Z web-07 kernel: x", syslog("Mar  1 10:00:05")];
    expect(times(lines)[1]).toBe("2019-03-01T10:00:05.000Z");
  });

  it("needs a leap year for 29 February", () => {
    expect(times([syslog("Feb 29 10:00:00")])).toEqual(["2024-02-29T10:00:00.000Z"]);
  });

  it("is told once", () => {
    const { lines, notes } = readText([syslog("Oct 17 10:03:07"), syslog("Oct 17 10:03:08")].join("\n"));
    expect(lines[0]?.timeSource).toBe("year-inferred");
    expect(notes).toMatchObject([{ code: "year-inferred", line: 1, severity: "info" }]);
  });

  it("has no time where there is no such day", () => {
    expect(times([syslog("Feb 30 10:00:00")])).toEqual([null]);
  });
});

describe("a zone", () => {
  const dmesg = (time: string): string => `[Sun Oct 25 ${time} 2026] x`;

  it("is the user's where the stamp names none", () => {
    expect(times([syslog("Jul  1 12:00:00")], { timeZone: "Europe/Paris" })).toEqual(["2026-07-01T10:00:00.000Z"]);
    expect(times([syslog("Nov  1 12:00:00")], { timeZone: "Europe/Paris" })).toEqual(["2026-11-01T11:00:00.000Z"]);
    expect(times([syslog("Jul  1 12:00:00")], { timeZone: 330 })).toEqual(["2026-07-01T06:30:00.000Z"]);
  });

  it("follows the order in the hour that the clock repeats", () => {
    const lines = ["02:30:00", "02:59:59", "02:00:01", "02:30:00", "03:00:00"].map(dmesg);
    expect(times(lines, { timeZone: "Europe/Paris" })).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T00:59:59.000Z",
      "2026-10-25T01:00:01.000Z",
      "2026-10-25T01:30:00.000Z",
      "2026-10-25T02:00:00.000Z",
    ]);
  });

  it("by name only is read as the user's", () => {
    const line = "Sat 2026-10-17 12:03:07 CEST web-07 kernel: x";
    expect(times([line], { timeZone: "Europe/Paris" })).toEqual(["2026-10-17T10:03:07.000Z"]);
  });

  it("that is unknown is refused", () => {
    expect(() => readText("x", { timeZone: "Europe/Atlantis" })).toThrow(RangeError);
  });
});

describe("dmesg -e", () => {
  it("adds up what passed since the minute was told", () => {
    const lines = ["[Nov23 07:43] a", "[  +0.500000] b", "[ +10,250000] c", "[Nov23 07:44] d"];
    expect(times(lines)).toEqual([
      "2026-11-23T07:43:00.000Z",
      "2026-11-23T07:43:00.500Z",
      "2026-11-23T07:43:10.750Z",
      "2026-11-23T07:44:00.000Z",
    ]);
  });
});

describe("a month", () => {
  it.each([
    ["Nov", 11],
    ["nov.", 11],
    ["juin", 6],
    ["juil.", 7],
    ["févr.", 2],
    ["Mär", 3],
    ["Dez", 12],
    ["окт", 10],
    ["ноя", 11],
    ["10月", 10],
    ["12월", 12],
    ["kwi", 4],
    // June in Croatian, July in Polish.
    ["lip", null],
    ["13月", null],
    ["xyz", null],
  ])("%s", (name, month) => {
    expect(monthOf(name)).toBe(month);
  });

  it("that is unknown leaves the line without wall time, and its text whole", () => {
    const { lines } = readText("[月 12日 24 16:02:24 2017] [ 172] 0 172 10553 722 23 1375 0 systemd-journal");
    expect(lines).toMatchObject([{ text: "[ 172] 0 172 10553 722 23 1375 0 systemd-journal", wallUsec: null }]);
  });
});
