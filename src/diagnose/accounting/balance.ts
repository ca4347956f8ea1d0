import type { Amount, Balance, NodeBalance, ZoneBalance } from "../../model/accounting.js";
import type { MemInfo } from "../../model/report.js";
import type { KernelTraits } from "../../model/traits.js";
import { totalramParts } from "../../replay/reconstruct-totals.js";
import { difference, formulaText, inPages, named, printed, type Quantity, sum, sumOfLines } from "../quantity.js";
import { machineScope, nodeScope, zoneScope } from "./scope.js";
import { balanceTerms, indispensableTerms, type TermSource, withinTerms } from "./terms.js";

/** A balance while rules still compute with it. All quantities are in pages. */
export interface BalanceSheet {
  readonly total: Quantity;
  readonly terms: ReadonlyMap<string, Quantity>;
  readonly within: ReadonlyMap<string, Quantity>;
  readonly residue: Quantity;
  /** The report tells the total; else the sum of the terms stands for it, and the residue means nothing. */
  readonly totalKnown: boolean;
  /** Every counter that its kernel must have printed is there. */
  readonly complete: boolean;
  readonly consistent: boolean;
}

/** Terms may exceed the total by this share of it: counters are read one after the other. */
const overdraftShare = 0.03;

/** The balance of the whole machine; null where the report has no counters. */
export function machineBalance(
  memInfo: MemInfo | null,
  traits: KernelTraits | null,
  pageSizeBytes: number,
): BalanceSheet | null {
  if (memInfo === null) return null;
  const scope = machineScope(memInfo, pageSizeBytes);
  const source = { scope, memInfo, hugepages: memInfo.hugepages, pageSizeBytes };
  const total = totalram(memInfo, traits, pageSizeBytes);
  const sheet = sheetOf(total?.pages ?? null, source);
  // Managed pages are those of the nodes that are shown; counters of all nodes may exceed them.
  const isPart = total?.isManaged === true && sheet !== null && sheet.residue.value < 0;
  return isPart ? sheetOf(null, source) : sheet;
}

/** `totalram_pages` as the report tells it, and whether by the managed pages of zones. */
function totalram(
  memInfo: MemInfo,
  traits: KernelTraits | null,
  pageSizeBytes: number,
): { readonly pages: Quantity; readonly isManaged: boolean } | null {
  const parts = totalramParts({ memInfo }, traits);
  const [first, ...more] = parts?.add ?? [];
  if (parts === null || first === undefined) return null;
  const added = [first, ...more].map((counter) => printed(counter));
  const whole = sumOfLines(more.length === 0 ? first.name : `${first.name} of all zones`, first.name, added);
  const subtracted = parts.subtract.map((counter) => inPages(printed(counter), pageSizeBytes));
  return {
    pages: named("RAM", difference("RAM", inPages(whole, pageSizeBytes), ...subtracted)),
    isManaged: subtracted.length === 0,
  };
}

/** @param known The total, or null where the report does not tell it: the sum of all terms then stands for it. */
function sheetOf(known: Quantity | null, source: TermSource): BalanceSheet | null {
  const terms = new Map<string, Quantity>();
  for (const { id, read } of balanceTerms) {
    const quantity = read(source);
    if (quantity !== null) terms.set(id, quantity);
  }
  const [first, ...rest] = terms.values();
  const hasAll = indispensableTerms.every((group) => group.some((id) => terms.has(id)));
  if (first === undefined) return null;
  const total = known ?? sum("memory in the counters", first, ...rest);
  const within = new Map<string, Quantity>();
  for (const { id, read } of withinTerms) {
    const quantity = read(source);
    if (quantity !== null) within.set(id, quantity);
  }
  const residue = difference("residue", total, ...terms.values());
  return {
    total,
    totalKnown: known !== null,
    terms,
    within,
    residue,
    complete: hasAll,
    consistent: residue.value >= -overdraftShare * total.value,
  };
}

/** The balance of each node that the report shows. */
export function nodeBalances(memInfo: MemInfo, pageSizeBytes: number): NodeBalance[] {
  const nodes = [...new Set(memInfo.zones.map(({ node }) => node))];
  return nodes.flatMap((node) => {
    const zones = memInfo.zones.filter((zone) => zone.node === node);
    const scope = nodeScope(memInfo.nodes.find((one) => one.node === node) ?? null, zones, pageSizeBytes);
    const hugepages = memInfo.hugepages.filter((one) => one.node === node);
    const balance = partBalance({ scope, memInfo: null, hugepages, pageSizeBytes });
    return balance === null ? [] : [{ node, ...balance }];
  });
}

/** The balance of each zone that the report shows. */
export function zoneBalances(memInfo: MemInfo, pageSizeBytes: number): ZoneBalance[] {
  return memInfo.zones.flatMap((zone) => {
    const scope = zoneScope(zone, pageSizeBytes);
    const balance = partBalance({ scope, memInfo: null, hugepages: [], pageSizeBytes });
    return balance === null ? [] : [{ node: zone.node, zone: zone.zone, ...balance }];
  });
}

function partBalance(source: TermSource): Balance | null {
  // Zones print `managed` since v3.8; `present` before counts page structs and other boot memory too.
  const total = source.scope.pages("managed", "present");
  const sheet = total === null ? null : sheetOf(total, source);
  return sheet === null ? null : showBalance(sheet);
}

/** The balance as results show it. */
export function showBalance(sheet: BalanceSheet): Balance {
  return {
    total: amountOf(sheet.total),
    terms: balanceTerms.flatMap(({ id, title }) => {
      const quantity = sheet.terms.get(id);
      return quantity === undefined ? [] : [{ id, title, ...amountOf(quantity) }];
    }),
    within: withinTerms.flatMap(({ id, title, inside }) => {
      const quantity = sheet.within.get(id);
      return quantity === undefined ? [] : [{ id, title, inside, ...amountOf(quantity) }];
    }),
    residue: amountOf(sheet.residue),
    notPrinted: notPrinted(sheet),
    complete: sheet.complete && sheet.totalKnown,
    consistent: sheet.consistent,
  };
}

/** Terms that every kernel has and this report does not print: they are in the residue. */
function notPrinted({ terms }: BalanceSheet): string[] {
  return balanceTerms.flatMap(({ id, absence, orElse }) =>
    absence === undefined || terms.has(id) || (orElse !== undefined && terms.has(orElse)) ? [] : [absence],
  );
}

/** A quantity in pages as results show it. */
export function amountOf(quantity: Quantity): Amount {
  const { name, value, lines } = quantity;
  const formula = formulaText(quantity);
  return { name, pages: value, lines, ...(formula === undefined ? {} : { formula }) };
}
