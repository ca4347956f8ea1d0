import { describe, expect, it } from "vitest";
import { foreignName, foreignPatterns } from "../../src/parse/foreign/index.js";
import { parse, samples } from "./samples.js";

describe("a foreign line", () => {
  it.each([
    ["serial8250: too much work for irq4", "input-output"],
    ["hrtimer: interrupt took 31485900 ns", "scheduling-and-time"],
    ["loop: module loaded", "block"],
    ["ACPI: PM: Preparing to enter system sleep state S5", "suspend-and-restart"],
    ["Adding 98300k swap on /dev/vda.  Priority:-1 extents:1 across:98300k ", "swap"],
    ["pci 0000:00:01.3: quirk: [io  0x0700-0x073f] claimed by PIIX4 ACPI", "device"],
    ["systemd[1]: oomlab-noise.service: message 17", "program"],
    ["MemTotal:         253200 kB", "proc-meminfo"],
    ["SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=2, Nodes=1", "memory-management"],
    [" [<ffffffff8106a530>] __alloc_pages_nodemask+0x450/0x620", "other-trace"],
  ])("is named: %s", (text, name) => {
    expect(foreignName(text)).toBe(name);
  });

  it("is foreign only by a pattern", () => {
    expect(foreignName("flux capacitor at 1.21 gigawatts")).toBeNull();
    expect(foreignName("something: happened")).toBeNull();
    expect(foreignName("")).toBeNull();
  });

  it.each(["...", "  ...", "[...]", "(...snipped...)", "<snip>", "[ ... ]", "…"])(
    "may be what a person left out: %s",
    (text) => {
      expect(foreignName(text)).toBe("elision");
    },
  );

  it("is none of a report's own but for its trace", () => {
    const own = samples.flatMap(({ lines }) =>
      parse(lines).reports.filter(({ foreignLineCount }) => foreignLineCount === 0),
    );
    for (const report of own) {
      const trace = new Set([...report.stack, ...report.registers, ...report.context].map(({ line }) => line));
      const head = Math.min(report.memInfo?.line ?? Number.POSITIVE_INFINITY, report.memcg?.line ?? report.endLine);
      for (const { line, text } of report.lines) {
        if (trace.has(line) || line < head) continue;
        expect(foreignName(text), text).toBeNull();
      }
    }
  });
});

describe("the patterns", () => {
  it("have names of their own", () => {
    const names = foreignPatterns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("begin at the beginning of a line", () => {
    for (const { name, pattern } of foreignPatterns) expect(pattern.source.startsWith("^"), name).toBe(true);
  });
});
