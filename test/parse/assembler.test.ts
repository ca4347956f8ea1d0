import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/model/log-line.js";
import type { OomReport } from "../../src/model/report.js";
import { ReportAssembler } from "../../src/parse/assembler.js";
import { parseLines, sample, toLogLine } from "./samples.js";

function linesOf(name: string): LogLine[] {
  return sample(name).lines.map(toLogLine);
}

/** A line of some driver, so many seconds after another. */
function driverLine(after: LogLine | undefined, seconds: number): LogLine {
  const text = "usb 1-1: new high-speed USB device number 2 using xhci_hcd";
  if (after === undefined) throw new Error("no line to follow");
  return { ...after, text, line: after.line + 1, uptimeUsec: (after.uptimeUsec ?? 0) + seconds * 1_000_000 };
}

describe("a report", () => {
  const plain = "6.1.0-50-s390x_s390x/g_idlehog";
  const reaped = "4.19.78_amd64/m2_group";

  it("is handed out when the log's clock leaves it behind, and the assembler goes on", () => {
    const reports: OomReport[] = [];
    const assembler = new ReportAssembler({ source: "-", onReport: (report) => reports.push(report) });
    const lines = linesOf(plain);
    for (const line of lines) assembler.push(line);
    expect(reports).toEqual([]);
    const later = driverLine(lines.at(-1), 11);
    assembler.push(later);
    assembler.push(driverLine(later, 1));
    expect(reports).toHaveLength(1);
    for (const line of lines) assembler.push(line);
    assembler.end();
    expect(reports.map(({ id }) => id)).toEqual([reports[0]?.id, reports[0]?.id]);
    assembler.end();
    expect(reports).toHaveLength(2);
  });

  it("waits for the reaper past the lines of others, which stay outside", () => {
    const lines = linesOf(reaped);
    const late = lines.pop();
    const others = Array.from({ length: 300 }, (_, index) => driverLine(late, index / 100));
    const [report] = parseLines([...lines, ...others, { ...driverLine(late, 4), text: late?.text ?? "" }]).reports;
    expect(report?.reaper.map(({ pid }) => pid)).toEqual([33]);
    expect(report?.foreignLineCount).toBe(0);
    expect(report?.lines).toHaveLength(lines.length + 1);
  });

  it("counts what others print before its ending, and keeps it", () => {
    const lines = linesOf(plain);
    const other = driverLine(lines[20], 0);
    const [report] = parseLines(lines.toSpliced(20, 0, other)).reports;
    expect(report?.complete).toBe(true);
    expect(report?.foreignLineCount).toBe(1);
    expect(report?.lines[20]?.text).toBe(other.text);
  });

  it("keeps a line that nobody knows, and says so", () => {
    const lines = linesOf(plain);
    const odd: LogLine = { ...driverLine(lines[20], 0), text: "flux capacitor at 1.21 gigawatts", line: 999 };
    const { reports, notes } = parseLines(lines.toSpliced(20, 0, odd));
    expect(reports[0]?.unknownLines).toEqual([{ line: 999, text: odd.text }]);
    expect(notes).toMatchObject([{ code: "unknown-line", severity: "warning", line: 999 }]);
  });

  it("takes nothing that a program wrote", () => {
    const lines = linesOf(plain);
    const forged = lines.map((line) => ({ ...line, trust: "userspace" as const }));
    expect(parseLines(forged).reports).toEqual([]);
    expect(parseLines(forged).notes).toMatchObject([{ code: "userspace-lines", line: 1 }]);

    const kill = lines.at(-1);
    if (kill === undefined) throw new Error("the sample is empty");
    const early = { ...kill, text: kill.text.replace("process 81", "process 1"), trust: "userspace" as const };
    const { reports } = parseLines(lines.toSpliced(30, 0, early));
    expect(reports.map((report) => report.kills.map(({ pid }) => pid))).toEqual([[81]]);
    expect(reports[0]?.foreignLineCount).toBe(1);
  });

  it("is the kernel's where every line of it is", () => {
    const trusted = linesOf(plain).map((line): LogLine => ({ ...line, trust: "kernel" }));
    expect(parseLines(trusted).reports[0]?.trust).toBe("kernel");
    const mixed = trusted.map((line): LogLine => (line.line === 8 ? { ...line, trust: "claimed" } : line));
    expect(parseLines(mixed).reports[0]?.trust).toBe("claimed");
  });

  it("has the head of a trace even where its trigger line is lost", () => {
    const [report] = parseLines(linesOf(plain).slice(1)).reports;
    expect(report).toMatchObject({ fragment: true, missingParts: ["trigger"], line: 2 });
    expect(report?.kernel.release).toBe("6.1.0-50-s390x");
    expect(report?.stack.some((frame) => frame.function === "oom_kill_process")).toBe(true);
  });

  it("has no part of the memory block that a failed allocation prints after the kill", () => {
    const { reports } = parseLines(linesOf("5.4.286_amd64/g_swapoff"));
    expect(reports).toHaveLength(1);
    expect(reports[0]?.endLine).toBe(58);
    expect(reports[0]?.memInfo?.zones.map(({ line }) => line).every((line) => line < 58)).toBe(true);
  });

  it("is no report where only an allocation failed", () => {
    expect(parseLines(linesOf("5.4.286_amd64/g_swapoff").slice(58)).reports).toEqual([]);
  });

  it("has a sysrq line only where sysrq asked for it", () => {
    const [asked, ...rest] = linesOf("4.19.78_amd64/g_sysrq");
    if (asked === undefined) throw new Error("the sample is empty");
    expect(parseLines([asked, ...rest]).reports[0]?.sysrq?.text).toBe("sysrq: SysRq : Manual OOM execution");
    expect(parseLines([asked, ...linesOf(plain)]).reports[0]?.sysrq).toBeNull();
  });

  it("is not spread over two boots", () => {
    const lines = linesOf(plain);
    const again = lines.map((line) => ({ ...line, boot: 1, uptimeUsec: (line.uptimeUsec ?? 0) - 1_000_000 }));
    const { reports } = parseLines([...lines.slice(0, 30).map((line) => ({ ...line, boot: 0 })), ...again.slice(30)]);
    expect(reports.map((report) => report.trigger !== null)).toEqual([true, false]);
    expect(reports[0]?.kills).toEqual([]);
    expect(reports[1]).toMatchObject({ fragment: true, kills: [{ pid: 81 }] });
  });
});

