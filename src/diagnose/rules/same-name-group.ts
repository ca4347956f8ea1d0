import { lookAtProcesses } from "../commands.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { countOfLines, difference, quotient } from "../quantity.js";
import { rule } from "../rule.js";
import { count, share, shellWord } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["same-name-group"];

/** Many processes of one name. */
export const sameNameGroup = rule({
  id: "same-name-group",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["tasks"],
  meaning: "Each worker is modest; their number is the problem.",
  evaluate({ tasks }, context) {
    const [group] = tasks.groups;
    if (group === undefined || group.processes.length < bounds.processes.value) return null;
    const anonymous = anonymousShare(context);
    if (anonymous !== null && anonymous.value < thresholds["single-anon-hog"].anonymous.value) return null;
    // Where the rows hold more than there is, the group's memory is shared: its real size is smaller by as much.
    const { coverage } = tasks;
    const inflated = coverage !== null && coverage.value > thresholds["shared-memory-database"].coverage.value;
    const size = inflated
      ? quotient(`memory of all ${group.name}`, group.size, quotient("times counted", coverage, 100, ""))
      : group.size;
    const part = tasks.share(size);
    const hasHog = group.largest.size.value * 100 >= bounds.largest.value * group.size.value;
    if (part.value < bounds.share.value || hasHog) return null;
    const members = countOfLines(
      `processes named ${group.name}`,
      group.processes.map(({ row }) => row.line),
    );
    const mean = quotient("mean size", size, members);
    const others = difference("rss of the others", tasks.rss, group.size);
    const room = difference("room for the group", tasks.capacity, ...(others.value > 0 ? [others] : []));
    const fitting = quotient("that fit", room, mean, "count");
    return {
      title: `${count(members.value, "process", "processes")} named ${group.name} hold ${context.text.size(size)} together, ${share(part)} of ${tasks.capacity.name}`,
      confidence: !tasks.counted
        ? "low"
        : part.value >= bounds.certain.value && !inflated && !tasks.cut
          ? "high"
          : "medium",
      evidence: [part, mean, group.largest.size, ...(inflated ? [coverage] : [])],
      advice: [
        ...(fitting.value >= 1 && fitting.value < members.value
          ? [
              {
                text: `Run fewer of them: ${Math.floor(fitting.value)} fit beside the other processes at ${context.text.size(mean)} each (pages that they share make this too low): pm.max_children, MaxRequestWorkers, --workers.`,
                by: [fitting],
              },
            ]
          : []),
        `Count them: \`pgrep -c ${shellWord(group.name)}\`.`,
        lookAtProcesses,
      ],
      pages: size.value,
    };
  },
});
