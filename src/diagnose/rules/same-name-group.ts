import { groupSize, type NameGroup } from "../accounting/tasks.js";
import { lookAtProcesses } from "../advice/commands.js";
import type { Context } from "../context.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { isInflated, sizeOfGroup } from "../evidence/groups.js";
import { isMachineFull } from "../evidence/shortage.js";
import { poolSetting } from "../evidence/worker-pools.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { countOfLines, difference, percent, product, type Quantity, quotient } from "../quantity.js";
import { type ComputedAdvice, rule } from "../rule.js";
import { count, partOf, share, shellWord, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["same-name-group"];

/** Many processes of one name. */
export const sameNameGroup = rule({
  id: "same-name-group",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["tasks"],
  meaning: "Processes of one name hold it together.",
  evaluate({ tasks }, context) {
    const [group] = tasks.groups;
    if (group === undefined || group.processes.length < bounds.processes.value) return null;
    const anonymous = anonymousShare(context);
    if (anonymous !== null && anonymous.value < thresholds["single-anon-hog"].anonymous.value) return null;
    const inflated = isInflated(tasks);
    const { size, as } = sizeOfGroup(group, tasks);
    const part = tasks.share(size);
    const hasHog = group.largest.pages * 100 >= bounds.largest.value * group.pages;
    if (part.value < bounds.share.value || hasHog) return null;
    const members = countOfLines(
      `processes named ${group.name}`,
      group.processes.map(({ row }) => row.line),
    );
    // Of shared memory nobody knows whose it is: what one more needs lies between its part and all that its row shows.
    const isOwn = as !== "shared";
    const atMost = as === "at-most" ? "at most " : "";
    const mean = quotient("mean size", isOwn ? size : group.size, members);
    const upTo = isOwn ? "" : ` to ${context.text.size(group.size)}`;
    const grown = fewThatGrew(group, members);
    return {
      title: `${count(members.value, "process", "processes")} named ${group.name} hold ${atMost}${context.text.size(size)}${upTo} together${partOf(part, tasks.capacity)}`,
      confidence: !tasks.counted
        ? "low"
        : part.value >= bounds.certain.value && grown === null && !inflated && !tasks.cut
          ? "high"
          : "medium",
      meaning:
        grown === null
          ? "Each of them is modest; their number is the problem."
          : `${count(grown.above.value, "of them is", "of them are")} above their mean and ${grown.above.value === 1 ? "holds" : "hold"} ${share(grown.part)} of it: a few have grown, and their number is not the problem.`,
      evidence: [
        part,
        mean,
        group.largest.size,
        ...(grown === null ? [] : [grown.part, grown.above]),
        ...(inflated && tasks.coverage !== null ? [tasks.coverage] : []),
      ],
      advice: [
        ...(grown === null
          ? fewerAdvice(group, size, mean, tasks, context, inflated)
          : [`Look what ${who(group.largest.row)} was asked for; have workers replaced before they grow that large.`]),
        `Count them: \`ps -C ${shellWord(group.name)} -o pid= | wc -l\`.`,
        lookAtProcesses(context),
      ],
      pages: size.value,
    };
  },
});

/** The members above the mean and what they hold of the group, where the largest is far above it; else null. */
function fewThatGrew(
  { name, processes, size, largest }: NameGroup,
  members: Quantity,
): { readonly above: Quantity; readonly part: Quantity } | null {
  const mean = size.value / members.value;
  if (largest.pages < bounds.uneven.value * mean) return null;
  const above = processes.filter((process) => process.pages > mean);
  const [first, ...rest] = above;
  if (first === undefined) return null;
  const held = groupSize(`${name} above the mean`, [first, ...rest]);
  const lines = above.map(({ row }) => row.line);
  return {
    above: countOfLines(`${name} above the mean`, lines),
    part: percent("part of those above the mean", held, size),
  };
}

/**
 * How many of them leave a tenth of the memory free. It was full with all of them, so fewer than there are. Where pages that
 * they share are still counted in each, the number is too low.
 */
function fewerAdvice(
  { name }: NameGroup,
  size: Quantity,
  mean: Quantity,
  tasks: TaskFacts,
  context: Context,
  inflated: boolean,
): ComputedAdvice[] {
  const memcg = context.fact("memcg");
  const machine = context.fact("machine");
  const whole = memcg instanceof Lacking ? (machine instanceof Lacking ? null : machine.sheet.total) : memcg.limit;
  if (!tasks.counted || whole === null) return [];
  if (memcg instanceof Lacking ? !isMachineFull(context) : memcg.hit.unlimited) return [];
  const tenth = product(memcg instanceof Lacking ? "a tenth of RAM" : "a tenth of the limit", whole, 0.1);
  const fitting = quotient(
    "that leave it",
    difference("room for them", size.value > whole.value ? whole : size, tenth),
    mean,
    "count",
  );
  if (fitting.value < 1) return [];
  const setting = poolSetting(name);
  const number = Math.floor(fitting.value);
  return [
    {
      text: `Run at most ${number} at ${context.text.size(mean)} each, which leaves ${tenth.name} free${setting === undefined ? "" : `: ${setting}`}.${inflated ? "" : " Pages that they share make that number too low."}`,
      by: [fitting],
    },
  ];
}
