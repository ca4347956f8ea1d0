import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/model/log-line.js";
import { killFormats, type PrintedKill, type PrintedTask, printRow, tableFormats } from "./kernel-formats.js";
import { parseLines } from "./samples.js";

const trigger = "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";

/** A task name: at most 15 bytes of anything but a line break, with the turns of phrase that a parser may trip over. */
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(..." ()[],:=._-/0123456789abcKB\\é日"), minLength: 1, maxLength: 15 }),
  fc.constantFrom(
    "12345 (x)",
    "1, UID:0 ",
    "],adj:5",
    ") score 9 or a",
    ",task=x,pid=1",
    "a) vsz:1kB",
    "Mem-Info:",
    "[ 1] 2 3 4 5 6",
    "[    1.234567] ",
    "a[1.000000] b",
  ),
);
const pages = fc.oneof(fc.nat(10_000_000), fc.nat());

const task: fc.Arbitrary<PrintedTask> = fc.record({
  pid: fc.integer({ min: 2, max: 4_194_304 }),
  uid: fc.integer({ min: -2, max: 2_147_483_647 }),
  tgid: fc.integer({ min: 2, max: 4_194_304 }),
  totalVm: pages,
  rss: pages,
  anon: pages,
  file: pages,
  shmem: pages,
  ptes: fc.nat(500_000),
  swap: pages,
  adj: fc.integer({ min: -1000, max: 1000 }),
  cpu: fc.nat(4095),
  name,
});

const kill: fc.Arbitrary<PrintedKill> = fc.record({
  pid: fc.integer({ min: 1, max: 4_194_304 }),
  uid: fc.nat(4_294_967_294),
  name,
  totalVm: pages,
  anon: pages,
  file: pages,
  shmem: pages,
  pgtables: pages,
  adj: fc.integer({ min: -1000, max: 1000 }),
});

function lines(texts: readonly string[]): readonly LogLine[] {
  return texts.map((text, index) => ({
    text,
    line: index + 1,
    byteOffset: null,
    host: null,
    wallUsec: null,
    uptimeUsec: null,
    level: null,
    caller: null,
    trust: "kernel",
  }));
}

describe.each(tableFormats)("the table of $versions", (format) => {
  it("is read back, whatever the names and however wide the numbers", () => {
    fc.assert(
      fc.property(fc.array(task, { minLength: 1, maxLength: 5 }), (tasks) => {
        const printed = tasks.map((one) => printRow(format, one));
        const [report] = parseLines(lines([trigger, format.header, ...printed])).reports;
        expect(report?.tasks.map((row) => row.name)).toEqual(tasks.map((one) => one.name));
        report?.tasks.forEach((row, index) => {
          const one = tasks[index] as PrintedTask;
          expect([row.pid, row.uid, row.tgid, row.totalVmPages, row.rssPages]).toEqual([
            one.pid,
            one.uid,
            one.tgid,
            one.totalVm,
            one.rss,
          ]);
          if (format.header.includes("oom_score_adj")) expect(row.oomScoreAdj).toBe(one.adj);
          if (format.header.includes("swapents")) expect(row.swapPages).toBe(one.swap);
          if (format.header.includes("pgtables_bytes")) expect(row.pgtablesBytes).toBe(one.ptes * 4096);
          if (format.header.includes("rss_shmem")) expect(row.rssShmemPages).toBe(one.shmem);
        });
      }),
    );
  });

  it("is told by its widths where the header is lost", () => {
    const usual: PrintedTask = {
      pid: 812,
      uid: 1000,
      tgid: 812,
      totalVm: 123_456,
      rss: 2_345,
      anon: 2_000,
      file: 300,
      shmem: 45,
      ptes: 25,
      swap: 67,
      adj: -500,
      cpu: 3,
      name: "1 (x) 2",
    };
    const { reports, notes } = parseLines(lines([trigger, printRow(format, usual)]));
    expect(reports[0]?.taskTable?.columns.join(" ")).toBe(
      format.header.replace(/^\[ *pid *\] +/, "pid ").replace(/ +/g, " "),
    );
    expect(reports[0]?.tasks[0]).toMatchObject({ pid: 812, rssPages: 2_345, name: "1 (x) 2" });
    expect(notes.map(({ code }) => code)).toEqual(["table-header-lost"]);
  });
});

