import { handOn, takeTimeAt } from "./collector.js";
import { type Fields, type Found, isFields, type RecordFormat, textAt } from "./record.js";

function readResult(result: Fields, found: Found): void {
  const header = found.contents.header();
  header.host = textAt(result, "host") ?? header.host;
  takeTimeAt(result, ["_time"], header);
  handOn(textAt(result, "_raw"), header, found);
}

/** A result of Splunk's JSON export; previews show lines that come again. */
export const splunkResult: RecordFormat = {
  id: "splunk-json",
  layer: "record",
  description: 'Splunk\'s JSON export, newest first (`{"preview": false, "result": {"_raw": "…", "_time": "…"}}`).',
  fits: (fields) => isFields(fields["result"]) && "_raw" in fields["result"],
  read(fields, found) {
    const result = fields["result"];
    if (fields["preview"] !== true && isFields(result)) readResult(result, found);
  },
};

/** A row of Splunk's CSV export, or a bare result. */
export const splunkRow: RecordFormat = {
  id: "splunk-csv",
  layer: "record",
  description: "Splunk's CSV export, newest first (columns `_time`, `host`, `_raw`).",
  fits: (fields) => "_raw" in fields,
  read: readResult,
};
