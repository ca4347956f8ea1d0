import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Cell,
  type ColumnHead,
  columnsPage,
  csvText,
  incidentTable,
  jsonCell,
  reportTables,
  tableNames,
} from "../../src/render/columns/index.js";
import { toJson } from "../../src/render/index.js";
import { createTriager } from "../../src/triage/index.js";
import { root } from "../house/imports.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const tables = [...Object.values(reportTables), incidentTable];

describe("the tables", () => {
  it("are those that the command names", () => {
    expect(tables.map(({ name }) => name)).toEqual(tableNames);
  });

  it.each(tables)("$name has unique snake_case names, each with a meaning", ({ columns }) => {
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    for (const { name, meaning } of columns) {
      expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
      expect(meaning).toMatch(/\.$/);
    }
  });

  it("are described in docs/columns.md, which scripts/columns.ts writes", () => {
    expect(readFileSync(join(root, "docs/columns.md"), "utf8")).toBe(columnsPage());
  });
});

describe("a table that needs no finding", () => {
  it.each(samples)("has the same rows without them: $name", ({ name, lines }) => {
    const [all, limit] = [analyseText(name, lines), analyseText(name, lines, "limit")];
    for (const { findings, rowsOf } of Object.values(reportTables)) {
      if (findings === "limit") expect(limit.flatMap(rowsOf)).toEqual(all.flatMap(rowsOf));
    }
  });
});

/** Whether a value is of the type that its column says. */
function isOfType(value: Cell, { type }: ColumnHead): boolean {
  if (value === null) return true;
  if (type === "integer") return typeof value === "bigint" || Number.isInteger(value);
  if (type === "real") return typeof value === "number" && Number.isFinite(value);
  return typeof value === { text: "string", boolean: "boolean", time: "bigint" }[type];
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The plain values of an object, by their names in a table: `kernel.release` is `kernel_release`. */
function flat(object: object, prefix = ""): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      const path = `${prefix}${snake(name)}`;
      if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? [] : Object.entries(flat(value, `${path}_`));
      }
      return [[path, value]];
    }),
  );
}

describe.each(samples)("$name", ({ name, lines }) => {
  const analyses = analyseText(name, lines);
  const rowsOf = (table: keyof typeof reportTables) =>
    analyses.map((analysis) => {
      const { columns, rowsOf: rows } = reportTables[table];
      return rows(analysis).map((row) =>
        Object.fromEntries(columns.map((column, at) => [column.name, row[at] ?? null])),
      );
    });

  it("has as many rows as the report has parts, of the types that the columns say", () => {
    const counts = {
      reports: () => 1,
      tasks: ({ report }: (typeof analyses)[number]) => report.tasks.length,
      zones: ({ report }: (typeof analyses)[number]) => report.memInfo?.zones.length ?? 0,
      memcg: ({ report }: (typeof analyses)[number]) =>
        report.memcg === null ? 0 : Math.max(1, report.memcg.stats.length),
      kills: ({ report }: (typeof analyses)[number]) => report.kills.length,
      findings: ({ findings }: (typeof analyses)[number]) => findings.length,
    };
    for (const [table, count] of Object.entries(counts)) {
      const { columns, rowsOf: rows } = reportTables[table as keyof typeof counts];
      for (const analysis of analyses) {
        const all = rows(analysis);
        expect(all).toHaveLength(count(analysis));
        for (const row of all) {
          for (const [at, column] of columns.entries()) {
            if (!isOfType(row[at] ?? null, column)) throw new Error(`${table}.${column.name}: ${String(row[at])}`);
          }
        }
      }
    }
  });

  it("says in the table of reports what the JSON says under the same names", () => {
    for (const [index, [row = {}]] of rowsOf("reports").entries()) {
      const analysis = analyses[index];
      if (analysis === undefined) throw new Error("no analysis");
      const json = flat((toJson(analysis, { verbose: false }) as { report: object }).report);
      const same = Object.keys(row).filter((column) => column in json && column !== "time");
      expect(same.length).toBeGreaterThan(15);
      for (const column of same)
        expect([column, jsonCell(row[column] ?? null, "text")]).toEqual([column, json[column]]);
    }
  });

  it("says in the table of tasks what the JSON says", () => {
    for (const [index, rows] of rowsOf("tasks").entries()) {
      const report = (
        toJson(analyses[index] as (typeof analyses)[number], { verbose: false }) as { report: { tasks: object[] } }
      ).report;
      for (const [at, task] of report.tasks.entries()) {
        for (const [field, value] of Object.entries(flat(task))) {
          if (!field.startsWith("other"))
            expect([field, jsonCell(rows[at]?.[field] ?? null, "text")]).toEqual([field, value]);
        }
      }
    }
  });

  it("makes incidents whose rows are of the types that the columns say", () => {
    const triager = createTriager();
    for (const analysis of analyses) triager.push(analysis);
    const { incidents } = triager.result();
    expect(incidents.reduce((sum, { count }) => sum + count, 0)).toBe(analyses.length);
    for (const incident of incidents) {
      for (const [at, value] of incidentTable.row(incident).entries()) {
        const column = incidentTable.columns[at];
        if (column === undefined || !isOfType(value, column)) throw new Error(`${column?.name}: ${String(value)}`);
      }
    }
  });
});

describe("a CSV cell", () => {
  it.each<[Cell, ColumnHead["type"], string]>([
    ["=1+1", "text", "'=1+1"],
    ["+1", "text", "'+1"],
    ["-1", "text", "'-1"],
    ["@x", "text", "'@x"],
    ["\tx", "text", "'\tx"],
    ["\rx", "text", "'\rx"],
    ["'x", "text", "''x"],
    ["x=1", "text", "x=1"],
    ["a\\b\udcff", "text", "a\\\\b\\xff"],
    ["a\0b", "text", "a\\x00b"],
    [-1, "integer", "-1"],
    [-0.5, "real", "-0.5"],
    [null, "text", ""],
    [1_792_231_387_866_956n, "time", "2026-10-17T10:03:07.866956Z"],
    [-1n, "time", "1969-12-31T23:59:59.999999Z"],
  ])("of %o, %s, is %o", (value, type, cell) => {
    expect(csvText(value, type)).toBe(cell);
  });
});
