import { describe, expect, it } from "vitest";
import { jsonText, toJson } from "../../src/render/index.js";
import { readText } from "../input/read-text.js";
import { parse, parseLines, sample, toLogLine } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdLocality } from "./locality.js";
import { readLines } from "./read.js";

const newest = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested").lines;

/** The lines with a change in those that match. */
function edited(lines: readonly string[], edits: readonly (readonly [RegExp, string])[]): string[] {
  return lines.map((line) => edits.reduce((text, [pattern, by]) => text.replace(pattern, by), line));
}

describe("names that every object of JavaScript has", () => {
  it("are columns of the task table like any other", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const lines = edited(newest, [
        [/ oom_score_adj name$/, ` ${name} oom_score_adj name`],
        [/^(.*\[ *\d+\] .*) (-?\d+ \S+)$/, "$1 77 $2"],
      ]);
      const [report] = parse(lines).reports;
      expect(report?.tasks.length).toBe(parse(newest).reports[0]?.tasks.length);
      for (const { other } of report?.tasks ?? []) expect(Object.entries(other ?? {})).toEqual([[name, "77"]]);
      const [analysis] = analyseText("x", lines);
      if (analysis === undefined) throw new Error("no report");
      expect(JSON.stringify(toJson(analysis, { verbose: false }))).toContain(`"${name}":"77"`);
    }
  });

  it("are no units of a counter", () => {
    const [report] = parse(edited(newest, [[/ free:(\d+)kB/, " free:$1constructor"]])).reports;
    const names = report?.memInfo?.zones.flatMap(({ counters }) => counters.map(({ name }) => name)) ?? [];
    expect(names).not.toContain("free");
  });

  it("are no sizes of a kill line", () => {
    const [report] = parse(edited(newest, [[/, anon-rss:/, ", constructor:5kB, toString:6kB, anon-rss:"]])).reports;
    const [kill] = report?.kills ?? [];
    expect(Object.keys(kill ?? {}).sort()).toEqual(Object.keys(parse(newest).reports[0]?.kills[0] ?? {}).sort());
  });
});

describe("numbers that no type of the kernel holds", () => {
  it("are no order: 2^order pages would be more than there are numbers", () => {
    for (const order of ["31", "2147483647", "9007199254740992", "-2"]) {
      const lines = edited(newest, [[/, order=0,/, `, order=${order},`]]);
      const [analysis] = analyseText("x", lines);
      expect(analysis?.report.trigger?.order, order).toBeNull();
      expect(analysis?.report.trigger?.gfpMask).toMatch(/^0x/);
    }
  });

  it("make a row unread, and told as such", () => {
    for (const [at, value] of [
      [0, "4294967296"],
      [3, "18446744073709551616"],
      [4, "-9223372036854775809"],
    ] as const) {
      let rows = 0;
      const lines = newest.map((line) => {
        const row = /^(.*)\[ *(\d+)\]( +\d.*)$/.exec(line);
        if (row === null || rows++ > 0) return line;
        const cells: string[] = (row[3] ?? "").match(/ +\S+/g) ?? [];
        if (at === 0) return `${row[1]}[${value}]${row[3]}`;
        return `${row[1]}[${row[2]}]${cells.with(at - 1, ` ${value}`).join("")}`;
      });
      const { reports } = parse(lines);
      expect(reports.flatMap(({ tasks }) => tasks)).toHaveLength(rows - 1);
      expect(reports.flatMap(({ unknownLines }) => unknownLines)).toHaveLength(1);
    }
  });

  it("are left out of a kill line, which is told, and the kill counts", () => {
    for (const edit of [
      [/UID:0/, "UID:9007199254740993"],
      [/oom_score_adj:0$/, "oom_score_adj:4294967296"],
      [/anon-rss:\d+kB/, "anon-rss:18446744073709551616kB"],
    ] as const) {
      const [report] = parse(edited(newest, [edit])).reports;
      expect(report?.kills.map(({ name }) => name)).toEqual(["inB"]);
      expect(JSON.stringify(report?.kills)).not.toMatch(/\d{16}|4294967296/);
      expect(report?.unknownLines.map(({ line }) => line)).toEqual([report?.kills[0]?.line]);
    }
  });

  it("stay exact in the evidence of findings, as far as they are printed", () => {
    const lines = edited(newest, [[/memory: usage \d+kB/, "memory: usage 9007199254740993kB"]]);
    const [analysis] = analyseText("x", lines);
    if (analysis === undefined) throw new Error("no report");
    const text = jsonText(toJson(analysis, { verbose: false }));
    expect(text).toContain('"memory usage","value":"9007199254740993"');
    expect(text).not.toContain("9007199254740992");
  });

  it("but those that one holds are exact beyond 2^53", () => {
    const lines = edited(newest, [
      [/^(.*\[ *\d+\] +\d+ +\d+) +\d+ +\d+ /, "$1 18446744073709551615 9007199254740993 "],
    ]);
    for (const { totalVmPages, rssPages } of parse(lines).reports[0]?.tasks ?? []) {
      expect([totalVmPages, rssPages]).toEqual([18446744073709551615n, 9007199254740993n]);
    }
  });
});

