import type { Scenario } from "../model/machine.js";
import type { Replay } from "../model/replay.js";
import type { OomReport } from "../model/report.js";
import type { KernelSpan, KernelTraits } from "../model/traits.js";
import type { Verdict } from "../model/verdict.js";
import { type Facts, factTable, Lacking, type Need } from "./facts.js";
import { digestOf, type ReportDigest } from "./history.js";
import type { Quantity } from "./quantity.js";
import { type AmountText, amountText } from "./text.js";

/** What a diagnosis starts from. */
export interface DiagnosisInput {
  readonly report: OomReport;
  /** Page size to compute with. */
  readonly pageSizeBytes: number;
  /** Traits of the kernel that printed the report; null when they are not known. */
  readonly traits: KernelTraits | null;
  /** What versions the kernel may have: advice fits all of them. */
  readonly kernel: KernelSpan;
  readonly scenario: Scenario | null;
  readonly replay: Replay | null;
  readonly verdict: Verdict;
  /** Earlier reports of the same boot, the oldest first. */
  readonly earlier: readonly ReportDigest[];
}

/** A report with everything that rules derive from it. */
export interface Context extends DiagnosisInput {
  readonly text: AmountText;
  /** What later reports will know of this one. */
  readonly digest: ReportDigest;
  /** A fact, derived on first use; or why the report does not have it. */
  fact<N extends Need>(need: N): Facts[N] | Lacking;
}

/** Sets up the context of a report. */
export function createContext(input: DiagnosisInput): Context {
  const known = new Map<Need, unknown>();
  let digest: ReportDigest | null = null;
  const context: Context = {
    ...input,
    text: amountText(input.pageSizeBytes),
    get digest() {
      digest ??= digestOf(input.report, seriesOf(context));
      return digest;
    },
    fact(need) {
      if (!known.has(need)) known.set(need, factTable[need](context));
      return known.get(need) as ReturnType<typeof this.fact<typeof need>>;
    },
  };
  return context;
}

/** Terms of the balance that grow when something leaks, and the largest group of processes. */
const leakTerms = ["slabUnreclaimable", "slab", "pageTables", "kernelStacks", "unevictable"];

function seriesOf(context: Context): ReadonlyMap<string, Quantity> {
  const series = new Map<string, Quantity>();
  const machine = context.fact("machine");
  if (!(machine instanceof Lacking)) {
    const { sheet } = machine;
    for (const term of leakTerms) {
      const quantity = sheet.terms.get(term);
      if (quantity !== undefined) series.set(term, quantity);
    }
    const shmem = sheet.within.get("shmem");
    if (shmem !== undefined) series.set("shmem", shmem);
    if (sheet.complete && sheet.totalKnown && sheet.consistent) series.set("residue", sheet.residue);
  }
  const tasks = context.fact("tasks");
  const [group] = tasks instanceof Lacking ? [] : tasks.groups;
  if (group !== undefined) series.set(`processes named ${group.name}`, group.size);
  return series;
}
