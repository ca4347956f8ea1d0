import { rule } from "../rule.js";

/** The task that asked for memory was taken, whatever its size. */
export const allocatingTask = rule({
  id: "allocating-task",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning:
    "vm.oom_kill_allocating_task takes the task that asks for the next page: it says nothing of who holds memory.",
  evaluate(_facts, { report, verdict }) {
    const kill = report.kills.find(({ message }) => message?.includes("oom_kill_allocating_task") === true);
    const by = verdict.by?.find(({ rule: name }) => name === "allocating-task");
    if (kill === undefined && by === undefined) return null;
    const lines = kill === undefined ? (by?.lines ?? []) : [kill.line];
    return {
      title: "The task that asked for memory was killed: vm.oom_kill_allocating_task is set",
      confidence: "high",
      severity: "notice",
      evidence:
        kill === undefined
          ? [{ name: "invoker", value: report.trigger?.name ?? "", lines }]
          : [{ name: "message", value: "oom_kill_allocating_task", lines }],
      advice: ["To have the kernel choose by size: `sysctl -w vm.oom_kill_allocating_task=0`."],
    };
  },
});
