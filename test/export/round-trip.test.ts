import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cell, type ColumnHead, reportTables } from "../../src/render/columns/index.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { hostileName } from "./hostile-name.js";
import { type FileFormat, fileFormats, fileOf, logTextOf, readBack } from "./read-back.js";

const columns: readonly ColumnHead[] = [
  { name: "name", type: "text", meaning: "" },
  { name: "pid", type: "integer", meaning: "" },
  { name: "note", type: "text", meaning: "" },
];

describe.each(fileFormats)("%s", (format) => {
  it("gives hostile names back, whatever the number of rows at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(hostileName, fc.integer(), hostileName), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, atOnce) => {
          const back = await readBack[format](await fileOf(format, columns, rows, atOnce));
          expect(
            back.map(({ name, note }) => [logTextOf(String(name), format), logTextOf(String(note), format)]),
          ).toEqual(rows.map(([name, , note]) => [name, note]));
          expect(back.map(({ pid }) => Number(pid))).toEqual(rows.map(([, pid]) => pid));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives 64-bit integers, times, truth and absence back", async () => {
    const types: readonly ColumnHead[] = [
      { name: "i", type: "integer", meaning: "" },
      { name: "t", type: "time", meaning: "" },
      { name: "b", type: "boolean", meaning: "" },
      { name: "r", type: "real", meaning: "" },
      { name: "s", type: "text", meaning: "" },
    ];
    const rows: Cell[][] = [
      [9_223_372_036_854_775_807n, 1_792_231_387_866_956n, true, 0.25, "x"],
      [-9_223_372_036_854_775_808n, 1_792_231_387_000_000n, false, -3, "-3"],
      [null, null, null, null, null],
    ];
    const expected: Record<FileFormat, unknown[]> = {
      csv: [
        { i: "9223372036854775807", t: "2026-10-17T10:03:07.866956Z", b: "true", r: "0.25", s: "x" },
        { i: "-9223372036854775808", t: "2026-10-17T10:03:07Z", b: "false", r: "-3", s: "'-3" },
        { i: "", t: "", b: "", r: "", s: "" },
      ],
      ndjson: [
        { i: "9223372036854775807", t: "2026-10-17T10:03:07.866956Z", b: true, r: 0.25, s: "x" },
        { i: "-9223372036854775808", t: "2026-10-17T10:03:07Z", b: false, r: -3, s: "-3" },
        { i: null, t: null, b: null, r: null, s: null },
      ],
      parquet: [
        { i: 9_223_372_036_854_775_807n, t: { microseconds: 1_792_231_387_866_956n }, b: true, r: 0.25, s: "x" },
        { i: -9_223_372_036_854_775_808n, t: { microseconds: 1_792_231_387_000_000n }, b: false, r: -3, s: "-3" },
        { i: null, t: null, b: null, r: null, s: null },
      ],
    };
    const back = await readBack[format](await fileOf(format, types, rows));
    expect(back).toEqual(expected[format]);
  });

  it("holds no character that steers a terminal, where it is text", async () => {
    if (format === "parquet") return;
    await fc.assert(
      fc.asyncProperty(hostileName, async (name) => {
        const text = (await fileOf(format, columns, [[name, 1, name]])).toString("utf8").replace(/[\t\n\r]/g, "");
        expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
      }),
      { numRuns: 300 },
    );
  });

  it("is a table without rows, too", async () => {
    const file = await fileOf(format, columns, []);
    expect(await readBack[format](file)).toEqual([]);
    if (format === "csv") expect(file.toString("utf8")).toBe("name,pid,note\r\n");
  });

  it.each(["6.12.107+deb13-cloud-amd64_amd64/g_comm_nl", "7.3.4+deb13-cloud-amd64_amd64/g_comm_fake"])(
    "gives the names of %s back",
    async (name) => {
      const analyses = analyseText(name, sample(name).lines);
      const rows = analyses.flatMap((analysis) => reportTables.tasks.rowsOf(analysis));
      const back = await readBack[format](await fileOf(format, reportTables.tasks.columns, rows));
      expect(back.map((row) => [Number(row["pid"]), logTextOf(String(row["name"]), format)])).toEqual(
        analyses.flatMap(({ report }) => report.tasks.map((task) => [task.pid, task.name])),
      );
    },
  );
});

describe("a value that its type does not hold", () => {
  it("is null in Parquet, and whole elsewhere", async () => {
    const head: readonly ColumnHead[] = [{ name: "kb", type: "integer", meaning: "" }];
    const rows = [[18_446_744_073_709_551_615n]];
    expect(await readBack.parquet(await fileOf("parquet", head, rows))).toEqual([{ kb: null }]);
    expect(await readBack.csv(await fileOf("csv", head, rows))).toEqual([{ kb: "18446744073709551615" }]);
  });
});

describe("CSV", () => {
  it("holds nothing that a terminal obeys or hides but tab, LF and CR, which its quotes hold", async () => {
    const names = ["\x1b]8;;http://e\x07x", "a\u009b2J", "\u202egpj", "a\u2028b\u200b", "a\tb\nc\rd", "\u{e0041}"];
    const file = await fileOf(
      "csv",
      [{ name: "name", type: "text", meaning: "" }],
      names.map((name) => [name]),
    );
    expect(file.toString("utf8").slice("name\r\n".length)).toBe(
      ["\\x1b]8;;http://e\\x07x", "a\\u009b2J", "\\u202egpj", "a\\u2028b\\u200b", '"a\tb\nc\rd"', "\\u{e0041}"]
        .map((cell) => `${cell}\r\n`)
        .join(""),
    );
  });

  it("is read by Python's csv module as it was written", async () => {
    const names = fc.sample(hostileName, { numRuns: 500, seed: 17 });
    const file = join(temporaryFolder(), "hostile.csv");
    writeFileSync(
      file,
      await fileOf(
        "csv",
        columns,
        names.map((name, index) => [name, index, name]),
      ),
    );
    const script = `import csv, json, sys
print(json.dumps([[r["name"], r["pid"], r["note"]] for r in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"))]))`;
    const rows: string[][] = JSON.parse(execFileSync("python3", ["-c", script, file]).toString("utf8"));
    expect(
      rows.map(([name = "", pid, note = ""]) => [logTextOf(name, "csv"), Number(pid), logTextOf(note, "csv")]),
    ).toEqual(names.map((name, index) => [name, index, name]));
  });
});
