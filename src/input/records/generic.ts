import { takeTime } from "../clock/envelope-time.js";
import type { FieldNames } from "../envelopes/envelope.js";
import { collectorRecord, firstMessage, handOn } from "./collector.js";
import { type Fields, type RecordFormat, textAt, valueAt } from "./record.js";

/** Names under which a collector keeps the line, most telling first. */
export const MESSAGE_NAMES: readonly string[] = [
  "MESSAGE",
  "message",
  "msg",
  "log",
  "line",
  "_raw",
  "textPayload",
  "short_message",
  "full_message",
  "body.stringValue",
  "body",
  "event.original",
  "Message",
  "text",
];

/** Names under which a collector keeps the host. */
export const HOST_NAMES: readonly string[] = [
  "host.name",
  "host.hostname",
  "hostname",
  "HOSTNAME",
  "host",
  "Host",
  "nodename",
  "node_name",
  "node",
  "instance",
];

const TIME_NAMES: readonly string[] = [
  "@timestamp",
  "timestamp",
  "time",
  "_time",
  "Timestamp",
  "TIMESTAMP",
  "ts",
  "date",
  "datetime",
  "eventTime",
];
const LEVEL_NAMES: readonly string[] = ["severity", "level", "PRIORITY"];

/** Names that documents which are no logs have too: results of tests quote a `line`, analyses list each `text`. */
const COMMON_NAMES: readonly string[] = ["line", "text"];
const TELLING_NAMES = MESSAGE_NAMES.filter((name) => !COMMON_NAMES.includes(name));

/** What begins a line of a log: a level, the kernel's clock, a date. */
const STAMP = /^\s{0,80}(?:<\d{1,3}>|\[ {0,20}\d+\.\d|\d{4}-\d\d-\d\d[T ]|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d )/;

/** Whether an object is a record, not a part of a document that quotes a log. */
function isRecord(fields: Fields, around: readonly Fields[]): boolean {
  if (firstMessage(fields, TELLING_NAMES) !== null) return true;
  const text = firstMessage(fields, COMMON_NAMES);
  if (text === null || around.length === 0) return text !== null;
  return STAMP.test(text) || textAt(fields, ...TIME_NAMES, ...HOST_NAMES, ...LEVEL_NAMES) !== null;
}

/** Any object with a message. */
export const genericRecord = collectorRecord({
  id: "generic",
  description:
    "Any other object or row with a message, by the usual names (`message`, `msg`, `log`, `line`, `text`, …).",
  fits: isRecord,
  message: MESSAGE_NAMES,
  host: HOST_NAMES,
  time: TIME_NAMES,
  level: LEVEL_NAMES,
  ident: ["syslogtag", "PROGRAM", "program", "programname", "ident", "appname", "SYSLOG_IDENTIFIER"],
  pid: ["procid", "pid"],
});

/** An object whose fields the user named. */
export function namedRecord({ message = "message", host, time }: FieldNames): RecordFormat {
  return {
    id: "named-fields",
    layer: "record",
    description: "Any object or row, its fields named by the user (`--field message=…,host=…,time=…`).",
    fits: (fields) => firstMessage(fields, [message]) !== null,
    read(fields, found) {
      const header = found.contents.header();
      if (host !== undefined) header.host = textAt(fields, host) ?? header.host;
      if (time !== undefined) takeTime(valueAt(fields, time), header);
      handOn(firstMessage(fields, [message]), header, found);
    },
  };
}
