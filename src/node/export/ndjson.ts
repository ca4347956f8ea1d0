import { jsonCell } from "../../render/columns/index.js";
import type { OpenTable } from "./table-writer.js";

/** One JSON object a line, every column in each. */
export const openNdjson: OpenTable = (columns) => ({
  write(rows) {
    let text = "";
    for (const row of rows) {
      const object = Object.fromEntries(
        columns.map(({ name, type }, at) => [name, jsonCell(row[at] ?? null, type)] as const),
      );
      // U+2028 and U+2029 end a line in some readers.
      text += `${JSON.stringify(object).replace(/[\u2028\u2029]/g, (end) => (end === "\u2028" ? "\\u2028" : "\\u2029"))}\n`;
    }
    return text;
  },
  end: () => "",
});
