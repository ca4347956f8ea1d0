import type { Header } from "../header.js";
import { type Fields, type Found, integerAt, messageText, type RecordFormat, textAt } from "./record.js";

/** A journal entry by its trusted fields, whatever carries it: export, JSON, verbose, a shipper's payload. */
export function takeJournalFields(fields: Fields, header: Header): void {
  header.host = textAt(fields, "_HOSTNAME", "__HOSTNAME") ?? header.host;
  const realtime = integerAt(fields, "__REALTIME_TIMESTAMP");
  if (realtime !== null) {
    header.wallUsec = realtime;
    header.timeSource = "journal";
  }
  header.uptimeUsec = integerAt(fields, "_SOURCE_MONOTONIC_TIMESTAMP") ?? header.uptimeUsec;
  header.level = integerAt(fields, "PRIORITY") ?? header.level;
  header.facility = integerAt(fields, "SYSLOG_FACILITY");
  header.ident = textAt(fields, "SYSLOG_IDENTIFIER");
  header.bootId = textAt(fields, "_BOOT_ID");
  const transport = textAt(fields, "_TRANSPORT");
  if (transport !== null) header.proof = kernelWrote(transport, header) ? "kernel" : "userspace";
}

/**
 * A write to /dev/kmsg comes by the kernel's transport too, but never with facility 0; a native client may claim
 * facility 0, but not the transport. Older journald leaves the facility out and sets the identifier.
 */
function kernelWrote(transport: string, { facility, ident }: Header): boolean {
  return transport === "kernel" && (facility === 0 || (facility === null && ident === "kernel"));
}

/** Hands on a journal entry; the message is the kernel's own text, without stamp. */
export function readJournalEntry(fields: Fields, found: Found): void {
  const header = found.contents.header();
  takeJournalFields(fields, header);
  const text = messageText(fields["MESSAGE"]);
  if (text !== null) found.contents.record(text, header, found.place);
  else if ("MESSAGE" in fields && header.proof !== "userspace") found.contents.sink.count("record-lost", found.place);
}

/** journalctl -o json, json-pretty, json-seq, json-sse; systemd-journal-upload. */
export const journalEntry: RecordFormat = {
  id: "journal",
  layer: "record",
  description: "An entry of the systemd journal (`__REALTIME_TIMESTAMP`, `_BOOT_ID`, `_TRANSPORT`, `MESSAGE`).",
  fits: (fields) => "__REALTIME_TIMESTAMP" in fields || ("_TRANSPORT" in fields && "MESSAGE" in fields),
  read: readJournalEntry,
};

/** Vector's journald source: the trusted fields stay, three are renamed. */
export const vectorEntry: RecordFormat = {
  id: "vector",
  layer: "record",
  description: "An entry of the systemd journal by Vector (`source_type: journald`, `message`, `host`, `timestamp`).",
  fits: (fields) => fields["source_type"] === "journald",
  read(fields, found) {
    const time = fields["__REALTIME_TIMESTAMP"] ?? fields["_SOURCE_REALTIME_TIMESTAMP"];
    const renamed = { ...fields, _HOSTNAME: fields["host"], MESSAGE: fields["message"], __REALTIME_TIMESTAMP: time };
    readJournalEntry(renamed, found);
  },
};
