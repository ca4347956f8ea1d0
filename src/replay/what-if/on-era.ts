import { printingTraits } from "../../kernel/eras/table.js";
import type { MachineTask, Scenario } from "../../model/machine.js";
import type { Era, KernelTraits } from "../../model/traits.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import { describeTask } from "../process.js";
import { type Alternatives, type Option, type Unknown, withUnknowns } from "./alternatives.js";
import type { Subject } from "./subject.js";

const OOM_SCORE_ADJ_MAX = 1000;

/**
 * The same machine under another kernel's rules. How the report was printed stays its own kernel's; `totalpages` is made
 * anew, as the rules of what counts changed too.
 */
export function onEra(subject: Subject, era: Era): Subject {
  return onTraits(subject, era.id, era.traits);
}

/** The same for traits that need not be those of a kernel that exists: all changes up to some row of the era table. */
export function onTraits(subject: Subject, eraId: string, target: KernelTraits): Subject {
  const [first] = subject.worlds;
  const traits: KernelTraits = { ...target, ...printingTraits(first.traits) };
  const machine = withRaisedOrigins(first, traits);
  const totalPages = subject.totalOn(first, traits);
  const scenario: Scenario = { ...first, machine, era: eraId, traits, totalPages };
  const plainTotal = totalPages === first.totalPages ? subject.plainTotal : totalPages.min;
  return { ...subject, worlds: [scenario], plainTotal, alternatives: withPageTableLevels(subject, scenario) };
}

/** Where swapoff and ksm raise their own `oom_score_adj` for the time, another kernel's table does not show it. */
function withRaisedOrigins({ machine, traits }: Scenario, target: KernelTraits): Scenario["machine"] {
  if (target.oomOrigin !== "adj-1000" || traits.oomOrigin === "adj-1000") return machine;
  const raise = (task: MachineTask): MachineTask =>
    task.flags.origin === true ? { ...task, oomScoreAdj: OOM_SCORE_ADJ_MAX } : task;
  return { ...machine, tasks: machine.tasks.map(raise) };
}

/** Adds what the counters of one kernel leave open of the page tables as another one counts them. */
function withPageTableLevels({ alternatives, worlds }: Subject, { traits, machine }: Scenario): Alternatives {
  if (worlds[0].traits.pageTablesInPoints === traits.pageTablesInPoints) return alternatives;
  return withUnknowns(
    alternatives,
    machine.tasks.flatMap((task): [number, Unknown][] => {
      const bounds = task.mm === null ? null : pageTableBounds(task, traits, machine.pageSizeBytes);
      if (bounds === null || bounds.min === bounds.max) return [];
      const option = (pages: bigint): Option => ({
        change: (one) => ({
          ...one,
          nrPtes: fromBigInt(pages),
          nrPmds: 0,
          pgtablesBytes: fromBigInt(pages * BigInt(machine.pageSizeBytes)),
        }),
        when: `the page tables of ${describeTask(task)} count ${pages} pages there`,
      });
      return [
        [
          task.tgid,
          {
            missing: "page tables by level",
            matters: (other) => other.pageTablesInPoints === traits.pageTablesInPoints,
            options: [option(bounds.max), option(bounds.min)],
          },
        ],
      ];
    }),
  );
}

/**
 * Page-table pages as a rule counts them, from the counters of another. Every table of a level has at least one below it,
 * so that of N pages in up to four levels at least N / 4 are of the lowest.
 */
function pageTableBounds(
  { pgtablesBytes, nrPtes, nrPmds }: MachineTask,
  { pageTablesInPoints }: KernelTraits,
  pageSizeBytes: number,
): { readonly min: bigint; readonly max: bigint } | null {
  const pages = (value: Int64 | undefined): bigint => toBigInt(value ?? 0);
  if (pgtablesBytes !== undefined && nrPtes === undefined) {
    const all = pages(pgtablesBytes) / BigInt(pageSizeBytes);
    if (pageTablesInPoints === "nr_ptes") return { min: (all + 3n) / 4n, max: all };
    return pageTablesInPoints === "nr_ptes+nr_pmds" ? { min: (all + 1n) / 2n, max: all } : null;
  }
  if (nrPtes === undefined || pgtablesBytes !== undefined) return null;
  const lowest = pages(nrPtes);
  const two = lowest + pages(nrPmds);
  if (pageTablesInPoints === "nr_ptes+nr_pmds") return nrPmds === undefined ? { min: lowest, max: 2n * lowest } : null;
  if (pageTablesInPoints !== "pgtables_bytes") return null;
  const perLevel = nrPmds === undefined ? lowest : pages(nrPmds);
  return { min: two, max: two + perLevel * (nrPmds === undefined ? 3n : 2n) };
}
