import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  counted,
  formatBytes,
  formatKb,
  formatLines,
  formatPages,
  formatShare,
  formatUptime,
  GLUE,
  grouped,
} from "../../src/render/quantity.js";

const spaced = (text: string): string => text.replaceAll(GLUE, " ");

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1,023 B"],
    [1024, "1 KiB"],
    [4096, "4 KiB"],
    [1000 * 1024, "1,000 KiB"],
    [1536, "1.50 KiB"],
    [1024 * 1024, "1.00 MiB"],
    [1023.5 * 1024 * 1024, "1.00 GiB"],
    [1023.4 * 1024 * 1024 - 0.4, "1,023 MiB"],
    [9.994 * 2 ** 20 - 0.144, "9.99 MiB"],
    [10 * 2 ** 20, "10.0 MiB"],
    [99.94 * 2 ** 20 - 0.44, "99.9 MiB"],
    [100 * 2 ** 20, "100 MiB"],
    [-2048, "-2 KiB"],
    [9223372036854771712n, "8.00 EiB"],
    [18446744073709551615n * 1024n, "16,384 EiB"],
  ])("%s is %s", (bytes, text) => {
    expect(spaced(formatBytes(typeof bytes === "bigint" ? bytes : Math.round(bytes)))).toBe(text);
  });

  it("is off by half a unit of its last digit at most", () => {
    const factors = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, PiB: 2 ** 50, EiB: 2 ** 60 };
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n }), (bytes) => {
        const [number = "", unit = "B"] = spaced(formatBytes(bytes)).replaceAll(",", "").split(" ");
        const decimals = number.includes(".") ? number.length - number.indexOf(".") - 1 : 0;
        const factor = factors[unit as keyof typeof factors];
        const error = Math.abs(Number(number) * factor - Number(bytes));
        // Rounded to hundredths first, then to three digits.
        expect(error).toBeLessThanOrEqual(factor * (0.5 * 10 ** -decimals + 0.0051));
      }),
    );
  });
});

test("kB and pages are the same sizes", () => {
  expect(spaced(formatKb(65536))).toBe("64.0 MiB");
  expect(spaced(formatKb(9007199254740988n))).toBe("8.00 EiB");
  expect(spaced(formatPages(43808, 4096))).toBe("171 MiB");
  expect(spaced(formatPages(10978, 16384))).toBe("172 MiB");
  expect(spaced(formatPages(0.5, 65536))).toBe("32 KiB");
});

test("grouped and counted", () => {
  expect([0, 999, 1000, 1706321, -43808, 9223372036854775807n].map(grouped)).toEqual([
    "0",
    "999",
    "1,000",
    "1,706,321",
    "-43,808",
    "9,223,372,036,854,775,807",
  ]);
  expect(
    [counted(1, "page"), counted(1n, "page"), counted(0, "page"), counted(2, "entry", "entries")].map(spaced),
  ).toEqual(["1 page", "1 page", "0 pages", "2 entries"]);
});

test.each([
  [0, 100, "0 %"],
  [4, 100_000, "< 0.1 %"],
  [12, 1000, "1.2 %"],
  [994, 10_000, "9.9 %"],
  [996, 10_000, "10 %"],
  [700, 1000, "70 %"],
  [2660, 100, "2,660 %"],
  [1, 0, ""],
])("%d of %d is %s", (part, whole, text) => {
  expect(spaced(formatShare(part, whole))).toBe(text);
});

test.each([
  [2.84, "2.8 s"],
  [59.96, "59.9 s"],
  [60, "1 min 0 s"],
  [455, "7 min 35 s"],
  [3600, "1 h 0 min"],
  [15178000, "175 d 16 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(spaced(formatUptime(seconds))).toBe(text);
});

test.each([
  [[7], "7"],
  [[9, 7, 8, 7], "7-9"],
  [[1, 3, 4, 9], "1,3-4,9"],
  [[1, 3, 5, 7, 9], "1,3,5,7,…"],
])("lines %j are %s", (lines, text) => {
  expect(formatLines(lines)).toBe(text);
});
