import { describe, expect, it } from "vitest";
import { renderText } from "../../src/render/index.js";
import { withProtection } from "../../src/replay/what-if/index.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const options = { width: 80, paint: null, verbose: false, trace: false };

/** The margin section of a sample's first report. */
function marginOf(name: string): string {
  const [analysis] = analyseText("sample", sample(name).lines);
  if (analysis === undefined) throw new Error(`no report in ${name}`);
  return /\nMargin\n(.*?)\n\n/s.exec(renderText(withProtection(analysis, undefined), options))?.[1] ?? "";
}

describe("what would have spared the victim", () => {
  it("stands with the margin", () => {
    expect(marginOf("7.3.4+deb13-cloud-amd64_amd64/m2_nested")).toContain(
      [
        "  inB (pid 98) is 566 points (2.21 MiB) ahead of trigger (pid 99).",
        "  At oom_score_adj -29 or below inB (pid 98) would have been spared and trigger",
        "  (pid 99) chosen in its place.",
      ].join("\n"),
    );
  });

  it("is not asked where points are not exact, or nothing is confirmed", () => {
    expect(marginOf("3.10.105_amd64/m1_k8s")).not.toContain("spared");
    expect(marginOf("5.4.286_amd64/g_swapoff")).not.toContain("spared");
  });

  it("is said in the words of replay --protect where only -1000 does it", () => {
    const margin = marginOf("4.19.78_amd64/m2_group").replace(/\s+/g, " ");
    expect(margin).toContain(
      "Only -1000 protects trigger (pid 33): its cgroup /A is killed as a whole (memory.oom.group).",
    );
    expect(margin).not.toContain("-1000 or below");
  });
});
