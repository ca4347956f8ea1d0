import { rule } from "../rule.js";
import { who } from "../text.js";

/** A child died in its parent's place. */
export const childSacrificed = rule({
  id: "child-sacrificed",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: ["victim"],
  meaning: "Kernels before v5.1 kill a child of the chosen process in its place: the one that was chosen lives on.",
  evaluate({ victim }, { report, verdict }) {
    const { chosen } = report;
    const by = verdict.by?.some(({ rule: name }) => name === "child-sacrificed") === true;
    if (chosen === null || !(by || victim.kill.role === "sacrificed-child")) return null;
    return {
      title: `${who(victim.kill)} died in the place of ${who(chosen)}`,
      confidence: by ? "high" : "medium",
      severity: "notice",
      evidence: [
        { name: "chosen", value: `${chosen.pid}`, lines: [chosen.line] },
        { name: "killed", value: `${victim.kill.pid}`, lines: [victim.kill.line] },
      ],
      advice: [
        verdict.by?.some(({ rule: name }) => name === "allocating-task") === true
          ? `Look at ${who(chosen)}: it was chosen because it asked (vm.oom_kill_allocating_task), and still has its memory.`
          : `Look at ${who(chosen)}: it had the most points and still has its memory.`,
      ],
    };
  },
});
