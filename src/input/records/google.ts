import { firstMessage, handOn, takeTimeAt } from "./collector.js";
import { takeJournalFields } from "./journal.js";
import { isFields, type RecordFormat, textAt } from "./record.js";

/** An entry of Google Cloud Logging; journald's fields may lie in its payload. */
export const googleEntry: RecordFormat = {
  id: "google-logging",
  layer: "record",
  description: "Google Cloud Logging, newest first (`insertId`, `resource`, `jsonPayload.MESSAGE` or `textPayload`).",
  fits: (fields) =>
    ("insertId" in fields || "logName" in fields) && ("jsonPayload" in fields || "textPayload" in fields),
  read(fields, found) {
    const header = found.contents.header();
    header.host = textAt(fields, "resource.labels.node_name", "resource.labels.instance_id") ?? header.host;
    takeTimeAt(fields, ["timestamp", "receiveTimestamp"], header);
    const payload = fields["jsonPayload"];
    if (isFields(payload) && "_TRANSPORT" in payload) {
      takeJournalFields(payload, header);
      const text = firstMessage(payload, ["MESSAGE", "message"]);
      if (text !== null) found.contents.record(text, header, found.place);
      return;
    }
    handOn(
      firstMessage(fields, ["jsonPayload.MESSAGE", "jsonPayload.message", "jsonPayload.log", "textPayload"]),
      header,
      found,
    );
  },
};

const INSTANCE = /\/instances\/([^/]+)/;

/** The serial port of a Google Cloud machine. */
export const googleSerial: RecordFormat = {
  id: "google-serial",
  layer: "record",
  description: "Google Cloud's getSerialPortOutput (`contents`, `start`, `next`, `selfLink`).",
  fits: (fields) => typeof fields["contents"] === "string" && ("next" in fields || "selfLink" in fields),
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = INSTANCE.exec(textAt(fields, "selfLink") ?? "")?.[1] ?? header.host;
    contents.message(textAt(fields, "contents") ?? "", header, place);
  },
};
