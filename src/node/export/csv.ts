import { once } from "node:events";
import { format } from "fast-csv";
import { type Cell, csvText } from "../../render/columns/index.js";
import type { OpenTable } from "./table-writer.js";

/** CSV by RFC 4180: UTF-8, a header always, lines ended by CR LF. What stands in a cell is {@link csvText}'s. */
export const openCsv: OpenTable = (columns) => {
  const stream = format<Cell[], string[]>({
    headers: columns.map(({ name }) => name),
    alwaysWriteHeaders: true,
    rowDelimiter: "\r\n",
    includeEndRowDelimiter: true,
  });
  let chunks: Uint8Array[] = [];
  stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const taken = (): Uint8Array => {
    const bytes = Buffer.concat(chunks);
    chunks = [];
    return bytes;
  };
  return {
    async write(rows) {
      for (const [index, row] of rows.entries()) {
        const cells = row.map((value, at) => csvText(value, columns[at]?.type ?? "text"));
        // A write is done when its row is formatted; the last is, when all are.
        if (index < rows.length - 1) stream.write(cells);
        else await new Promise((resolve) => stream.write(cells, resolve));
      }
      return taken();
    },
    async end() {
      const ended = once(stream, "end");
      stream.end();
      await ended;
      return taken();
    },
  };
};
