import { parquetReadObjects } from "hyparquet";
import { openTable, type TableFormat } from "../../src/node/export/index.js";
import type { Cell, ColumnHead } from "../../src/render/columns/index.js";

/** A table as the bytes of a file. */
export async function fileOf(
  format: TableFormat,
  columns: readonly ColumnHead[],
  rows: readonly (readonly Cell[])[],
  atOnce = rows.length,
  name?: string,
): Promise<Buffer> {
  const writer = openTable[format](columns, name);
  const chunks: (string | Uint8Array)[] = [];
  for (let at = 0; at < rows.length; at += atOnce) chunks.push(await writer.write(rows.slice(at, at + atOnce)));
  chunks.push(await writer.end());
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
}

type Row = Readonly<Record<string, unknown>>;

/** Formats of one file a table. */
export type FileFormat = Exclude<TableFormat, "sql">;
export const fileFormats: readonly FileFormat[] = ["csv", "ndjson", "parquet"];

/** Reads a file back with a reader that is not ours; text still in the spelling of the file. */
export const readBack: Readonly<Record<FileFormat, (file: Buffer) => Promise<readonly Row[]>>> = {
  async csv(file) {
    const [header = [], ...records] = recordsOf(file.toString("utf8"));
    return records.map((record) => {
      if (record.length !== header.length) throw new Error(`${record.length} fields in place of ${header.length}`);
      return Object.fromEntries(header.map((name, at) => [name, record[at]]));
    });
  },
  async ndjson(file) {
    const lines = file.toString("utf8").split("\n");
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Row);
  },
  async parquet(file) {
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    return parquetReadObjects({
      file: bytes,
      parsers: {
        timestampFromMicroseconds: (value: bigint) => ({ microseconds: value }),
        // The reader's own takes a U+FEFF at the start of a text away.
        stringFromBytes: (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
      },
    });
  },
};

/** Records by RFC 4180, to the letter: a quote, a comma or a line end stands in quotes or means itself. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** The text of the log that a cell stands for. */
export function logTextOf(cell: string, format: TableFormat): string {
  const spelled = format === "csv" && cell.startsWith("'") ? cell.slice(1) : cell;
  const escapes = /\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\})/g;
  return spelled.replace(escapes, (_all, byte?: string, unit?: string, point?: string) => {
    if (point !== undefined) return String.fromCodePoint(Number.parseInt(point, 16));
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (byte === undefined) return "\\";
    const code = Number.parseInt(byte, 16);
    return String.fromCharCode(code < 0x80 ? code : 0xdc00 + code);
  });
}
