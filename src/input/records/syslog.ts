import { facilityOf, levelOf } from "../facility.js";
import { takeTimeAt } from "./collector.js";
import { type RecordFormat, textAt } from "./record.js";

const TAG = /^([^:[]*)(?:\[(\d+)\])?:?(\[?)$/;

/** rsyslog with a JSON template of its usual property names. */
export const rsyslogRecord: RecordFormat = {
  id: "rsyslog-json",
  layer: "record",
  description:
    "rsyslog with a JSON template (`syslogtag`, `facility`, `severity`, and `message` with a blank in front).",
  fits: (fields) => "syslogtag" in fields && ("message" in fields || "msg" in fields),
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = textAt(fields, "host", "hostname", "fromhost") ?? header.host;
    header.facility = facilityOf(textAt(fields, "facility", "syslogfacility-text") ?? "");
    header.level = levelOf(textAt(fields, "severity", "syslogseverity-text") ?? "");
    takeTimeAt(fields, ["@timestamp", "timestamp", "timereported", "timegenerated"], header);
    const [, ident = "", pid, bracket = ""] = TAG.exec(textAt(fields, "syslogtag") ?? "") ?? [];
    header.ident = ident === "" ? null : ident;
    header.pid = pid === undefined ? null : Number(pid);
    const message = textAt(fields, "message", "msg") ?? "";
    // A row glued to its tag gave the tag its bracket.
    contents.payload(bracket + (message.startsWith(" ") && bracket === "" ? message.slice(1) : message), header, place);
  },
};

/** syslog-ng's format-json with its macros. */
export const syslogNgRecord: RecordFormat = {
  id: "syslog-ng-json",
  layer: "record",
  description: "syslog-ng with format-json (`PROGRAM`, `FACILITY`, `PRIORITY`, `MESSAGE`).",
  fits: (fields) => "PROGRAM" in fields && "MESSAGE" in fields,
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = textAt(fields, "HOST", "FULLHOST", "HOST_FROM") ?? header.host;
    header.facility = facilityOf(textAt(fields, "FACILITY") ?? "");
    header.level = levelOf(textAt(fields, "PRIORITY", "LEVEL") ?? "");
    takeTimeAt(fields, ["ISODATE", "R_ISODATE", "UNIXTIME", "DATE", "TIMESTAMP"], header);
    header.ident = textAt(fields, "PROGRAM");
    const pid = textAt(fields, "PID");
    header.pid = pid !== null && /^\d+$/.test(pid) ? Number(pid) : null;
    contents.payload(textAt(fields, "MESSAGE") ?? "", header, place);
  },
};