describe("a table of a kernel to come", () => {
  it("keeps columns that nobody knows and finds the known ones wherever they stand", () => {
    const header = "[  pid  ]   tgid rss_huge total_vm      rss   uid zram_bytes oom_score_adj name";
    const row = "[    812]    812     4096   123456     2345  1000   18446744073709551615          -500 a b";
    const [report] = parseLines(lines([trigger, header, row])).reports;
    expect(report?.tasks).toEqual([
      {
        pid: 812,
        tgid: 812,
        uid: 1000,
        totalVmPages: 123_456,
        rssPages: 2_345,
        oomScoreAdj: -500,
        other: { rss_huge: "4096", zram_bytes: "18446744073709551615" },
        name: "a b",
        line: 3,
      },
    ]);
  });

  it("keeps rows that do not fit the header as unknown lines", () => {
    const header = "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name";
    const kill = "Killed process 812 (java) total-vm:4kB, anon-rss:4kB, file-rss:0kB";
    const { reports, notes } = parseLines(lines([trigger, header, "[  812]  1000   812   123456  java", kill]));
    expect(reports[0]?.tasks).toEqual([]);
    expect(reports[0]?.unknownLines).toEqual([{ line: 3, text: "[  812]  1000   812   123456  java" }]);
    expect(notes.map(({ code, line }) => [code, line])).toEqual([["unknown-line", 3]]);
  });
});

describe.each(killFormats)("the kill line of $versions", ({ print, prints }) => {
  it("is read back, whatever the name", () => {
    fc.assert(
      fc.property(kill, (one) => {
        const [report] = parseLines(lines([trigger, print(one)])).reports;
        const [read] = report?.kills ?? [];
        expect(read).toMatchObject({ pid: one.pid, name: one.name, role: "victim" });
        const fields = {
          uid: read?.uid,
          totalVm: read?.totalVmKb,
          anon: read?.anonRssKb,
          file: read?.fileRssKb,
          shmem: read?.shmemRssKb,
          pgtables: read?.pgtablesKb,
          adj: read?.oomScoreAdj,
        };
        for (const [field, value] of Object.entries(fields)) {
          const printed = prints.includes(field as keyof typeof fields);
          expect(value, field).toBe(printed ? one[field as keyof typeof fields] : undefined);
        }
      }),
    );
  });
});

describe("the oom-kill line", () => {
  const path = fc.string({ unit: fc.constantFrom(..."/abc,=:. -_\\x"), maxLength: 40 }).map((rest) => `/${rest}`);

  it("is read from both ends, whatever paths and names hold", () => {
    const format = tableFormats[5];
    if (format === undefined) throw new Error("no such table");
    fc.assert(
      fc.property(task, path, (one, cgroup) => {
        const summary =
          "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=leaf,mems_allowed=0-1," +
          `oom_memcg=${cgroup},task_memcg=${cgroup}/x,task=${one.name},pid=${one.tgid},uid=7`;
        fc.pre(!cgroup.includes(",task_memcg="));
        const [report] = parseLines(lines([trigger, format.header, printRow(format, one), summary])).reports;
        expect(report?.summary).toMatchObject({
          constraint: "CONSTRAINT_MEMCG",
          cpuset: "leaf",
          memsAllowed: "0-1",
          oomMemcg: cgroup,
          taskMemcg: `${cgroup}/x`,
          name: one.name,
          pid: one.tgid,
          uid: 7,
        });
      }),
    );
  });

  it("says what is left where the record limit cut it", () => {
    const cut =
      "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=leaf,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b";
    const kill =
      "Memory cgroup out of memory: Killed process 812 (java) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB";
    const [report] = parseLines(lines([trigger, cut, kill])).reports;
    expect(report?.summary).toMatchObject({ oomMemcg: "/a", taskMemcg: null, name: null, pid: null, line: 2 });
    expect(report?.kills).toMatchObject([{ pid: 812, name: "java" }]);
    expect(report?.unknownLines).toEqual([]);
  });
});
