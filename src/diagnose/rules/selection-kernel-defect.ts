import { rule } from "../rule.js";

/** Kernels whose choice is known to be wrong. One row each, with what was wrong. */
const defects: readonly { readonly release: RegExp; readonly what: string }[] = [
  {
    release: /^5\.8\.0-rc\d+-next-202007\d\d/,
    what: "an interim version of the points of v5.9 gave all tasks scores around zero",
  },
];

/** A kernel that chooses wrongly. */
export const selectionKernelDefect = rule({
  id: "selection-kernel-defect",
  layer: "selection",
  group: "selection",
  basis: "inference",
  needs: [],
  meaning: "The kernel's own rule of that version was broken.",
  evaluate(_facts, { report, verdict }) {
    const release = report.kernel.release;
    const defect = defects.find((one) => one.release.test(release ?? ""));
    if (defect === undefined || release === null || report.kernel.line === null || verdict.kind === "agrees")
      return null;
    return {
      title: `${release} is known to choose wrongly: ${defect.what}`,
      confidence: "medium",
      evidence: [{ name: "release", value: release, lines: [report.kernel.line] }],
      advice: ["Use a released kernel."],
    };
  },
});
