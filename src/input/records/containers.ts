import { encodeBytes } from "../bytes.js";
import { takeTimeAt } from "./collector.js";
import { type RecordFormat, textAt } from "./record.js";

/** Docker cuts a longer line into parts of exactly this many bytes; the last one ends with the newline. */
const PART_BYTES = 16_384;
/** Longest line that is put together from parts. */
const LONGEST = 1 << 20;

/** A collector may have stripped the newline: only a text of just this size is a part. */
function isPart(text: string): boolean {
  return text.length >= PART_BYTES / 4 && !text.endsWith("\n") && encodeBytes(text).length === PART_BYTES;
}

/** Docker's json-file driver. */
export const dockerRecord: RecordFormat = {
  id: "docker-json",
  layer: "record",
  description: 'Docker\'s json-file log (`{"log":"…\\n","stream":"stdout","time":"…Z"}`).',
  fits: (fields) => typeof fields["log"] === "string" && ("stream" in fields || "time" in fields),
  read(fields, { place, contents, parts }) {
    const header = contents.header();
    takeTimeAt(fields, ["time", "@timestamp", "timestamp"], header);
    header.host = textAt(fields, "kubernetes.host", "host.name", "host", "hostname") ?? header.host;
    const stream = textAt(fields, "stream") ?? "";
    const log = textAt(fields, "log") ?? "";
    const text = (parts.get(stream) ?? "") + log;
    parts.delete(stream);
    if (isPart(log) && text.length < LONGEST) parts.set(stream, text);
    else contents.message(text, header, place);
  },
};
