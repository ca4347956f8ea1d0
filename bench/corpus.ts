import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Seeded logs for the benchmarks: real reports of `samples/` in a stream of ordinary lines. The same seed gives the same
 * bytes; they are kept in the temporary folder between runs.
 */

const FOLDER = join(tmpdir(), "oomlog-bench");
const SEED = 20_261_201;
const MIB = 1 << 20;

/** A generator of numbers in [0, 1): mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The texts of a sample's report, without levels and stamps. */
function reportOf(sample: string): string[] {
  const lines = readFileSync(join("samples", sample), "utf8").trimEnd().split("\n");
  return lines.map((line) => line.replace(/^(?:<\d>)?\[ *\d+\.\d+\] /, ""));
}

const GLOBAL = "6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log";
const MEMCG = "4.18.0-147.el8.x86_64_amd64/m2_k8s.log";

/**
 * The same report with this many more tasks in its table, with pids and sizes of their own: no two reports are the same,
 * and no two rows look like one address space.
 */
function withTasks(report: readonly string[], tasks: number, number: number): string[] {
  const isRow = (text: string): boolean => /^\[ *\d+\] /.test(text);
  const at = report.findIndex(isRow);
  const rows = report.filter(isRow);
  const row = rows[0] ?? "";
  const more = Array.from({ length: tasks }, (_, index) => {
    const pid = String(10_000 + ((number * 7 + index) % 4_000_000));
    const size = 100 + ((number * 31 + index * 17) % 900);
    return row.replace(
      /^\[ *\d+\]( +\d+) +\d+ +\d+ +\d+/,
      (_, uid: string) => `[${pid.padStart(7)}]${uid} ${pid.padStart(5)} ${String(size * 2).padStart(8)} ${size}`,
    );
  });
  return [...report.slice(0, at), ...more, ...report.slice(at)];
}

/** Lines that any machine logs. */
const NOISE: readonly ((draw: () => number) => string)[] = [
  (draw) => `systemd[1]: Started session-${int(draw, 99_999)}.scope - Session ${int(draw, 99_999)} of User deploy.`,
  (draw) =>
    `sshd[${int(draw, 99_999)}]: Accepted publickey for deploy from 192.0.2.${int(draw, 255)} port ${int(draw, 65_535)} ssh2`,
  (draw) => `CRON[${int(draw, 99_999)}]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.hourly)`,
  (draw) =>
    `kernel: [STAMP] audit: type=1400 audit(1792231387.${int(draw, 999)}:${int(draw, 9999)}): apparmor="DENIED" operation="open" profile="snap.x" pid=${int(draw, 99_999)} comm="x"`,
  (draw) =>
    `kernel: [STAMP] IPv4: martian source 198.51.100.${int(draw, 255)} from 203.0.113.${int(draw, 255)}, on dev eth0`,
  (draw) =>
    `kernel: [STAMP] EXT4-fs (sda${int(draw, 9)}): mounted filesystem with ordered data mode. Quota mode: none.`,
  (draw) =>
    `nginx[${int(draw, 9999)}]: 192.0.2.${int(draw, 255)} - - "GET /room/${int(draw, 99_999)} HTTP/1.1" 200 ${int(draw, 99_999)} "-" "Mozilla/5.0"`,
  (draw) =>
    `kubelet[${int(draw, 9999)}]: I1017 10:03:07.${int(draw, 999_999)} reconciler.go:224] operationExecutor.VerifyControllerAttachedVolume started for volume pvc-${int(draw, 99_999)}`,
  (draw) =>
    `dockerd[${int(draw, 9999)}]: time="2026-10-17T10:03:07Z" level=info msg="ignoring event" container=${int(draw, 2 ** 31).toString(16)} module=libcontainerd`,
  (draw) => `postfix/smtpd[${int(draw, 99_999)}]: connect from mail.example.org[198.51.100.${int(draw, 255)}]`,
];

function int(draw: () => number, below: number): number {
  return Math.floor(draw() * below);
}

/** One host's clock and the dress of its lines. */
class Host {
  readonly #name: string;
  readonly #dress: Dress;
  #usec: number;

  constructor(name: string, dress: Dress, usec: number) {
    this.#name = name;
    this.#dress = dress;
    this.#usec = usec;
  }

  kernel(text: string): string {
    this.#usec += 40;
    return this.#line("kernel: [STAMP] ", text);
  }

  noise(draw: () => number): string {
    this.#usec += Math.floor(draw() * 400_000);
    return this.#line("", NOISE[int(draw, NOISE.length)]?.(draw) ?? "");
  }

  #line(tag: string, text: string): string {
    const seconds = String(Math.floor(this.#usec / 1e6)).padStart(5);
    const stamp = `${seconds}.${String(this.#usec % 1_000_000).padStart(6, "0")}`;
    return this.#dress(
      this.#name,
      this.#usec,
      (tag + text).replace("STAMP", () => stamp),
    );
  }
}

type Dress = (host: string, usec: number, rest: string) => string;

const BOOTED = Date.UTC(2026, 9, 1);

const syslog: Dress = (host, usec, rest) => {
  const date = new Date(BOOTED + usec / 1000);
  const month = "JanFebMarAprMayJunJulAugSepOctNovDec".slice(date.getUTCMonth() * 3).slice(0, 3);
  return `${month} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)} ${host} ${rest}\n`;
};

