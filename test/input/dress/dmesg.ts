import {
  type Dress,
  dateParts,
  eachLine,
  isoTime,
  type KernelRecord,
  LEVELS,
  MILLISECOND_USEC,
  SECOND_USEC,
  seconds,
  stamped,
} from "./dress.js";

const BOOT = { uptimeUsec: 1_444_066 };

/** A line for each record that also shows the time since the record before. */
function withDelta(line: (record: KernelRecord, delta: number) => string) {
  return (records: readonly KernelRecord[]): string =>
    records.map((record, i) => `${line(record, record.usec - (records[i - 1]?.usec ?? record.usec))}\n`).join("");
}

/** A row, and the header of kernels whose rows are as wide, one blank narrower. */
function narrowed(text: string): string {
  return text.replace(/^\[ (?= pid {2}\]| *\d+\])/, (open) => (text.indexOf("]") === 8 ? "[" : open));
}

export const dmesgDresses: readonly Dress[] = [
  { id: "dmesg", put: eachLine(stamped), first: { ...BOOT, level: null, trust: "claimed" } },
  { id: "dmesg", variant: "bare", put: eachLine(({ text }) => text), first: { uptimeUsec: null, wallUsec: null } },
  { id: "level", put: eachLine((record) => `<${record.level}>${stamped(record)}`), first: { ...BOOT, level: 4 } },
  {
    id: "caller",
    put: eachLine((record) => `<${record.level}>${stamped(record).replace("] ", "][   T33] ")}`),
    first: { ...BOOT, caller: "T33", level: 4 },
  },
  {
    id: "caller",
    variant: "dmesg",
    put: eachLine((record) => stamped(record).replace("] ", "] [    C1] ")),
    first: { ...BOOT, caller: "C1" },
  },
  {
    id: "dmesg-x",
    put: eachLine((record) => `kern  :${(LEVELS[record.level] ?? "").padEnd(6)}: ${stamped(record)}`),
    first: { ...BOOT, level: 4, trust: "kernel" },
  },
  {
    id: "dmesg-T",
    put: eachLine(({ text }, at) => {
      const { weekday, month, day, time, year } = dateParts(at);
      return `[${weekday} ${month} ${day} ${time} ${year}] ${text}`;
    }),
    first: { wallUsec: SECOND_USEC, timeSource: "dmesg", uptimeUsec: null },
  },
  {
    id: "dmesg-iso",
    put: eachLine(({ text }, at) => `${isoTime(at).replace(".", ",")}+00:00 ${text}`),
    first: { wallUsec: 1_792_231_387_866_956, timeSource: "dmesg" },
  },
  {
    id: "dmesg-delta",
    put: withDelta((record, delta) => `[${seconds(record.usec, 5)} <${seconds(delta, 5)}>] ${record.text}`),
    first: BOOT,
  },
  {
    id: "dmesg-delta",
    variant: "delta-only",
    put: withDelta((record, delta) => `[<${seconds(delta, 5)}>] ${record.text}`),
    first: { uptimeUsec: null },
  },
  {
    id: "dmesg-e",
    put: (records) =>
      records
        .map((record, i) => {
          const { month, day, time } = dateParts(MILLISECOND_USEC);
          const delta = `+${seconds(record.usec - (records[i - 1]?.usec ?? 0), 0)}`;
          return `[${i === 0 ? `${month}${day} ${time.slice(0, 5)}` : delta.padStart(11)}] ${record.text}\n`;
        })
        .join(""),
    first: { wallUsec: SECOND_USEC - 7_000_000, timeSource: "dmesg" },
  },
  {
    id: "pid-as-caller",
    put: eachLine((record) => stamped({ ...record, text: narrowed(record.text) })),
    first: BOOT,
    // Without its header a row does not show that it lost a blank.
    leaves: (text) => text.replace(/^\[ +/, "["),
  },
];
