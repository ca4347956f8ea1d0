import {
  arrival,
  type Dress,
  dateParts,
  eachLine,
  HOST,
  isoTime,
  LEVELS,
  MILLISECOND_USEC,
  SECOND_USEC,
  stamped,
  syslogDate,
} from "./dress.js";

const BOOT = { uptimeUsec: 1_444_066 };
const EXACT = { wallUsec: 1_792_231_387_866_956 };

export const syslogDresses: readonly Dress[] = [
  {
    id: "rfc3164",
    put: eachLine((record, at) => `${syslogDate(at)} ${HOST} kernel: ${stamped(record)}`),
    first: { ...BOOT, host: HOST, wallUsec: SECOND_USEC, timeSource: "year-inferred", trust: "claimed" },
  },
  {
    id: "rfc3164",
    variant: "without stamp",
    put: eachLine(({ text }, at) => `${syslogDate(at)} ${HOST} kernel: ${text}`),
    first: { host: HOST, wallUsec: SECOND_USEC, uptimeUsec: null },
  },
  {
    id: "rfc3164",
    variant: "busybox",
    put: eachLine((record, at) => `${syslogDate(at)} vm kern.${LEVELS[record.level]} kernel: ${stamped(record)}`),
    first: { ...BOOT, host: "vm", level: 4 },
  },
  {
    id: "rfc3164",
    variant: "whole file of one program",
    put: eachLine((record, at) => `${syslogDate(at)} ${HOST} dmesg[4242]: ${stamped(record)}`),
    first: { ...BOOT, host: HOST, trust: "claimed" },
  },
  {
    id: "iso-syslog",
    put: eachLine((record, at) => `${isoTime(at)}+00:00 ${HOST} kernel: ${stamped(record)}`),
    first: { ...BOOT, ...EXACT, host: HOST, timeSource: "arrival", trust: "claimed" },
  },
  {
    id: "iso-syslog",
    variant: "short-iso",
    put: eachLine(({ text }, at) => `${isoTime(at + 7_200_000_000).slice(0, 19)}+0200 ${HOST} kernel: ${text}`),
    first: { wallUsec: SECOND_USEC, host: HOST },
  },
  {
    id: "rfc5424",
    put: eachLine((record, at) => `<${record.level}>1 ${isoTime(at)}Z ${HOST} kernel - - -  ${stamped(record)}`),
    first: { ...BOOT, ...EXACT, host: HOST, level: 4, trust: "claimed" },
  },
  {
    id: "rfc5424",
    variant: "structured data",
    put: eachLine(
      ({ level, text }, at) => `<${level}>1 ${isoTime(at)}Z ${HOST} kernel - - [timeQuality a="]"] ${text}`,
    ),
    first: { ...EXACT, host: HOST, level: 4 },
  },
  {
    id: "openwrt-logread",
    put: eachLine((record, at) => {
      const { weekday, month, day, time, year } = dateParts(at);
      return `${weekday} ${month} ${day} ${time} ${year} kern.${LEVELS[record.level]} kernel: ${stamped(record)}`;
    }),
    first: { ...BOOT, wallUsec: SECOND_USEC, host: null, level: 4 },
  },
  { id: "kernel-tag", put: eachLine((record) => `kernel: ${stamped(record)}`), first: { ...BOOT, host: null } },
  {
    id: "vmware-log",
    put: eachLine(
      (record, at) => `${isoTime(at).slice(0, 23)}Z In(05) vcpu-1 - Guest: <${record.level}>${stamped(record)}`,
    ),
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, level: 4 },
  },
  {
    id: "android-logcat",
    put: eachLine(({ level, text }, at) => {
      const letter = level < 4 ? "E" : level === 4 ? "W" : "I";
      return `${isoTime(at).slice(5, 23).replace("T", " ")}     0     0 ${letter}         : ${text}`;
    }),
    first: { wallUsec: MILLISECOND_USEC, timeSource: "year-inferred", level: 4, trust: "claimed" },
  },
  {
    id: "logcli",
    put: (records) =>
      records
        .toReversed()
        .map((record) => `${isoTime(arrival(records, record)).slice(0, 19)}Z {nodename="${HOST}"} ${record.text}\n`)
        .join(""),
    first: { wallUsec: SECOND_USEC, host: HOST },
  },
];
