import type { PrintingTraits } from "../../model/printing-traits.js";
import type { Era, KernelTraits } from "../../model/traits.js";
import { compareVersions, seriesOf, type Version, versionOf } from "../version.js";
import { distributions } from "./distributions.js";
import { mainline2, oldestTraits } from "./mainline-2.js";
import { mainline3 } from "./mainline-3.js";
import { mainline4 } from "./mainline-4.js";
import { mainline5 } from "./mainline-5.js";
import type { EraRow } from "./row.js";
import { stableRows } from "./stable.js";

/** Every change of mainline, oldest first. */
export const mainlineRows: readonly EraRow[] = [...mainline2, ...mainline3, ...mainline4, ...mainline5];

/** The newest kernel whose source was read. */
export const NEWEST_READ = "7.3";

/** An era with its first version. */
interface VersionedEra {
  readonly version: Version;
  readonly era: Era;
}

/** One era for each version that has rows: all rows up to it, one on the other. */
export const mainlineEras: readonly VersionedEra[] = foldMainline();

/** A stable release with a backported change, on the era of its series. */
export const stableEras: readonly VersionedEra[] = stableRows.map((row) => {
  const version = versionOf(row.from);
  const base = mainlineEra(seriesOf(version));
  return {
    version,
    era: {
      id: `v${row.from}`,
      rules: row.rules ?? base.rules,
      code: row.code ?? base.code,
      traits: { ...base.traits, ...row.traits },
    },
  };
});

/** The eras of a distribution, with the build that each begins with. */
export const distributionEras: ReadonlyMap<string, readonly { readonly build: number; readonly era: Era }[]> = new Map(
  distributions.map(({ id, base, rows }) => {
    let { rules, traits } = mainlineEra(versionOf(base));
    const eras = rows.map((row) => {
      rules = row.rules ?? rules;
      traits = { ...traits, ...row.traits };
      return { build: Number(row.from.split("-")[1]), era: { id: `${id}-${row.from}`, rules, code: row.code, traits } };
    });
    return [id, eras];
  }),
);

/** Every era: mainline, then stable releases, then distributions, each newest first. */
export const eras: readonly Era[] = [
  ...mainlineEras.map(({ era }) => era).reverse(),
  ...stableEras.map(({ era }) => era).reverse(),
  ...[...distributionEras.values()].flatMap((list) => list.map(({ era }) => era)).reverse(),
];

const erasById = new Map(eras.map((era) => [era.id, era]));

/** The era of an id, or undefined. */
export function eraById(id: string): Era | undefined {
  return erasById.get(id);
}

/** The mainline era of a version: the newest that is not above it, the oldest for one before v2.6.18. */
export function mainlineEra(version: Version): Era {
  let found = mainlineEras[0] as VersionedEra;
  for (const one of mainlineEras) {
    if (compareVersions(one.version, version) <= 0) found = one;
  }
  return found.era;
}

function foldMainline(): VersionedEra[] {
  const folded: VersionedEra[] = [];
  let rules = "";
  let traits: KernelTraits = oldestTraits;
  for (const row of mainlineRows) {
    rules = row.rules ?? rules;
    traits = { ...traits, ...row.traits };
    const era: Era = { id: `v${row.from}`, rules, code: row.from, traits };
    if (folded.at(-1)?.era.id === era.id) folded.pop();
    folded.push({ version: versionOf(row.from), era });
  }
  return folded;
}

/** Traits of printing, and of the order of steps: they tell kernels apart, and neither select nor score. */
const printing: Readonly<Record<keyof PrintingTraits, true>> = {
  taskTable: true,
  tableHeading: true,
  tableRows: true,
  memcgTableOrder: true,
  memcgReport: true,
  triggerLine: true,
  nodemaskPrinted: true,
  reservedPages: true,
  shownZones: true,
  constraintPrinted: true,
  killLine: true,
  scorePrinted: true,
  killedLine: true,
  killedLineMessage: true,
  killLinePgtables: true,
  gfpFlags: true,
  cpuLine: true,
  nodeLine: true,
  rssCounters: true,
  pageFaultOom: true,
  memcgPanicTest: true,
  sysrqNotifiers: true,
};

/** The traits of printing alone. */
export function printingTraits(traits: KernelTraits): PrintingTraits {
  return Object.fromEntries(Object.entries(traits).filter(([name]) => name in printing)) as unknown as PrintingTraits;
}

const distinct = new WeakMap<readonly Era[], readonly Era[]>();

/** Of eras that select, score and kill alike, the first. */
export function distinctSelections(list: readonly Era[]): readonly Era[] {
  const known = distinct.get(list);
  if (known !== undefined) return known;
  const byKey = new Map<string, Era>();
  for (const era of list) {
    const key = selectionKey(era.traits);
    if (!byKey.has(key)) byKey.set(key, era);
  }
  const found = [...byKey.values()];
  distinct.set(list, found);
  return found;
}

/** A text that is the same for eras which select, score and kill alike. */
export function selectionKey(traits: KernelTraits): string {
  return Object.entries(traits)
    .filter(([name]) => !(name in printing))
    .map(([name, value]) => `${name}=${value}`)
    .join(";");
}
