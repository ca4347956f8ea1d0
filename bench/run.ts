import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { arch, cpus, release } from "node:os";
import { type CorpusName, corpus, gzipped } from "./corpus.js";

/**
 * Measures whole processes as ratios: oomlog and its reference run in turns, and the median of the pairs counts. An
 * absolute time means nothing on a machine that others use too.
 *
 * `npm run bench [MIB [ROUNDS]]`: size of the large logs (default 256) and pairs for each (default 5).
 */

const mib = Number(process.argv[2] ?? 256);
const rounds = Number(process.argv[3] ?? 5);

interface Case {
  readonly name: string;
  /** What it is held against. */
  readonly reference: readonly string[];
  readonly command: readonly string[];
  /** The ratio to reach. */
  readonly target: number;
}

const oomlog = [process.execPath, "bin/oomlog.js"];
const grep = ["grep", "-c", "invoked oom-killer"];

function against(name: CorpusName, title: string, command: readonly string[], target: number): Case {
  const file = corpus(name, mib);
  return { name: title, reference: [...grep, file], command: [...oomlog, ...command, "--quiet", file], target };
}

const node = [process.execPath, "-e", "0"];
const packed = gzipped("sparse", mib);
const cases: readonly Case[] = [
  against("sparse", "sparse, list / grep", ["list"], 1.3),
  against("dense", "dense, explain --ndjson / grep", ["explain", "--ndjson"], 4),
  against("hosts", "20 hosts interleaved, list / grep", ["list"], 1.8),
  against("memcg", "small memcg reports, explain --ndjson / grep", ["explain", "--ndjson"], 12),
  against("journal", "journalctl -o json, list / grep", ["list"], 3),
  {
    name: "gzip, list / zcat | grep",
    reference: ["sh", "-c", `zcat ${packed} | grep -c 'invoked oom-killer'`],
    command: [...oomlog, "list", "--quiet", packed],
    target: 1,
  },
  {
    name: "one report of 50,000 tasks, explain / node -e 0",
    reference: node,
    command: [...oomlog, "explain", "--quiet", corpus("tasks50k", 0)],
    target: 5,
  },
  {
    name: "dmesg of 200 KB, explain / node -e 0",
    reference: node,
    command: [...oomlog, "explain", "--quiet", corpus("dmesg", 0)],
    target: 2.5,
  },
];

interface Run {
  readonly seconds: number;
  /** Of all processors, in user and system mode. */
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

/** Runs a command and reads what it writes: grep stops at the first match where its output is /dev/null. */
function run([program = "", ...parameters]: readonly string[]): Run {
  const script =
    "import resource,subprocess,sys,time\nt=time.monotonic()\np=subprocess.Popen(sys.argv[1:],stdout=subprocess.PIPE)\nwhile p.stdout.read(1<<20): pass\np.wait()\ns=time.monotonic()-t\nu=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(s,u.ru_utime+u.ru_stime,u.ru_maxrss)";
  const { stdout, stderr } = spawnSync("python3", ["-c", script, program, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const [seconds, cpuSeconds, kilobytes] = stdout.trim().split(" ").map(Number);
  if (seconds === undefined || cpuSeconds === undefined || kilobytes === undefined)
    throw new Error(`could not run ${program}: ${stderr}`);
  return { seconds, cpuSeconds, peakMib: kilobytes / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function hasRipgrep(): boolean {
  return spawnSync("rg", ["--version"]).status === 0;
}

const rows: string[] = [];
for (const { name, reference, command, target } of cases) {
  const pairs = Array.from({ length: rounds }, () => ({ reference: run(reference), oomlog: run(command) }));
  const ratio = median(pairs.map((pair) => pair.oomlog.seconds / pair.reference.seconds));
  const cpu = median(pairs.map((pair) => pair.oomlog.cpuSeconds / pair.reference.cpuSeconds));
  const peak = Math.max(...pairs.map((pair) => pair.oomlog.peakMib));
  const ripgrep =
    hasRipgrep() && reference[0] === "grep"
      ? median(pairs.map((pair) => run(["rg", ...reference.slice(1)]).seconds / pair.reference.seconds)).toFixed(2)
      : "";
  const row = `| ${name} | ${ratio.toFixed(2)} | ${cpu.toFixed(2)} | ${target} | ${ripgrep} | ${peak.toFixed(0)} |`;
  process.stdout.write(`${row}\n`);
  rows.push(row);
}

const text = `# Results

Made by \`npm run bench ${mib} ${rounds}\`: logs of ${mib} MiB, median of ${rounds} pairs, whole processes.
Node ${process.version} on Linux ${release()} ${arch()}, ${cpus().length} processors; GNU grep with LC_ALL=C.

| what / held against | wall time, ratio | processor time, ratio | target | ripgrep / grep | peak RSS, MiB |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
writeFileSync("bench/RESULTS.md", text);
