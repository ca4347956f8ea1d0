import { existsSync } from "node:fs";
import { type CorpusName, corpus, gzipped, REPORTS_PER_MIB } from "./corpus.js";
import type { Command } from "./measure.js";

/** A command against its reference. */
export interface Case {
  readonly name: string;
  /** What it is held against. */
  readonly reference: Command;
  readonly command: Command;
  /** The ratio of wall times to reach. */
  readonly target: number;
  /** The log that is searched, for other searchers; null where the reference is no search of it. */
  readonly file: string | null;
  /** Reports of a log that has many. */
  readonly reports?: number;
}

export const oomlog: Command = [process.execPath, "bin/oomlog.js"];

/** The program as it can be had; what `npm run dist` makes is measured where it has been run. */
const programs: readonly { readonly name: string; readonly command: Command }[] = [
  { name: "bin/oomlog.js", command: oomlog },
  { name: "oomlog.cjs", command: [process.execPath, "dist/oomlog.cjs"] as const },
  { name: "the executable", command: ["dist/oomlog"] as const },
].filter(({ command }) => existsSync(command.at(-1) ?? ""));

const SMALL = "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log";
const pattern = "invoked oom-killer";

/** The cases, on logs of so many MiB. */
export function casesOf(mib: number): readonly Case[] {
  const against = (log: CorpusName, what: string, command: readonly string[], target: number): Case => {
    const file = corpus(log, mib);
    return {
      name: `${what} / grep`,
      reference: ["grep", "-c", pattern, file],
      command: [...oomlog, ...command, "--quiet", file],
      target,
      file,
      ...(log in REPORTS_PER_MIB ? { reports: mib * REPORTS_PER_MIB[log as keyof typeof REPORTS_PER_MIB] } : {}),
    };
  };
  const againstNode = (what: string, command: readonly string[], target: number, program = oomlog): Case => ({
    name: `${what} / node -e 0`,
    reference: [process.execPath, "-e", "0"],
    command: [...program, ...command],
    target,
    file: null,
  });
  const packed = gzipped("sparse", mib);
  return [
    against("sparse", "sparse, list", ["list"], 1.3),
    against("dense", "dense, explain --ndjson", ["explain", "--ndjson"], 4),
    against("hosts", "20 hosts interleaved, list", ["list"], 1.8),
    against("memcg", "small memcg reports, explain --ndjson", ["explain", "--ndjson"], 12),
    against("memcg", "small memcg reports, export as CSV", ["export", "--table", "kills"], 12),
    against("journal", "journalctl -o json, list", ["list"], 3),
    {
      name: "gzip, list / zcat | grep",
      reference: ["sh", "-c", `zcat ${packed} | grep -c '${pattern}'`],
      command: [...oomlog, "list", "--quiet", packed],
      target: 1,
      file: null,
    },
    againstNode("one report of 50,000 tasks, explain", ["explain", "--quiet", corpus("tasks50k", 0)], 5),
    againstNode("dmesg of 200 KB, explain", ["explain", "--quiet", corpus("dmesg", 0)], 2.5),
    ...programs.map(({ name, command }) =>
      againstNode(`one small report, list by ${name}`, ["list", SMALL], 2.5, command),
    ),
  ];
}

/** The same search by ripgrep. */
export function ripgrep(file: string): Command {
  return ["rg", "-c", pattern, file];
}
