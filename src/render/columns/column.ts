import type { Int64 } from "../../model/units.js";

/**
 * Types of columns. `integer`: 64 bits with sign. `time`: an instant, in microseconds since 1970-01-01 UTC. `text`: what
 * the log says, with bytes that are not UTF-8 kept as `decodeBytes` does.
 */
export type ColumnType = "text" | "integer" | "real" | "boolean" | "time";

/** A value of a table; null where the log does not tell. */
export type Cell = string | Int64 | boolean | null;

/** A column: its name, its type, what it means, and how a row has it. */
export interface Column<Row> {
  /** The JSON's name in snake_case; what lies deeper has the names on its way before it. */
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
  readonly of: (row: Row) => Cell | undefined;
}

/** A table of an export, as data: what a row is, and its columns. */
export interface Table<Row> {
  readonly name: TableName;
  /** What a row is. */
  readonly meaning: string;
  readonly columns: readonly Column<Row>[];
}

/** The tables that can be exported. */
export const tableNames = ["reports", "tasks", "zones", "memcg", "kills", "findings", "incidents"] as const;
export type TableName = (typeof tableNames)[number];

type Of<Row> = Column<Row>["of"];

export const text = <Row>(name: string, meaning: string, of: Of<Row>): Column<Row> => ({
  name,
  type: "text",
  meaning,
  of,
});

export const integer = <Row>(name: string, meaning: string, of: Of<Row>): Column<Row> => ({
  name,
  type: "integer",
  meaning,
  of,
});

export const real = <Row>(name: string, meaning: string, of: Of<Row>): Column<Row> => ({
  name,
  type: "real",
  meaning,
  of,
});

export const boolean = <Row>(name: string, meaning: string, of: Of<Row>): Column<Row> => ({
  name,
  type: "boolean",
  meaning,
  of,
});

export const time = <Row>(name: string, meaning: string, of: Of<Row>): Column<Row> => ({
  name,
  type: "time",
  meaning,
  of,
});

/** An RFC 3339 time in microseconds since 1970-01-01 UTC; its digits beyond milliseconds are kept. */
export function microseconds(rfc3339: string | null): bigint | null {
  if (rfc3339 === null) return null;
  const milliseconds = Date.parse(rfc3339);
  if (Number.isNaN(milliseconds)) return null;
  const [, digits = ""] = /\.(\d{1,6})/.exec(rfc3339) ?? [];
  return BigInt(milliseconds) * 1000n + BigInt(digits.padEnd(6, "0").slice(3));
}
