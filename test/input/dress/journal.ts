import { encodeBytes } from "../../../src/input/bytes.js";
import {
  arrival,
  type Dress,
  dateParts,
  eachLine,
  HOST,
  isoTime,
  type KernelRecord,
  SECOND_USEC,
  seconds,
  syslogDate,
} from "./dress.js";

const WHOLE = {
  host: HOST,
  wallUsec: 1_792_231_387_866_956,
  timeSource: "journal",
  uptimeUsec: 1_444_066,
  level: 4,
  trust: "kernel",
} as const;
const BOOT_ID = "8f3c1d2e4b5a46978a0b1c2d3e4f5061";

function fieldsOf(record: KernelRecord, at: number): [string, string][] {
  return [
    ["__CURSOR", `s=1;i=${record.usec.toString(16)};b=${BOOT_ID};m=1;t=${at.toString(16)};x=1`],
    ["__REALTIME_TIMESTAMP", String(at)],
    ["__MONOTONIC_TIMESTAMP", String(record.usec + 1500)],
    ["_BOOT_ID", BOOT_ID],
    ["_TRANSPORT", "kernel"],
    ["PRIORITY", String(record.level)],
    ["SYSLOG_FACILITY", "0"],
    ["SYSLOG_IDENTIFIER", "kernel"],
    ["_SOURCE_MONOTONIC_TIMESTAMP", String(record.usec)],
    ["_HOSTNAME", HOST],
    ["MESSAGE", record.text],
  ];
}

/** What journald does not print as text: control characters, and bytes that are not UTF-8. */
function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000a-\u001f\u007f\p{Surrogate}]/u.test(text);
}

/** An entry as an object; a binary message is an array of its bytes. */
export function entryOf(record: KernelRecord, at: number): Record<string, unknown> {
  const entry: Record<string, unknown> = Object.fromEntries(fieldsOf(record, at));
  return isBinary(record.text) ? { ...entry, MESSAGE: encodeBytes(record.text) } : entry;
}

/** A field of an export: a binary one by its length, its newline behind it. */
function exportField(name: string, value: string): string {
  if (!isBinary(value)) return `${name}=${value}\n`;
  const length = encodeBytes(value).length;
  return `${name}\n${String.fromCharCode(length)}${"\0".repeat(7)}${value}\n`;
}

export const journalDresses: readonly Dress[] = [
  {
    id: "journal-export",
    put: (records) =>
      records
        .map((record) => {
          const fields = fieldsOf(record, arrival(records, record));
          return `${fields.map(([name, value]) => exportField(name, value)).join("")}\n`;
        })
        .join(""),
    first: WHOLE,
  },
  { id: "journal", put: eachLine((record, at) => JSON.stringify(entryOf(record, at))), first: WHOLE },
  {
    id: "journal",
    variant: "json-seq",
    put: eachLine((record, at) => `\u001e${JSON.stringify(entryOf(record, at))}`),
    first: WHOLE,
  },
  {
    id: "journal",
    variant: "json-sse",
    put: eachLine((record, at) => `data: ${JSON.stringify(entryOf(record, at))}\n`),
    first: WHOLE,
  },
  {
    id: "json",
    variant: "json-pretty",
    put: eachLine((record, at) => JSON.stringify(entryOf(record, at), null, "\t").replaceAll('": ', '" : ')),
    first: WHOLE,
  },
  {
    id: "json",
    put: (records) =>
      JSON.stringify(
        records.map((record) => entryOf(record, arrival(records, record))),
        null,
        2,
      ),
    first: WHOLE,
  },
  {
    id: "journal-verbose",
    put: eachLine((record, at) => {
      const { weekday } = dateParts(at);
      const head = `${weekday} ${isoTime(at).replace("T", " ")} UTC [s=${BOOT_ID};i=1;b=${BOOT_ID};m=1;t=${at.toString(16)};x=1]`;
      const fields = fieldsOf(record, at).slice(3);
      return [head, ...fields.map(([name, value]) => `    ${name}=${value}`)].join("\n");
    }),
    first: WHOLE,
  },
  {
    id: "journal-short-full",
    put: eachLine(({ text }, at) => {
      const { weekday } = dateParts(at);
      return `${weekday} ${isoTime(at).slice(0, 19).replace("T", " ")} UTC ${HOST} kernel: ${text}`;
    }),
    first: { host: HOST, wallUsec: SECOND_USEC, trust: "claimed" },
  },
  {
    id: "journal-short-unix",
    put: eachLine(({ text }, at) => `${seconds(at, 0)} ${HOST} kernel: ${text}`),
    first: { host: HOST, wallUsec: WHOLE.wallUsec },
  },
  {
    id: "journal-short-monotonic",
    put: eachLine((record) => `[${seconds(record.usec, 5)}] ${HOST} kernel: ${record.text}`),
    first: { host: HOST, uptimeUsec: 1_444_066, wallUsec: null },
  },
  {
    id: "journal-short-delta",
    put: eachLine(
      (record, _, i) =>
        `[${seconds(record.usec, 5)} ${i === 0 ? " ".repeat(15) : "<    0.000254 >"}] ${HOST} kernel: ${record.text}`,
    ),
    first: { host: HOST, uptimeUsec: 1_444_066, wallUsec: null },
  },
  {
    id: "hanging-indent",
    put: (records) => {
      let previous: KernelRecord | undefined;
      return records
        .map((record, i) => {
          const goesOn = i > 0 && previous?.usec === record.usec;
          previous = record;
          const head = `${syslogDate(arrival(records, record))} ${HOST} kernel: `;
          return `${goesOn ? " ".repeat(head.length) : head}${record.text}\n`;
        })
        .join("");
    },
    first: { host: HOST, wallUsec: SECOND_USEC },
  },
];