const journalJson: Dress = (host, usec, rest) => {
  const [, tag = "", pid, text = ""] = /^([\w/]+)(?:\[(\d+)\])?: (?:\[ *\d+\.\d+\] )?(.*)$/s.exec(rest) ?? [];
  const wall = BOOTED * 1000 + usec;
  const isKernel = tag === "kernel";
  return `${JSON.stringify({
    __CURSOR: `s=8b6f0d1c;i=${usec.toString(16)};b=5d1e;m=${usec.toString(16)};t=${wall.toString(16)};x=1`,
    __REALTIME_TIMESTAMP: String(wall),
    __MONOTONIC_TIMESTAMP: String(usec),
    _BOOT_ID: "5d1e0c7a9b3f4e2d8c6a1b0f9e8d7c6b",
    _TRANSPORT: isKernel ? "kernel" : "syslog",
    PRIORITY: "6",
    SYSLOG_FACILITY: isKernel ? "0" : "3",
    SYSLOG_IDENTIFIER: tag,
    ...(pid === undefined ? {} : { _PID: pid }),
    ...(isKernel ? { _SOURCE_MONOTONIC_TIMESTAMP: String(usec) } : {}),
    _HOSTNAME: host,
    MESSAGE: text,
  })}\n`;
};

/** What a log is made of. */
interface Recipe {
  readonly bytes?: number;
  readonly reports: number;
  /** Lines of the report with a number. */
  readonly report: (number: number) => readonly string[];
  readonly hosts?: number;
  readonly dress?: Dress;
  /** Ordinary lines between two reports, where no size is given. */
  readonly between?: number;
}

function write(file: string, { bytes, reports, report, hosts = 1, dress = syslog, between = 0 }: Recipe): void {
  const draw = random(SEED);
  const fleet = Array.from({ length: hosts }, (_, index) => new Host(`web-${index + 1}`, dress, 4_000_000_000 + index));
  const pick = (): Host => fleet[int(draw, hosts)] ?? new Host("web", dress, 0);
  const descriptor = openSync(file, "w");
  let written = 0;
  let held: string[] = [];
  const put = (line: string): void => {
    held.push(line);
    if (held.length === 8192) flush();
  };
  const flush = (): void => {
    written += writeSync(descriptor, held.join(""));
    held = [];
  };
  for (let number = 0; number < reports; number++) {
    // Half of the ordinary lines stand before the report, and the rest of the last part behind it.
    const until = bytes === undefined ? 0 : (bytes * (number + 0.5)) / reports;
    for (let line = 0; bytes === undefined ? line < between : written < until; line++) put(pick().noise(draw));
    const host = pick();
    for (const text of report(number)) {
      put(host.kernel(text));
      if (hosts > 1) for (let other = 0; other < 3; other++) put(pick().noise(draw));
    }
  }
  while (bytes !== undefined && written < bytes) put(pick().noise(draw));
  flush();
  closeSync(descriptor);
}

const machine = reportOf(GLOBAL);
const cgroup = reportOf(MEMCG);
const large = (number: number): string[] => withTasks(machine, 300, number);

/** Reports in each MiB that is asked for, of logs that are mostly reports. */
export const REPORTS_PER_MIB = { dense: 2, memcg: 25 } as const;

const smallReport = (number: number): string[] => withTasks(cgroup, 1, number);

/** Reports of a memory cgroup as a syslog daemon writes them, a text each. */
export function memcgReports(count: number): string[] {
  const host = new Host("web-1", syslog, 4_000_000_000);
  return Array.from({ length: count }, (_, number) =>
    smallReport(number)
      .map((text) => host.kernel(text))
      .join(""),
  );
}

/** The logs by name; `mib` is the size of the large ones. */
export const corpora = {
  sparse: (mib: number): Recipe => ({ bytes: mib * MIB, reports: 10, report: large }),
  dense: (mib: number): Recipe => ({ reports: mib * REPORTS_PER_MIB.dense, report: large, between: 4_000 }),
  hosts: (mib: number): Recipe => ({ bytes: mib * MIB, reports: 20, report: large, hosts: 20 }),
  memcg: (mib: number): Recipe => ({
    reports: mib * REPORTS_PER_MIB.memcg,
    report: smallReport,
    between: 40,
  }),
  journal: (mib: number): Recipe => ({ bytes: mib * MIB, reports: 100, report: large, dress: journalJson }),
  tasks50k: (): Recipe => ({ reports: 1, report: (number) => withTasks(machine, 50_000, number) }),
  dmesg: (): Recipe => ({ reports: 1, report: large, between: 1_500 }),
};

export type CorpusName = keyof typeof corpora;

/** The path of a log, made when it is not there. */
export function corpus(name: CorpusName, mib: number): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name}-${mib}-${SEED}.log`);
  if (!existsSync(file)) {
    write(`${file}.part`, corpora[name](mib));
    renameSync(`${file}.part`, file);
  }
  return file;
}

/** The same, packed with gzip in members of 64 MiB. */
export function gzipped(name: CorpusName, mib: number): string {
  const plain = corpus(name, mib);
  const file = `${plain}.gz`;
  if (!existsSync(file)) {
    const bytes = readFileSync(plain);
    const descriptor = openSync(`${file}.part`, "w");
    for (let at = 0; at < bytes.length; at += 64 * MIB)
      writeSync(descriptor, gzipSync(bytes.subarray(at, at + 64 * MIB)));
    closeSync(descriptor);
    renameSync(`${file}.part`, file);
  }
  return file;
}
