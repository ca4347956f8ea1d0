import { eraFor } from "../../kernel/eras/resolve.js";
import { eraById, mainlineEras, mainlineRows, NEWEST_READ, selectionKey } from "../../kernel/eras/table.js";
import { compareVersions, formatVersion, versionBefore, versionOf } from "../../kernel/version.js";
import type { Era, KernelTraits } from "../../model/traits.js";
import type { Edit, KernelChoice, WhatIfOutcome } from "../../model/what-if.js";
import { applyEdits } from "./apply.js";
import { EditError } from "./edit-text.js";
import { onTraits } from "./on-era.js";
import { outcomeOf } from "./outcome.js";
import type { Subject } from "./subject.js";

/**
 * What the rules of other kernels choose on the same machine: of every mainline era that selects in a way of its own, or of
 * the kernels named.
 *
 * @param own What the report's own kernel chose, without edits.
 * @throws {EditError} when a name is none of a kernel.
 */
export function compareKernels(
  subject: Subject,
  names: "all" | readonly string[],
  edits: readonly Edit[],
  own: WhatIfOutcome,
): KernelChoice[] {
  const [{ era: ownId, traits: ownTraits }] = subject.worlds;
  const others = edits.filter(({ kind }) => kind !== "on-kernel");
  // What its own rules chose, the log says.
  const outcomes = new Map(others.length === 0 ? [[selectionKey(ownTraits), own]] : []);
  const choose = (id: string, traits: KernelTraits): WhatIfOutcome => {
    const key = selectionKey(traits);
    const outcome = outcomes.get(key) ?? outcomeOf(applyEdits(onTraits(subject, id, traits), others).subject);
    outcomes.set(key, outcome);
    return outcome;
  };
  const choices: KernelChoice[] = [];
  let before: { readonly era: Era; readonly outcome: WhatIfOutcome } | null = null;
  const eras = names === "all" ? erasOfTheirOwn(ownId) : names.map(eraNamed);
  for (const [index, era] of eras.entries()) {
    const outcome = choose(era.id, era.traits);
    const { chosen, decided, possible, missing } = outcome;
    const turned = isMainline(era) && before !== null && isTurned(before.outcome, outcome);
    choices.push({
      era: era.id,
      ...(names === "all" ? untilOf(era, eras[index + 1]) : { asked: names[index] ?? era.id }),
      rules: era.rules,
      chosen,
      decided,
      possible: decided ? [] : possible,
      missing,
      own: era.id === ownId,
      changedBy: turned && before !== null ? turningRows(before.era, era, before.outcome, choose) : [],
    });
    before = names === "all" && isMainline(era) ? { era, outcome } : null;
  }
  return choices;
}

/**
 * The mainline eras, oldest first, without those that select as the one before, but for the kernel's own. An era that is
 * not mainline's comes before all.
 */
function erasOfTheirOwn(ownId: string): Era[] {
  const kept: Era[] = [];
  const own = mainlineEras.some(({ era }) => era.id === ownId) ? undefined : eraById(ownId);
  for (const { era } of mainlineEras) {
    const last = kept.at(-1);
    if (last === undefined || era.id === ownId || selectionKey(last.traits) !== selectionKey(era.traits))
      kept.push(era);
  }
  return own === undefined ? kept : [own, ...kept];
}

/** The newest version before the next era; a stable release or a build of a distribution stands for itself. */
function untilOf(era: Era, next: Era | undefined): Pick<KernelChoice, "until"> {
  if (!isMainline(era)) return {};
  return { until: `v${next === undefined ? NEWEST_READ : formatVersion(versionBefore(versionOf(next.code)))}` };
}

function isMainline({ id }: Era): boolean {
  return mainlineEras.some(({ era }) => era.id === id);
}

function eraNamed(name: string): Era {
  const resolved = eraFor(name);
  if (resolved === null)
    throw new EditError(`${name}: not a kernel`, "Give a version (6.12), a release, or an id of: oomlog eras");
  return resolved.era;
}

/** Whether two kernels pick different processes for sure, whatever the log leaves open. */
function isTurned(a: WhatIfOutcome, b: WhatIfOutcome): boolean {
  const [before, after] = [picksOf(a), picksOf(b)];
  return before.size > 0 && after.size > 0 && [...after].every((pid) => !before.has(pid));
}

/** Everybody who can be the choice; nobody is one too. Empty where a re-run says nothing. */
function picksOf({ chosen, decided, possible }: WhatIfOutcome): ReadonlySet<number | null> {
  return new Set(decided ? [chosen?.pid ?? null] : possible.map(({ pid }) => pid));
}

/** The rows of the era table between two eras that turn the choice on their own; all of them when only together. */
function turningRows(
  from: Era,
  to: Era,
  before: WhatIfOutcome,
  choose: (id: string, traits: KernelTraits) => WhatIfOutcome,
): string[] {
  const [first, last] = [versionOf(from.code), versionOf(to.code)];
  const rows = mainlineRows.filter((row) => {
    const version = versionOf(row.from);
    return compareVersions(version, first) > 0 && compareVersions(version, last) <= 0;
  });
  const selecting = rows.filter(
    ({ traits }) => selectionKey({ ...from.traits, ...traits }) !== selectionKey(from.traits),
  );
  const turning = selecting.filter(({ traits }) => isTurned(before, choose(to.id, { ...from.traits, ...traits })));
  return (turning.length > 0 ? turning : selecting).map(({ change }) => change);
}
