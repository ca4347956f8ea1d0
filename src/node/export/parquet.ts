import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { type Cell, type ColumnHead, type ColumnType, cellText } from "../../render/columns/index.js";
import { int64 } from "./int64.js";
import type { OpenTable } from "./table-writer.js";

/** Cells that are held until they make a row group. */
const CELLS_OF_GROUP = 1 << 19;

const elements: Readonly<Record<ColumnType, Omit<SchemaElement, "name">>> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  integer: { type: "INT64" },
  real: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
  time: {
    type: "INT64",
    converted_type: "TIMESTAMP_MICROS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  },
};

/** Parquet with Snappy: INT64 for integers, TIMESTAMP in microseconds UTC for times, every column nullable. */
export const openParquet: OpenTable = (columns) => {
  const bytes = new ByteWriter();
  const taken = (): Uint8Array => {
    const chunk = bytes.getBytes().slice();
    bytes.index = 0;
    return chunk;
  };
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: "oomlog" });
  const rowsOfGroup = Math.max(1, Math.floor(CELLS_OF_GROUP / columns.length));
  let data: Value[][] = columns.map(() => []);
  const group = async (): Promise<void> => {
    const rows = data[0]?.length ?? 0;
    if (rows === 0) return;
    const columnData = columns.map(({ name }, at) => ({ name, data: data[at] ?? [], offsetIndex: false }));
    await writer.write({ columnData, rowGroupSize: rows });
    data = columns.map(() => []);
  };
  return {
    async write(rows) {
      for (const row of rows) {
        columns.forEach(({ type }, at) => {
          data[at]?.push(parquetValue(row[at] ?? null, type));
        });
        if ((data[0]?.length ?? 0) >= rowsOfGroup) await group();
      }
      return taken();
    },
    async end() {
      await group();
      await writer.finish();
      return taken();
    },
  };
};

function schemaOf(columns: readonly ColumnHead[]): SchemaElement[] {
  return [
    { name: "root", num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: "OPTIONAL" as const, ...elements[type] })),
  ];
}

type Value = string | number | bigint | boolean | null;

function parquetValue(value: Cell, type: ColumnType): Value {
  if (value === null) return null;
  if (type === "integer" || type === "time") return int64(value);
  return typeof value === "string" ? cellText(value) : value;
}
