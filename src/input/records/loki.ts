import { takeTime } from "../clock/envelope-time.js";
import { handOn } from "./collector.js";
import { type Fields, type Found, isFields, type RecordFormat, textAt } from "./record.js";

const HOST = ["nodename", "hostname", "host", "node_name", "node", "instance"];

function readLine(labels: Fields, time: unknown, line: string, found: Found): void {
  const header = found.contents.header();
  header.host = textAt(labels, ...HOST) ?? header.host;
  takeTime(time, header);
  handOn(line, header, found);
}

/** A line of `logcli -o jsonl`. */
export const lokiLine: RecordFormat = {
  id: "loki-line",
  layer: "record",
  description: "Loki's logcli -o jsonl, newest first (`labels`, `line`, `timestamp`).",
  fits: (fields) => isFields(fields["labels"]) && typeof fields["line"] === "string",
  read(fields, found) {
    const { labels, line, timestamp } = fields as { labels: Fields; line: string; timestamp?: unknown };
    readLine(labels, timestamp, line, found);
  },
};

/** A stream of Loki's own API. */
export const lokiStream: RecordFormat = {
  id: "loki-stream",
  layer: "record",
  description: 'A stream of Loki\'s HTTP API (`{"stream": {…}, "values": [["<nanoseconds>", "…"], …]}`).',
  fits: (fields) => isFields(fields["stream"]) && Array.isArray(fields["values"]),
  read(fields, found) {
    const { stream, values } = fields as { stream: Fields; values: readonly unknown[] };
    for (const value of values)
      if (Array.isArray(value) && typeof value[1] === "string") readLine(stream, value[0], value[1], found);
  },
};