describe("a total of 0 pages", () => {
  it("divides nothing by zero", () => {
    const { lines } = sample("4.19.78_amd64/g_sysrq");
    const zero = edited(lines, [
      [/\d+ pages RAM/, "0 pages RAM"],
      [/\d+ pages reserved/, "0 pages reserved"],
      [/Total swap = \d+kB/, "Total swap = 0kB"],
      [/managed:\d+kB/, "managed:0kB"],
    ]);
    for (const { verdict } of analyseText("x", zero)) expect(verdict.kind).toBeTypeOf("string");
  });
});

describe("a table in which nobody could be picked", () => {
  it("leaves open who else it was, when the row of the victim is missing", () => {
    const lines = edited(newest, [[/^(.*\[ *\d+\] .*) -?\d+ (\S+)$/, "$1 -1000 $2"]]);
    const rows = lines.filter((line) => !/ inB$/.test(line));
    const [analysis] = analyseText("x", rows);
    expect(analysis?.verdict.kind).toBe("undecidable");
    expect(analysis?.verdict.possibleVictims).toHaveLength(2);
  });
});

describe("a score that no kernel prints", () => {
  it("leaves no verdict with one possible victim", () => {
    const { lines } = sample("3.2.71_amd64/m1_nested");
    for (const score of ["1999", "2001", "4294967296", "18446744073709551615"]) {
      for (const { verdict } of analyseText("x", edited(lines, [[/ score \d+ /, ` score ${score} `]]))) {
        if (verdict.kind === "undecidable") expect(verdict.possibleVictims?.length, score).toBeGreaterThan(1);
        expect(verdict.sentence).not.toMatch(/ (?:open|for) :|and {2}for/);
      }
    }
  });
});

describe("a line longer than a record of the kernel", () => {
  it("opens no report, whatever is in it", () => {
    const long = `${"x".repeat(9_000)} invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0`;
    expect(parse([long]).reports).toEqual([]);
    expect(parse([`[    1.000000] y invoked oom-killer: gfp_mask=0x0, order=0 ${"x".repeat(9_000)}`]).reports).toEqual(
      [],
    );
  });
});

