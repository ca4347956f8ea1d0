/** What a fleet writes, record by record: noise, and in each hundred records of a host one real report. */
export interface Fleet {
  readonly hosts: number;
  /** Of all hosts together; a multiple of 100 for each. */
  readonly records: number;
  /** The lines of a report, without prefix, and the same with its pids so much higher. */
  readonly report: (pidOffset: number) => readonly string[];
}

/** Records of a host from the beginning of one report to that of the next. */
const PERIOD = 100;
const HEAD = 30;

/** Reports that a fleet has: each hundred records of a host hold one. */
export function reportsOf({ records }: Fleet): number {
  return records / PERIOD;
}

export const hostName = (host: number): string => `h${String(host).padStart(3, "0")}`;

/** The records of one host, as JSON. */
export function* recordsOfHost({ hosts, records, report }: Fleet, host: number): Generator<string> {
  const count = records / hosts;
  let lines: readonly string[] = [];
  for (let at = 0; at < count; at++) {
    const place = at % PERIOD;
    if (place === 0) lines = report(10 * Math.floor(at / PERIOD));
    const message = lines[place - HEAD] ?? `eth0: link is up, 1000 Mbps full duplex, noise line number ${at}`;
    const uptime = (100 + at).toFixed(6);
    yield JSON.stringify({
      host: hostName(host),
      time: new Date(Date.UTC(2026, 9, 1) + at * 1000).toISOString(),
      message: `[${uptime.padStart(12)}] ${message}`,
    });
  }
}
