import { type Cell, type ColumnType, jsonCell, printableText } from "../../render/columns/index.js";
import { int64 } from "./int64.js";
import type { OpenTable } from "./table-writer.js";

/** Names that SQLite, DuckDB and PostgreSQL take alike. */
const types: Readonly<Record<ColumnType, string>> = {
  text: "text",
  integer: "bigint",
  real: "double precision",
  boolean: "boolean",
  time: "timestamptz",
};

/** SQL that makes a table and fills it, in one transaction; a table that is there already gets more rows. */
export const openSql: OpenTable = (columns, table = "reports") => {
  const heads = columns.map(({ name, type }) => `${identifier(name)} ${types[type]}`);
  let text = `begin;\ncreate table if not exists ${identifier(table)} (${heads.join(", ")});\n`;
  const taken = (): string => {
    const before = text;
    text = "";
    return before;
  };
  return {
    write(rows) {
      const tuples = rows.map(
        (row) => `(${row.map((cell, at) => literal(cell, columns[at]?.type ?? "text")).join(",")})`,
      );
      if (tuples.length > 0) text += `insert into ${identifier(table)} values\n${tuples.join(",\n")};\n`;
      return taken();
    },
    end: () => `${taken()}commit;\n`,
  };
};

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: Cell, type: ColumnType): string {
  if (value !== null && type === "integer") return String(int64(value) ?? "null");
  const cell = typeof value === "string" ? printableText(value) : jsonCell(value, type);
  return typeof cell === "string" ? `'${cell.replaceAll("'", "''")}'` : String(cell);
}
