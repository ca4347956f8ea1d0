import type { EraChange, EraLine, EraTable, RuleSet } from "../../model/era-table.js";
import type { KernelTraits } from "../../model/traits.js";
import { distributions } from "./distributions.js";
import type { EraRow } from "./row.js";
import { stableRows } from "./stable.js";
import { distributionEras, mainlineEras, mainlineRows, NEWEST_READ, stableEras } from "./table.js";

/** The era rows as one table, with the rule sets of mainline in words. */
export function eraTable(): EraTable {
  const rulesOf = new Map([...mainlineEras, ...stableEras].map(({ era }) => [era.id, era.rules]));
  const lines: EraLine[] = [
    {
      name: "mainline",
      changes: mainlineRows.map((row) => changeOf(`v${row.from}`, row, rulesOf.get(`v${row.from}`))),
    },
    { name: "stable", changes: stableRows.map((row) => changeOf(`v${row.from}`, row, rulesOf.get(`v${row.from}`))) },
    ...distributions.map(({ id, rows }): EraLine => {
      const eras = distributionEras.get(id) ?? [];
      return {
        name: id,
        changes: rows.map((row, index) => changeOf(`${id}-${row.from}`, row, eras[index]?.era.rules)),
      };
    }),
  ];
  return { newestKernelRead: `v${NEWEST_READ}`, ruleSets: ruleSets(), lines };
}

function changeOf(era: string, { change, traits }: EraRow, rules: string | undefined): EraChange {
  return { era, rules: rules ?? "", change, traits: { ...traits } };
}

/** The first era of each rule set of mainline, in words. */
function ruleSets(): RuleSet[] {
  const sets: RuleSet[] = [];
  for (const { era } of mainlineEras) {
    if (sets.at(-1)?.id !== era.rules) sets.push({ id: era.rules, since: era.id, ...wordsOf(era.traits) });
  }
  return sets;
}

function wordsOf(traits: KernelTraits): Omit<RuleSet, "id" | "since"> {
  const isLegacy = traits.pointsRule === "legacy";
  return {
    points: pointsWords(traits),
    root: rootWords[traits.rootBonus],
    bounds: boundsWords[traits.pointsClamp],
    scan: traits.globalScan === "threads" ? "every thread" : "processes",
    tie: isLegacy ? "first" : tieWords(traits),
    child: childWords[traits.childSacrifice],
  };
}

function pointsWords({ pointsRule, pageTablesInPoints, permilleArithmetic }: KernelTraits): string {
  if (pointsRule === "legacy") return "total_vm + half of each child's, by run time, nice and oom_adj";
  const size = ["rss", "swap", ...tableWords[pageTablesInPoints]].join(" + ");
  if (pointsRule === "pages") return `${size} + adj × (T / 1000)`;
  return `(${size}) × 1000 / T + adj${permilleArithmetic === "int32" ? ", in 32 bits" : ""}`;
}

const tableWords: Readonly<Record<KernelTraits["pageTablesInPoints"], readonly string[]>> = {
  none: [],
  nr_ptes: ["nr_ptes"],
  "nr_ptes+nr_pmds": ["nr_ptes", "nr_pmds"],
  pgtables_bytes: ["page tables"],
};

const rootWords: Readonly<Record<KernelTraits["rootBonus"], string>> = {
  "quarter-uid-or-sys-admin": "a quarter of its points is left (uid 0 or CAP_SYS_ADMIN)",
  "quarter-sys-admin-or-sys-resource": "a quarter of its points is left (CAP_SYS_ADMIN or CAP_SYS_RESOURCE)",
  "minus-30": "30 thousandths of T less",
  "3-percent": "3 % of its own points less",
  none: "nothing",
};

const boundsWords: Readonly<Record<KernelTraits["pointsClamp"], string>> = {
  none: "none",
  "1-to-1000": "1 to 1000",
  "at-least-1": "at least 1",
  signed: "none, signed",
};

const childWords: Readonly<Record<KernelTraits["childSacrifice"], string>> = {
  "first-killable": "the first child that can be killed",
  largest: "the child with the most points",
  none: "nobody",
};

function tieWords({ globalTie, memcgTie }: KernelTraits): string {
  const plain = (tie: KernelTraits["globalTie"]): string => (tie === "last" ? "last" : "first");
  return plain(globalTie) === plain(memcgTie) ? plain(globalTie) : `${plain(globalTie)} (memcg: ${plain(memcgTie)})`;
}
