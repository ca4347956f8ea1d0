/** Tables of analyses: what the columns are, and the rows of an analysis. */
import type { Analysis } from "../../model/analysis.js";
import type { Incident } from "../../model/incident.js";
import type { Cell, Column, ColumnType, Table, TableName } from "./column.js";
import { findingRows, findings } from "./findings.js";
import { incidents } from "./incidents.js";
import { killRows, kills } from "./kills.js";
import { memcg, memcgRows } from "./memcg.js";
import { columnReference } from "./reference.js";
import { type ReportRow, reportRow, reports } from "./reports.js";
import { taskRows, tasks } from "./tasks.js";
import { zoneRows, zones } from "./zones.js";

export { cellText, csvText, jsonCell, printableText } from "./cell.js";
export { type Cell, type Column, type ColumnType, type Table, type TableName, tableNames } from "./column.js";

/** A column without its row type: what a writer needs to know. */
export type ColumnHead = Pick<Column<never>, "name" | "type" | "meaning">;

/** A table whose rows come from analyses, one by one. */
export interface ReportTable {
  readonly name: TableName;
  readonly meaning: string;
  readonly columns: readonly ColumnHead[];
  /** What its columns need of an analysis: `limit` is enough where no cause and no accounting is in them. */
  readonly findings: "all" | "limit";
  /** The rows of an analysis, cells in the order of the columns. */
  rowsOf(analysis: Analysis): Cell[][];
  /** The same with the cells of some columns, in the order of their names. */
  partOf(analysis: Analysis, names: readonly string[]): Cell[][];
}

function reportTable<Row>(
  table: Table<Row>,
  rowsOf: (report: ReportRow) => readonly Row[],
  findings: ReportTable["findings"] = "all",
): ReportTable {
  return {
    findings,
    name: table.name,
    meaning: table.meaning,
    columns: table.columns,
    rowsOf: (analysis) => rowsOf(reportRow(analysis)).map((row) => cellsOf(table.columns, row)),
    partOf(analysis, names) {
      const columns = names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []);
      return rowsOf(reportRow(analysis)).map((row) => cellsOf(columns, row));
    },
  };
}

function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): Cell[] {
  return columns.map(({ of }) => of(row) ?? null);
}

/** The tables that follow from analyses one by one. */
export const reportTables: Readonly<Record<Exclude<TableName, "incidents">, ReportTable>> = {
  reports: reportTable(reports, (report) => [report]),
  tasks: reportTable(tasks, taskRows, "limit"),
  zones: reportTable(zones, zoneRows),
  memcg: reportTable(memcg, memcgRows, "limit"),
  kills: reportTable(kills, killRows),
  findings: reportTable(findings, findingRows),
};

/** The table that needs all analyses first. */
export const incidentTable = {
  name: incidents.name,
  meaning: incidents.meaning,
  columns: incidents.columns as readonly ColumnHead[],
  row: (incident: Incident): Cell[] => cellsOf(incidents.columns, incident),
};

/** docs/columns.md. */
export function columnsPage(): string {
  return columnReference([...Object.values(reportTables), incidentTable]);
}

/** Names of the columns of the table `reports`: the fields of a report. */
export const reportColumns: readonly string[] = reports.columns.map(({ name }) => name);

/** A field of a report by its name; undefined where there is none. */
export function reportColumn(
  name: string,
): { readonly type: ColumnType; readonly of: (analysis: Analysis) => Cell } | undefined {
  const column = reports.columns.find((one) => one.name === name);
  if (column === undefined) return undefined;
  return { type: column.type, of: (analysis) => column.of(reportRow(analysis)) ?? null };
}