describe("a kill line", () => {
  const kill = "Killed process 28 (P) total-vm:97464kB, anon-rss:96640kB, file-rss:0kB, shmem-rss:96kB";

  it("is not taken for the cpuset of who asked where such a line follows without a line break", () => {
    const { reports } = parse([
      "[    1.000000] x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
      `[    1.000001] Out of memory: ${kill}, UID:0 pgtables:116kB oom_score_adj:0x cpuset=/ mems_allowed=0`,
    ]);
    expect(reports.flatMap(({ kills, cpuset }) => [kills.map(({ pid }) => pid), cpuset])).toEqual([[28], null]);
  });

  it("is not swallowed by a torn line before it", () => {
    const { reports } = parse([
      "[   31]     0    31    23736    23459   221184        0         -1000 trigger<6>[    2.770392] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=P,pid=28,uid=0",
      `Out of memory: ${kill}`,
    ]);
    expect(reports.flatMap(({ kills }) => kills.map(({ pid, message }) => [pid, message]))).toEqual([
      [28, "Out of memory"],
    ]);
  });

  it("is not the rest of a stamp that was cut", () => {
    const { reports } = parse(["[    1.151<6>[    1.151467] x: y", `Out of memory: ${kill}`, "467] z"]);
    expect(reports.flatMap(({ kills }) => kills.map(({ pid, line }) => [pid, line]))).toEqual([[28, 2]]);
  });

  it("is none of a trigger line that lost its line break, which opens its report at once", () => {
    const { reports } = parse([
      "[    3.108969] trigger invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0[    3.109302] CPU: 1 PID: 94 Comm: trigger Not tainted 6.1.0-50-cloud-amd64 #1",
      "[    3.109629] Call Trace:",
      "[    3.109834]  dump_header+0x4c/0x22b",
      kill,
    ]);
    expect(
      reports.map(({ trigger, kernel, stack, kills }) => [trigger?.order, kernel.release, stack.length, kills.length]),
    ).toEqual([[0, "6.1.0-50-cloud-amd64", 1, 1]]);
  });

  it("that lost its line break is told before what follows", () => {
    const { reports } = parse([
      `[    1.000000] Out of memory: ${kill}, UID:0 pgtables:4kB oom_score_adj:0<4294967296>[   90.000000] x: y`,
      "[   90.000001] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    ]);
    expect(reports.map(({ line, kills }) => [line, kills.length])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  it("that was cut does not take the next report's trigger for its own", () => {
    const { reports } = parse([
      "[    1.000000] Out of memory: Killed process 921 (ab",
      "[    1.500000] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
      `[    1.600000] Out of memory: ${kill}`,
    ]);
    expect(reports.map(({ lines, kills }) => [lines.map(({ line }) => line), kills.length])).toEqual([
      [[1], 0],
      [[2, 3], 1],
    ]);
  });

  it("that was cut takes no line of another record for the rest of its name", () => {
    const { reports } = parse(["[    1.000000] Out of memory: Killed process 921 (ab", "[ 2000.000000] nl"]);
    expect(reports.map(({ lines }) => lines.map(({ line }) => line))).toEqual([[1]]);
  });

  it("goes on behind the level of the record that tore it", () => {
    const { reports } = parse([
      "[    2.700000] Out<6>[    2.770392] usb 1-1: new high-speed USB device number 7 using xhci_hcd",
      ` of memory: ${kill}`,
    ]);
    expect(reports.flatMap(({ kills }) => kills.map(({ pid, message }) => [pid, message]))).toEqual([
      [28, "Out of memory"],
    ]);
  });

  it("that another one has torn is a kill too, though both stand on one line", () => {
    const torn = `<3>[    1.585222] Memory cgroup out of<3>[    1.585222] Memory cgroup out of memory: ${kill}`;
    const { reports } = readLines([torn, ` memory: ${kill}`]);
    expect(reports.flatMap(({ kills }) => kills.map(({ pid, line }) => [pid, line]))).toEqual([
      [28, 1],
      [28, 1],
    ]);
  });

  it("is a kill where the log is cut within its message", () => {
    for (const [head, message] of [
      ["ut of memory: ", null],
      ["cgroup out of memory: ", "Memory cgroup out of memory"],
      ["memory (oom_kill_allocating_task): ", "Out of memory (oom_kill_allocating_task)"],
      [" of memory: ", null],
      ["", null],
    ] as const) {
      const { reports } = parse([`${head}${kill}`]);
      expect(reports.flatMap(({ kills }) => kills)).toMatchObject([{ pid: 28, name: "P", message }]);
    }
    expect(parse([`some other text: ${kill}`]).reports).toEqual([]);
  });

  it("is not the end of a name in a kill line that was cut", () => {
    const { reports } = parse(["[    1.000000] Out of memory: Killed process 921 (ab", `[    1.000001] ${kill}`]);
    expect(reports.flatMap(({ kills }) => kills.map(({ pid, name }) => [pid, name]))).toEqual([[28, "P"]]);
    expect(reports.flatMap(({ unknownLines }) => unknownLines.map(({ line }) => line))).toEqual([1]);
  });

  it("that is cut is told, though a line longer than a record of the kernel follows", () => {
    const cut = "Killed process 31 (c) x, anon-rss:24040kB, file-rss:0kB, shmem-rss:96kB";
    const long = `oom_reaper: reaped process 31 (c), ${"ocess 31 (c), ".repeat(600)}now anon-rss:0kB`;
    const { reports } = parse([`[    1.669548] ${cut}`, `[    1.756396] ${long}`]);
    expect(reports.flatMap(({ unknownLines }) => unknownLines)).toContainEqual({ line: 1, text: cut });
  });

  it("with line breaks in its name and a field that no kernel prints is told whole, from its first line", () => {
    const odd = [
      "Out of memory: Killed process 134 (ab",
      "cd",
      "ef) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:-9223372036854775808 pgtable",
    ];
    const { reports } = parse(odd.map((text) => `[    3.240884] ${text}`));
    expect(reports.map(({ kills }) => kills.map(({ pid, name }) => [pid, name]))).toEqual([[[134, "ab\ncd\nef"]]]);
    expect(reports.map(({ unknownLines }) => unknownLines)).toEqual([[{ line: 1, text: odd.join("\n") }]]);
  });
});

describe("a row without its header", () => {
  it("is read by its widths where the last table of the log is another kernel's", () => {
    const { reports, notes } = parse([
      "[  258.672650] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
      "[  258.693097] swap: usage 0kB, limit 9007199254740988kB, failcnt 0",
      "[    1.896087] [   37]     0    36    24895    24675      51       3        0             0 L",
      "[  258.693310] file 0",
    ]);
    expect(reports.map(({ lines, tasks }) => [lines.length, tasks.map(({ name }) => name)])).toEqual([
      [2, []],
      [1, ["L"]],
    ]);
    expect(notes.map(({ message }) => message)).toEqual([
      "The task table has no header in this log; its columns were taken to be those of the kernel that prints such rows.",
    ]);
  });
});

describe("a torn line whose rest never comes", () => {
  const trigger = "invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";

  it("is told in its place, not with a report of another time", () => {
    const { reports } = parse([
      `[  100.000000] a ${trigger}`,
      "[  100.000100] Node 0 DMA fr[  100.000200] usb 1-1: new high-speed USB device number 7 using xhci_hcd",
      `[ 5000.000000] b ${trigger}`,
      "Mem-Info:",
    ]);
    expect(reports.map(({ trigger, lines }) => [trigger?.name, lines.map(({ line }) => line)])).toEqual([
      ["a", [1, 2, 2]],
      ["b", [3, 4]],
    ]);
  });

  it("is told in its place when it is as long as it may be", () => {
    const names = ["6.12.107+deb13-cloud-amd64_amd64/m2_weirdpath", "4.19.78_amd64/m2_group"];
    expect(holdLocality([...names, "4.18.0-147.el8.x86_64_amd64/m2_k8s"], [["long", 1504, 3330, 35_495]])).toBe(3);
  });
});

describe("stray lines", () => {
  it("are told by the line on which they stand", () => {
    const { reports, notes } = parse(["[    1.000000] nothing", "[    1.000001] oom-kill:constraint=CONSTRAINT"]);
    expect(reports).toEqual([]);
    for (const { line } of notes) expect(line).toBe(2);
  });
});

describe("JSON", () => {
  it("without a line of a log under a known name is told", () => {
    const { lines, notes } = readText('{"id":1,"Output2":"trigger invoked oom-killer: gfp_mask=0x0"}\n{"id":2}\n');
    expect(lines).toEqual([]);
    expect(notes.map(({ code, message }) => [code, message])).toEqual([
      ["json-without-message", "2 lines of JSON without a log line under a name that is known."],
    ]);
  });

  it("of a test's result that quotes a kill line is no log", () => {
    const kill = "Killed process 87 (trigger) total-vm:41704kB, anon-rss:40680kB, file-rss:0kB, shmem-rss:96kB";
    const result = { scenario: "m2_basic", kernel_says_killed: [{ pid: 87, comm: "trigger", line: kill }] };
    for (const document of [JSON.stringify(result), JSON.stringify(result, null, 2)]) {
      const { lines, notes } = readText(`${document}\n`);
      expect(lines).toEqual([]);
      expect(notes.map(({ code }) => code)).toEqual(["json-without-message"]);
    }
    // With a time, a host or a stamp it is one, and so is a record by itself.
    for (const record of [
      { logs: [{ line: kill, ts: 1790000000 }] },
      { logs: [{ text: kill, node: "web-07" }] },
      { logs: [{ line: `[   12.345678] ${kill}` }] },
      { line: kill },
      [{ text: kill }],
      { logs: [{ message: kill }] },
    ]) {
      expect(readText(`${JSON.stringify(record)}\n`).lines).toMatchObject([{ text: kill }]);
    }
  });

  it("that is cut within a document is told line by line", () => {
    const { notes } = readText('[\n  {\n    "PRIORITY": "4",\n    "a": "b"\n  },\n  {\n    "c": \n');
    expect(notes.map(({ code }) => code)).toEqual(["malformed-json"]);
  });
});

describe("a time that no calendar shows", () => {
  it("is none", () => {
    const line = toLogLine("x invoked oom-killer: gfp_mask=0x0, order=0", 0);
    const timeAt = (wallUsec: number) => parseLines([{ ...line, wallUsec }]).reports[0]?.time;
    expect(timeAt(1e15)).toBe("2001-09-09T01:46:40.000Z");
    for (const wallUsec of [3e17, -1e17, 1e30]) expect(timeAt(wallUsec)).toBeNull();
  });
});

describe("a line of nothing but the beginnings of a pattern, which took the square or the cube of its length", () => {
  const blanks = " ".repeat(200_000);
  const rows: readonly (readonly [what: string, line: string])[] = [
    [
      "trigger lines before a torn one",
      `${" invoked oom-killer: gfp_mask=0x, order=1, oom_adj=1".repeat(1_000)}x[    5.000000] a b`,
    ],
    ["kill lines before a torn one", `${"Killed process 1 () total-vm:file-rss:1kB".repeat(1_200)}x[    5.000000] a b`],
    ["a code block that is none", `\`\`\`${blanks}!`],
    ["a tag of logcat without its colon", `01-01 00:00:00.000  1  1 I ${blanks}x`],
    ["a console of EC2 that is no base64", JSON.stringify({ InstanceId: "i-1", Output: `++ +${blanks}!` })],
  ];

  it.each(rows)("is read, and so is what follows: %s", (_, line) => {
    const { lines } = readText(`${line}\n${newest.join("\n")}\n`);
    const { reports } = parseLines(lines);
    expect(reports.map(({ kills }) => kills.length)).toEqual(parse(newest).reports.map(({ kills }) => kills.length));
  });
});
