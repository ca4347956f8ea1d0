import type { Kill, KillRole, ReaperLine } from "../../model/report.js";
import { toBigInt } from "../../model/units.js";
import { type Block, list, paragraph, type Section } from "../document.js";
import { counted, formatKb } from "../quantity.js";
import { log, processWords, refs, type Words } from "../words.js";
import type { View } from "./view.js";

const roleWords: Readonly<Record<KillRole, string>> = {
  victim: "",
  "sacrificed-child": ", a child in its parent's place",
  "group-member": ", of the same cgroup",
  "mm-sharer": ", sharing the victim's memory",
};

/** Kill lines that are shown unless all are wanted. */
const SHOWN = 8;

/** Who got the signal, who shared the fate, and what the reaper freed. */
export function killSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { report } = view;
  const { kills, chosen, sharers, groupKill, reaper, alreadyExiting, mmPinned, panic, noKillable } = report;
  const items: Words[] = [];
  if (chosen !== null) {
    const score = chosen.score === undefined ? "" : `, score ${chosen.score}`;
    items.push(["chosen: ", ...processWords(chosen), score, ...refs([chosen.line])]);
  }
  if (groupKill !== null)
    items.push(["memory.oom.group of ", log(groupKill.path), " takes all of it", ...refs([groupKill.line])]);
  const shown = verbose ? kills : kills.slice(0, SHOWN);
  items.push(
    ...shown.map((kill, index) =>
      killWords(
        kill,
        kills.slice(0, index).some(({ pid }) => pid === kill.pid),
      ),
    ),
  );
  if (kills.length > shown.length)
    items.push([`${counted(kills.length - shown.length, "more kill line")} (--verbose shows all)`]);
  for (const one of sharers) items.push(["killed for sharing its memory: ", ...processWords(one), ...refs([one.line])]);
  for (const one of alreadyExiting)
    items.push([...processWords(one), " was already exiting and was left to it", ...refs([one.line])]);
  for (const { text, line } of mmPinned) items.push([log(text), ...refs([line])]);
  if (noKillable !== null) items.push([log(noKillable.text), ...refs([noKillable.line])]);
  if (panic !== undefined) items.push(["panic: ", log(panic.message), ...refs([panic.line])]);
  items.push(...reaper.slice(0, verbose ? reaper.length : SHOWN).map(reaperWords));
  if (items.length === 0) return null;
  const blocks: Block[] = [list(items)];
  if (reaper.some(({ outcome }) => outcome !== "reaped")) {
    blocks.push(paragraph("Memory that the reaper did not get comes back only when the process has exited."));
  }
  return { title: "Kill", blocks };
}

function killWords(kill: Kill, again: boolean): Words {
  const { totalVmKb, anonRssKb, fileRssKb, shmemRssKb, pgtablesKb, oomScoreAdj, role, line } = kill;
  const sizes = [
    ...(anonRssKb === undefined ? [] : [`anon ${formatKb(anonRssKb)}`]),
    ...(fileRssKb === undefined ? [] : [`file ${formatKb(fileRssKb)}`]),
    ...(shmemRssKb === undefined ? [] : [`shmem ${formatKb(shmemRssKb)}`]),
    ...(pgtablesKb === undefined ? [] : [`page tables ${formatKb(pgtablesKb)}`]),
    ...(totalVmKb === undefined ? [] : [`address space ${formatKb(totalVmKb)}`]),
    ...(oomScoreAdj === undefined ? [] : [`oom_score_adj ${oomScoreAdj}`]),
  ];
  return [
    "killed: ",
    ...processWords(kill),
    again ? ", named a second time" : roleWords[role],
    sizes.length === 0 ? "" : `; ${sizes.join(", ")}`,
    ...refs([line]),
  ];
}

function reaperWords({ outcome, anonRssKb, fileRssKb, shmemRssKb, line, ...process }: ReaperLine): Words {
  const who = processWords(process);
  if (outcome === "unable") return ["the reaper could not free the memory of ", ...who, ...refs([line])];
  if (outcome === "giving-up") return ["the reaper gave up on ", ...who, ...refs([line])];
  const left = [anonRssKb, fileRssKb, shmemRssKb].reduce<bigint>((sum, kb) => sum + toBigInt(kb ?? 0), 0n);
  return [
    "the reaper freed the memory of ",
    ...who,
    left === 0n ? ", all of it" : `, ${formatKb(left)} left`,
    ...refs([line]),
  ];
}
