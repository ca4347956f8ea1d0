import { facilityOf, levelOf } from "../facility.js";
import { integerAt, type RecordFormat, textAt } from "./record.js";

/** util-linux 2.38 with -F puts the rest of the log into each message. */
const NEXT_RECORD = /\n<\d{1,3}>\[/;
/** util-linux 2.41 with -F takes a row's pid for a caller id; the header's has the blanks that tell its width. */
const PID_WIDTH = "pid".length;

/** Restores what `dmesg -F -J` took for a caller. */
function rowHead(caller: string): string {
  const trailing = caller.length - caller.trimEnd().length;
  const width = caller.startsWith("pid") ? PID_WIDTH + 2 * trailing : 7;
  return `[${caller.padStart(width)}] `;
}

/** dmesg -J, also with -x. */
export const dmesgRecord: RecordFormat = {
  id: "dmesg-json",
  layer: "record",
  description: 'dmesg --json (`{"pri": 4, "time": 3.865246, "msg": "…"}`), with -x the names of facility and level.',
  fits: (fields) => typeof fields["msg"] === "string" && "pri" in fields,
  read(fields, { place, contents }) {
    const header = contents.header();
    const facility = textAt(fields, "fac");
    if (facility !== null) {
      header.facility = facilityOf(facility);
      header.level = levelOf(textAt(fields, "pri") ?? "");
      header.proof = header.facility === 0 ? "kernel" : "userspace";
    } else {
      const priority = integerAt(fields, "pri") ?? 0;
      header.level = priority & 7;
      header.facility = priority >> 3;
    }
    const time = fields["time"];
    if (typeof time === "number") header.uptimeUsec = Math.round(time * 1e6);
    const message = textAt(fields, "msg") ?? "";
    const cut = NEXT_RECORD.exec(message);
    const text = cut === null ? message : message.slice(0, cut.index);
    const caller = textAt(fields, "caller");
    if (caller === null || /^[TC]\d+$/.test(caller)) {
      header.caller = caller;
      contents.record(text, header, place);
    } else contents.record(rowHead(caller) + text, header, place);
  },
};

/** Fluent Bit's kmsg input. */
export const fluentBitKmsg: RecordFormat = {
  id: "fluentbit-kmsg",
  layer: "record",
  description: 'Fluent Bit\'s kmsg input (`{"priority": 6, "sequence": 1299, "sec": 3, "usec": 877175, "msg": "…"}`).',
  fits: (fields) => typeof fields["msg"] === "string" && "priority" in fields && "sequence" in fields,
  read(fields, { place, contents }) {
    const header = contents.header();
    header.level = integerAt(fields, "priority");
    const sec = integerAt(fields, "sec");
    if (sec !== null) header.uptimeUsec = sec * 1_000_000 + (integerAt(fields, "usec") ?? 0);
    const date = fields["date"];
    if (typeof date === "number") header.wallUsec = Math.round(date * 1e6);
    contents.record(textAt(fields, "msg") ?? "", header, place);
  },
};
