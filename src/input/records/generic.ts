import { takeTime } from "../clock/envelope-time.js";
import type { FieldNames } from "../envelopes/envelope.js";
import { collectorRecord, firstMessage, handOn } from "./collector.js";
import { type RecordFormat, textAt, valueAt } from "./record.js";

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

/** Any object with a message. */
export const genericRecord = collectorRecord({
  id: "generic",
  description:
    "Any other object or row with a message, by the usual names (`message`, `msg`, `log`, `line`, `text`, …).",
  fits: (fields) => firstMessage(fields, MESSAGE_NAMES) !== null,
  message: MESSAGE_NAMES,
  host: HOST_NAMES,
  time: ["@timestamp", "timestamp", "time", "_time", "Timestamp", "TIMESTAMP", "ts", "date", "datetime", "eventTime"],
  level: ["severity", "level", "PRIORITY"],
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