describe("a record in pieces", () => {
  it("of v3.15 to v3.17 names the memory cgroup on three lines", () => {
    const texts = ["Task in /a/b", " killed as a result of limit of /a", "", "memory: usage 4kB, limit 4kB, failcnt 7"];
    const [report] = parseLines(texts.map((text, index) => ({ ...toLogLine(text, index) }))).reports;
    expect(report).toMatchObject({ fragment: true, constraint: "CONSTRAINT_MEMCG" });
    expect(report?.cgroup).toEqual({ oomMemcg: "/a", taskMemcg: "/a/b" });
    expect(report?.memcg?.limits).toMatchObject([{ name: "memory", limitKb: 4, failcnt: 7, line: 4 }]);
  });

  it("is read together where another line stands in the middle of a console's", () => {
    const { lines } = sample("6.1.0-50-s390x_s390x/g_idlehog");
    const row = lines.findIndex((line) => line.endsWith(" bystander"));
    const torn = lines[row] ?? "";
    const inside = "[    6.562790] serial8250: too much work for irq4";
    const console = lines.map((line) => line.replace(/^<\d>/, ""));
    const cut = torn.replace(/^<\d>/, "").slice(0, 50);
    const mixed = console.toSpliced(row, 1, `${cut}${inside}`, torn.replace(/^<\d>/, "").slice(50));
    const [report] = parseLines(mixed.map(toLogLine)).reports;
    const [whole] = parseLines(console.map(toLogLine)).reports;
    expect(report?.tasks.map(({ pid, name }) => [pid, name])).toEqual(whole?.tasks.map(({ pid, name }) => [pid, name]));
    expect(report?.id).toBe(whole?.id);
    expect(report?.foreignLineCount).toBe(1);
    expect(report?.unknownLines).toEqual([]);
  });
});
