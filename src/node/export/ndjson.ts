import { jsonCell } from "../../render/columns/index.js";
import { jsonText } from "../../render/index.js";
import type { OpenTable } from "./table-writer.js";

/** One JSON object a line, every column in each. */
export const openNdjson: OpenTable = (columns) => ({
  write(rows) {
    let text = "";
    for (const row of rows) {
      const object = Object.fromEntries(
        columns.map(({ name, type }, at) => [name, jsonCell(row[at] ?? null, type)] as const),
      );
      text += `${jsonText(object)}\n`;
    }
    return text;
  },
  end: () => "",
});
