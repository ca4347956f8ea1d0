import type { Analysis } from "../model/analysis.js";
import type { Note } from "../model/note.js";
import { openTable, type TableFormat } from "../node/export/index.js";
import { incidentTable, reportTables, type TableName } from "../render/columns/index.js";
import { jsonText } from "../render/index.js";
import { toLogRecords } from "../render/otlp/log-records.js";
import { createMetrics } from "../render/prometheus/metrics.js";
import { createTriager } from "../triage/index.js";
import { Failure } from "./failure.js";
import { type ReportFlags, toRequest } from "./request.js";
import { runRequest, type Summary } from "./run-reports.js";
import { toFilter } from "./where.js";
import type { Chunk, DocumentWriter } from "./writers.js";

/** The flags of export, as typed. */
export interface ExportFlags extends Omit<ReportFlags, "format" | "json" | "ndjson" | "markdown" | "color"> {
  readonly table: TableName;
  readonly format: TableFormat;
  readonly prometheus?: boolean;
  readonly otlp?: boolean;
  readonly where?: readonly string[] | undefined;
  /** Of the program, for what says who wrote it. */
  readonly version: string;
}

/** Reads logs and writes a table of what they hold. */
export async function runExport(
  files: readonly string[],
  { format, table, version, ...flags }: ExportFlags,
): Promise<Summary> {
  const request = toRequest({ ...flags, format: "text", color: "never" });
  if (format === "parquet" && request.output === undefined && process.stdout.isTTY) {
    throw new Failure("Parquet is not for a terminal", "Write it to a file: --output FILE");
  }
  const accepts = toFilter(flags.where ?? [], { now: Date.now(), timeZone: request.overrides.timeZone });
  return runRequest(files, request, {
    open: () => {
      if (flags.prometheus) return metricsWriter();
      if (flags.otlp) return logRecordWriter(version);
      return table === "incidents" ? incidentWriter(format) : tableWriter(table, format);
    },
    ...(accepts === undefined ? {} : { accepts }),
    findings: accepts === undefined ? findingsFor(table, flags) : "all",
  });
}

/** What is not printed needs no finding. */
function findingsFor(
  table: TableName,
  { prometheus, otlp }: Pick<ExportFlags, "prometheus" | "otlp">,
): "all" | "limit" {
  return prometheus || otlp || table === "incidents" ? "all" : reportTables[table].findings;
}

/** Rows that a writer is given at once. */
const ROWS_AT_ONCE = 256;

function tableWriter(name: keyof typeof reportTables, format: TableFormat): DocumentWriter {
  const table = reportTables[name];
  const writer = openTable[format](table.columns, name);
  let rows: ReturnType<typeof table.rowsOf> = [];
  return {
    begin: () => "",
    each(analysis) {
      for (const row of table.rowsOf(analysis)) rows.push(row);
      if (rows.length < ROWS_AT_ONCE) return "";
      const full = rows;
      rows = [];
      return writer.write(full);
    },
    end: async () => joined(await writer.write(rows), await writer.end()),
  };
}

function incidentWriter(format: TableFormat): DocumentWriter {
  const triager = createTriager();
  const writer = openTable[format](incidentTable.columns, incidentTable.name);
  return {
    begin: () => "",
    each(analysis) {
      triager.push(analysis);
      return "";
    },
    async end(_notes: readonly Note[]) {
      return joined(await writer.write(triager.result().incidents.map(incidentTable.row)), await writer.end());
    },
  };
}

function metricsWriter(): DocumentWriter {
  const metrics = createMetrics();
  return {
    begin: () => "",
    each(analysis) {
      metrics.push(analysis);
      return "";
    },
    end: () => metrics.text(),
  };
}

/** Records of one request: a collector takes some megabytes. */
const RECORDS_AT_ONCE = 100;

function logRecordWriter(version: string): DocumentWriter {
  const observedAt = Date.now();
  let analyses: Analysis[] = [];
  const request = (): string => {
    if (analyses.length === 0) return "";
    const text = `${jsonText(toLogRecords(analyses, { observedAt, version }))}\n`;
    analyses = [];
    return text;
  };
  return {
    begin: () => "",
    each(analysis) {
      analyses.push(analysis);
      return analyses.length < RECORDS_AT_ONCE ? "" : request();
    },
    end: request,
  };
}

function joined(...chunks: readonly Chunk[]): Chunk {
  if (chunks.every((chunk) => typeof chunk === "string")) return chunks.join("");
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
}
