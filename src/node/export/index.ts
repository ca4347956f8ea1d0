/** Tables as files: the columns of src/render in formats that databases and spreadsheets read. */
import { openCsv } from "./csv.js";
import { openNdjson } from "./ndjson.js";
import { openParquet } from "./parquet.js";
import { openSql } from "./sql.js";
import type { OpenTable } from "./table-writer.js";

export type { Chunk, OpenTable, TableWriter } from "./table-writer.js";

export const tableFormats = ["csv", "ndjson", "parquet", "sql"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** How a format is written. */
export const openTable: Readonly<Record<TableFormat, OpenTable>> = {
  csv: openCsv,
  ndjson: openNdjson,
  parquet: openParquet,
  sql: openSql,
};
