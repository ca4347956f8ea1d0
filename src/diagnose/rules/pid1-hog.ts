import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["pid1-hog"];

/** The rows do not explain the memory of processes: pid 1, which no table shows. */
export const pid1Hog = rule({
  id: "pid1-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  unproven: true,
  needs: ["machine", "tasks"],
  meaning:
    "The table leaves out pid 1 since v2.6.36. The rows hold much less than the counters: pid 1, or tasks that the log lost.",
  evaluate({ machine, tasks }, { report, traits, pageSizeBytes }) {
    const { coverage } = tasks;
    const ramMib = (machine.sheet.total.value * pageSizeBytes) / 1024 / 1024;
    const unlisted = traits === null || traits.tableRows === "domain";
    if (
      coverage === null ||
      tasks.cut ||
      tasks.rows.value < bounds.rows.value ||
      !unlisted ||
      report.constraint !== "CONSTRAINT_NONE"
    )
      return null;
    if (coverage.value >= bounds.explained.value || ramMib < bounds.smallest.value) return null;
    return {
      title: `The rows of the table explain ${share(coverage)} of the memory of processes: the rest may be pid 1's`,
      confidence: "low",
      evidence: [coverage, tasks.rss],
      advice: [
        "Look at pid 1: `grep -E 'Vm|Rss' /proc/1/status`; `systemctl daemon-reexec` gives back what systemd leaked.",
      ],
      pages: (machine.sheet.total.value * (100 - coverage.value)) / 100,
    };
  },
});
