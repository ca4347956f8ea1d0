import { expect, it, test } from "vitest";
import { type Analysis, createAnalyser, createLineReader, type Note } from "../../src/index.js";

/** The notes and analyses of a log's text. */
function read(text: string): { readonly notes: Note[]; readonly analyses: Analysis[] } {
  const notes: Note[] = [];
  const analyses: Analysis[] = [];
  const onNote = (note: Note): void => void notes.push(note);
  const analyser = createAnalyser({ source: "-", onAnalysis: (analysis) => analyses.push(analysis), onNote });
  const reader = createLineReader({ source: "-", onLine: (line) => analyser.push(line), onNote });
  for (const [index, line] of text.split("\n").entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  return { notes: notes.filter(({ code }) => code === "not-an-oom-kill"), analyses };
}

// Texts as the programs' sources and documentation give them, in the dress of a syslog file.
test.each([
  [
    "systemd-oomd",
    "Jun  1 10:00:00 web systemd-oomd[612]: Killed /user.slice/user-1000.slice/session-1.scope due to memory pressure for /user.slice being 61.87% > 60.00% for > 20s with reclaim activity",
  ],
  [
    "earlyoom",
    'Jun  1 10:00:00 web earlyoom[612]: sending SIGTERM to process 812 uid 0 "java": oom_score 900, oom_score_adj 0, VmRSS 812 MiB',
  ],
  ["nohang", "Jun  1 10:00:00 web nohang[612]: Implementing a corrective action:"],
  [
    "lmkd",
    "Jun  1 10:00:00 phone lmkd[612]: Kill 'com.example.app' (4711), uid 10101, oom_score_adj 906 to free 81244kB",
  ],
  [
    "page allocation failure",
    "Jun  1 10:00:00 web kernel: [ 9.123456] swapper/0: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)",
  ],
  ["memory.high throttling", "Jun  1 10:00:00 web kernel: [ 9.123456]  mem_cgroup_handle_over_high+0x1a/0x200"],
  [
    "hung task",
    "Jun  1 10:00:00 web kernel: [ 9.123456] INFO: task jbd2/sda1-8:212 blocked for more than 120 seconds.",
  ],
])("a log with %s alone says so by that name, counted, and has no report", (name, line) => {
  const { notes, analyses } = read([line, "Jun  1 10:00:01 web cron[1]: (root) CMD (true)", line].join("\n"));
  expect(analyses).toEqual([]);
  expect(notes.map(({ message, line: first }) => [message.split(":")[1]?.trim(), first])).toEqual([
    [`${name} (2 lines)`, 1],
  ]);
});

it("quotes the line that names who died, not the first that speaks of it", () => {
  const { notes } = read(
    [
      "Jun  1 10:00:00 web earlyoom[612]: low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%",
      'Jun  1 10:00:00 web earlyoom[612]: sending SIGTERM to process 812 uid 0 "java": oom_score 900, VmRSS 812 MiB',
    ].join("\n"),
  );
  expect(notes[0]?.message).toContain('"sending SIGTERM to process 812 uid 0 "java": oom_score 900, VmRSS 812 MiB"');
});

it("is not taken in by a program that writes like the kernel, where the source tells them apart", () => {
  const entry = (transport: string): string =>
    JSON.stringify({
      _TRANSPORT: transport,
      __REALTIME_TIMESTAMP: "1717200000000000",
      SYSLOG_IDENTIFIER: transport === "kernel" ? "kernel" : "logger",
      MESSAGE: "INFO: task jbd2/sda1-8:212 blocked for more than 120 seconds.",
    });
  expect(read(entry("syslog")).notes).toEqual([]);
  expect(read(entry("kernel")).notes).toHaveLength(1);
});
