import { spawnSync } from "node:child_process";

/** One run of a command, as a whole process with all that it starts. */
export interface Run {
  readonly seconds: number;
  /** Of all processors, in user and system mode. */
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

export type Command = readonly [program: string, ...parameters: string[]];

/** Python's resource module tells what the kernel has counted; Node does not tell it of children. */
const script = `
import resource, subprocess, sys, time
# A wrapper around python3 may have had children of its own.
before = resource.getrusage(resource.RUSAGE_CHILDREN)
started = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
while child.stdout.read(1 << 20): pass
child.wait()
seconds = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, used.ru_maxrss)`;

/** Runs a command and reads what it writes: grep stops at the first match where its output is /dev/null. */
export function run([program, ...parameters]: Command): Run {
  const { stdout, stderr } = spawnSync("python3", ["-c", script, program, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const [seconds, cpuSeconds, kilobytes] = stdout.trim().split(" ").map(Number);
  if (seconds === undefined || cpuSeconds === undefined || kilobytes === undefined)
    throw new Error(`could not run ${program}: ${stderr}`);
  return { seconds, cpuSeconds, peakMib: kilobytes / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Whether a program is there. */
export function has(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}
