import { takeTimeAt } from "./collector.js";
import { integerAt, type RecordFormat, textAt } from "./record.js";

/** GELF, as Graylog takes it. */
export const gelfRecord: RecordFormat = {
  id: "gelf",
  layer: "record",
  description: "Graylog's GELF (`version`, `host`, `short_message`, `timestamp`, `level`).",
  fits: (fields) => typeof fields["short_message"] === "string",
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = textAt(fields, "host") ?? header.host;
    header.level = integerAt(fields, "level");
    takeTimeAt(fields, ["timestamp"], header);
    const short = textAt(fields, "short_message") ?? "";
    const full = textAt(fields, "full_message");
    contents.message(full?.startsWith(short) ? full : short, header, place);
  },
};
