import { firstMessage, handOn, takeTimeAt } from "./collector.js";
import { type Fields, isFields, type RecordFormat, textAt, valueAt } from "./record.js";

function attribute(fields: Fields, path: string, key: string): string | null {
  const attributes = valueAt(fields, path);
  if (!Array.isArray(attributes)) return null;
  for (const pair of attributes)
    if (isFields(pair) && pair["key"] === key && isFields(pair["value"])) return textAt(pair["value"], "stringValue");
  return null;
}

/** A record of OpenTelemetry's JSON; the host is an attribute of the resource around it. */
export const otlpRecord: RecordFormat = {
  id: "otlp",
  layer: "record",
  description:
    "OpenTelemetry's JSON (`resourceLogs[].scopeLogs[].logRecords[]` with `timeUnixNano`, `body.stringValue`).",
  fits: (fields) => "body" in fields && ("timeUnixNano" in fields || "observedTimeUnixNano" in fields),
  read(fields, found) {
    const header = found.contents.header();
    for (const outer of found.around) header.host = attribute(outer, "resource.attributes", "host.name") ?? header.host;
    takeTimeAt(fields, ["timeUnixNano", "observedTimeUnixNano"], header);
    handOn(firstMessage(fields, ["body.stringValue", "body"]), header, found);
  },
};
