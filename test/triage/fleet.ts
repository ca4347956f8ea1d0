import { createAnalyser } from "../../src/analyse.js";
import { createLineReader } from "../../src/input/index.js";
import type { Analysis } from "../../src/model/analysis.js";

/** A kill of a fleet: a real log, on a host, at a time. */
export interface FleetKill {
  /** Its records, with the kernel's stamp. */
  readonly records: readonly string[];
  readonly host: string;
  /** Seconds since 2026-10-01T00:00:00Z. */
  readonly at: number;
  /** What tells it from other kills of the same sample: pids are so much higher. */
  readonly pidOffset: number;
}

const START = Date.UTC(2026, 9, 1) / 1000;

/** Where a pid stands in the lines that make a report's id, and in those that name the victim. */
const pidPlaces: readonly RegExp[] = [
  /^(\[ *)(\d+)(\] +\d+ +)(\d+)( )/,
  /((?:Kill|Killed) process )(\d+)()()( )/,
  /((?:[ ,]pid=|PID: |Pid: |reaped process ))(\d+)()()([ ,])/,
];

/** A line of a report with other pids: those that make its id, and those that name the victim. */
export function withPids(text: string, offset: number): string {
  return pidPlaces.reduce(
    (line, place) =>
      line.replace(place, (_all, before, pid, between, tgid, after) => {
        const second = tgid === "" ? "" : String(Number(tgid) + offset);
        return `${before}${Number(pid) + offset}${between}${second}${after}`;
      }),
    text,
  );
}

/** The records of a kill as rsyslog writes them, with their times. */
function dressed({ records, host, at, pidOffset }: FleetKill): { readonly at: number; readonly line: string }[] {
  let first: number | undefined;
  return records.map((raw) => {
    const [prefix = "", seconds = "0"] = /^(?:<\d>)?\[ *(\d+\.\d{6})\] /.exec(raw) ?? [];
    first ??= Number(seconds);
    const when = at + Number(seconds) - first;
    const iso = new Date(Math.round((START + when) * 1000)).toISOString().slice(0, -1);
    const stamp = (when + 1000).toFixed(6).padStart(12);
    const text = withPids(raw.slice(prefix.length), pidOffset);
    return { at: when, line: `${iso}000+00:00 ${host} kernel: [${stamp}] ${text}` };
  });
}

/** One log of all hosts, line by line in the order of time, as a central syslog server has it. */
export function fleetLog(kills: readonly FleetKill[]): string[] {
  return kills
    .flatMap(dressed)
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

/** Every analysis of a log. */
export function analyseLog(lines: readonly string[], source = "fleet.log"): Analysis[] {
  const analyses: Analysis[] = [];
  const analyser = createAnalyser({ source, onAnalysis: (analysis) => analyses.push(analysis) });
  const reader = createLineReader({ source, onLine: (line) => analyser.push(line), onNote: () => {} });
  lines.forEach((line, index) => {
    reader.push(line, index + 1, null);
  });
  reader.end();
  analyser.end();
  return analyses;
}
