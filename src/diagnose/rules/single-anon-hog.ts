import { kernelSide } from "../accounting/kernel-side.js";
import type { Process } from "../accounting/tasks.js";
import { lookAtProcesses } from "../commands.js";
import type { Context } from "../context.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { constant, difference, product } from "../quantity.js";
import { type ComputedAdvice, rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["single-anon-hog"];

/** One process holds most of the memory. */
export const singleAnonHog = rule({
  id: "single-anon-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["tasks"],
  meaning: "One process grew until little was left for the others.",
  evaluate({ tasks }, context) {
    const [top, second] = tasks.processes;
    if (top === undefined) return null;
    const topShare = tasks.share(top.size);
    const anonymous = anonymousShare(context);
    const leads = second === undefined || top.size.value >= bounds.lead.value * second.size.value;
    if (topShare.value < bounds.share.value || !leads) return null;
    if (anonymous !== null && anonymous.value < bounds.anonymous.value) return null;
    const victim = context.fact("victim");
    const died = !(victim instanceof Lacking) && victim.process === top;
    const certain = died && topShare.value >= bounds.certain.value;
    const { row } = top;
    return {
      title: `${who(row)} holds ${context.text.size(top.size)}, ${share(topShare)} of ${tasks.capacity.name}`,
      confidence: certain && !tasks.cut ? "high" : "medium",
      ...meaningOf(top, died),
      evidence: [topShare, ...(second === undefined ? [] : [second.size]), ...(anonymous === null ? [] : [anonymous])],
      contradicts: contradictions(tasks, context),
      advice: [
        `Look into ${who(row)} with its own tools (heap or cache statistics); is ${context.text.size(top.size)} what it should need?`,
        ...limitAdvice(tasks, top, context),
        lookAtProcesses,
      ],
      pages: top.size.value,
    };
  },
});

function meaningOf({ row }: Process, died: boolean): { readonly meaning: string } {
  const shmem = Number(row.rssShmemPages ?? 0);
  const mostlyShmem =
    shmem * 2 > Number(row.rssPages)
      ? " Most of its memory is shmem: a mapping that outlives it if it is a file or segment."
      : "";
  return { meaning: `${died ? "The kill hit it." : "It was not the one that died."}${mostlyShmem}` };
}

function contradictions(tasks: TaskFacts, context: Context): string[] {
  const against: string[] = [];
  const { coverage } = tasks;
  if (coverage !== null && coverage.value > thresholds["shared-memory-database"].coverage.value) {
    against.push(
      `The rows add up to ${share(coverage)} of the memory that processes can have: shared pages are counted in several rows.`,
    );
  }
  const machine = context.fact("machine");
  const [largest] = machine instanceof Lacking ? [] : kernelSide(machine, context.pageSizeBytes);
  if (!(machine instanceof Lacking) && largest !== undefined) {
    const part = machine.share(largest);
    if (part.value >= thresholds.ranking.kernelSide.value) {
      against.push(`${largest.name} takes ${share(part)} of RAM, which no kill gives back.`);
    }
  }
  return against;
}

/** A limit under which only this process fails: what the others leave, less a tenth. */
function limitAdvice(tasks: TaskFacts, top: Process, context: Context): ComputedAdvice[] {
  if (!(context.fact("memcg") instanceof Lacking)) return [];
  const others = difference("rss of the other rows", tasks.rss, top.rss);
  const left = difference("left by the others", tasks.capacity, others);
  const room = product("room for it", left, constant("nine tenths", 0.9));
  if (room.value <= 0) return [];
  return [
    {
      text: `Let only it fail the next time: \`systemctl set-property UNIT MemoryMax=${context.text.setting(room)}\` leaves the other processes what they had here.`,
      by: [room],
    },
  ];
}
