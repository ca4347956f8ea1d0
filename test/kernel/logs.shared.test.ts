import { describe, expect, it } from "vitest";
import { detectKernel } from "../../src/kernel/detect.js";
import { eraFor } from "../../src/kernel/eras/resolve.js";
import { functionOf } from "../../src/kernel/functions.js";
import { decodeGfp } from "../../src/kernel/gfp/gfp.js";
import { versionOf } from "../../src/kernel/version.js";
import type { DecisionStep } from "../../src/model/replay.js";
import type { OomReport } from "../../src/model/report.js";
import { parseShared, readIndex } from "../parse/shared-logs.js";

/** Every report of a folder of logs. The console of a lab run tells the same as its dmesg. */
function reportsIn(folder: string, files: string): readonly OomReport[] {
  const names = readIndex(folder).map(({ file }) => file);
  return names
    .filter((name) => !name.endsWith(".console"))
    .flatMap((name) => parseShared(`${folder}/${files}/${name}`).reports);
}

const lab = reportsIn("lab", "runs");
const corpus = reportsIn("corpus", "logs");
const named = [...lab, ...corpus].filter(({ kernel }) => kernel.release !== null);
const described = (report: OomReport) => `${report.source}:${report.line} ${report.kernel.release}`;

/** Development trees between two versions, which are not what their number says. */
const isDevelopment = ({ kernel }: OomReport) => /-next-|-rc\d/.test(kernel.release ?? "");

describe("what reports show of their kernel", () => {
  it("is enough logs to mean something", () => {
    expect(lab.length).toBeGreaterThan(4000);
    expect(named.length).toBeGreaterThan(2500);
  });

  it("never rules out the era that the release names", () => {
    const ruledOut = named.filter((report) => {
      const resolved = eraFor(report.kernel.release ?? "");
      if (resolved === null || isDevelopment(report)) return false;
      const silent: OomReport = { ...report, kernel: { ...report.kernel, release: null } };
      const { candidates } = detectKernel(silent);
      return !resolved.candidates.some((era) => candidates.includes(era));
    });
    expect(ruledOut.map(described)).toEqual([]);
  });

  it("leaves the era of the release in first place when it is named", () => {
    const moved = named.filter((report) => {
      const resolved = eraFor(report.kernel.release ?? "");
      return resolved !== null && !isDevelopment(report) && !resolved.candidates.includes(detectKernel(report).era);
    });
    expect(moved.map(described)).toEqual([]);
  });
});

describe("gfp_mask", () => {
  it("is spelled as the kernel spells it", () => {
    const wrong = named.flatMap((report) => {
      const { trigger } = report;
      const text = report.lines.find(({ line }) => line === trigger?.line)?.text ?? "";
      const printed = /gfp_mask=(0x[0-9a-f]+)\(([^)]*)\)/.exec(text);
      if (printed === null || isDevelopment(report)) return [];
      const [, mask = "0", names = ""] = printed;
      const spelled = decodeGfp(BigInt(mask), detectKernel(report).era.traits.gfpFlags);
      // Single flags come in another order on some kernels.
      const sorted = (list: readonly string[]) => [...list].sort().join("|");
      return sorted(spelled) === sorted(names.split("|").filter((name) => name !== ""))
        ? []
        : [`${described(report)}: ${text}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("the functions of the decision path", () => {
  /** Functions of the path that a call trace can show, by the step that they stand for. */
  const traced: readonly DecisionStep[] = [
    "page-fault",
    "memcg-charge",
    "sysrq",
    "nothing-eligible",
    "nothing-eligible-memcg",
    "dying-current",
    "dying-current-memcg",
    "allocating-task",
    "dying-chosen",
    "select",
  ];
  /** All names that any era has for these steps. */
  const allNames = new Set(
    ["2.6.18", "2.6.29", "2.6.36", "3.4", "3.6", "3.12", "4.9", "4.19", "7.1"].flatMap((version) =>
      traced.map((step) => functionOf(step, versionOf(version))),
    ),
  );
  /** They are in some trace for another reason than the path: as callers of what it names. */
  const elsewhere = new Set([
    "mem_cgroup_out_of_memory",
    "do_page_fault",
    "__alloc_pages",
    "mem_cgroup_charge_common",
    "__mem_cgroup_try_charge",
  ]);

  it("are those in the traces of the era", () => {
    const strange = new Set<string>();
    for (const report of lab) {
      if (report.kernel.release === null) continue;
      const { code } = detectKernel(report).era;
      const own = new Set(traced.map((step) => functionOf(step, versionOf(code))));
      for (const frame of report.stack) {
        const name = frame.function.replace(/\..*$/, "");
        if (frame.reliable && allNames.has(name) && !elsewhere.has(name) && !own.has(name))
          strange.add(`${code}: ${name}`);
      }
    }
    expect([...strange]).toEqual([]);
  });
});
