import type { Accounting, MemcgBalance, TaskTotals } from "../../model/accounting.js";
import { hierarchyOf } from "../advice/hierarchy.js";
import type { Context } from "../context.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { amountOf, nodeBalances, showBalance, zoneBalances } from "./balance.js";
import { freeBlocksOf } from "./free-blocks.js";
import type { MemcgSheet } from "./memcg.js";

/** The accounts of a report as results show them. */
export function accountingOf(context: Context): Accounting {
  const { report, pageSizeBytes } = context;
  const { memInfo } = report;
  const machine = context.fact("machine");
  const zones = context.fact("zones");
  const memcg = context.fact("memcg");
  const tasks = context.fact("tasks");
  const shown = machine instanceof Lacking || memInfo === null ? null : { sheet: machine.sheet, memInfo };
  return {
    pageSizeBytes,
    balance: shown === null ? null : showBalance(shown.sheet),
    nodes: shown === null ? [] : nodeBalances(shown.memInfo, pageSizeBytes),
    zones: shown === null ? [] : zoneBalances(shown.memInfo, pageSizeBytes),
    watermarks: zones instanceof Lacking ? [] : zones.all,
    freeBlocks: freeBlocksOf(context),
    memcg: memcg instanceof Lacking ? null : memcgBalance(memcg, context),
    tasks: tasks instanceof Lacking ? null : taskTotals(tasks),
  };
}

/** Share of the usage by which its parts may exceed it. */
const OVERDRAFT = 0.03;

function memcgBalance(sheet: MemcgSheet, context: Context): MemcgBalance {
  const { path, level, hit, limit, limitUsage, usage, swapUsed, terms, within, residue, untold } = sheet;
  return {
    path,
    level,
    limitName: hit.name,
    limit: hit.unlimited ? null : amountOf(limit),
    limitUsage: amountOf(limitUsage),
    usage: amountOf(usage),
    swapUsed: swapUsed === null ? null : amountOf(swapUsed),
    terms: [...terms].map(([id, quantity]) => ({ id, ...amountOf(quantity) })),
    within: [...within].map(([id, quantity]) => ({ id, ...amountOf(quantity) })),
    residue: residue === null ? null : amountOf(residue),
    consistent: residue === null || residue.value >= -OVERDRAFT * usage.value,
    untold: untold === null ? null : amountOf(untold),
    hierarchy: hierarchyOf(context),
  };
}

/** Names that the totals list. */
const mostNames = 10;

function taskTotals({ rows, rss, swap, coverage, groups }: TaskFacts): TaskTotals {
  return {
    rowCount: rows.value,
    rss: amountOf(rss),
    swap: swap === null ? null : amountOf(swap),
    coveragePercent: coverage?.value ?? null,
    names: groups
      .slice(0, mostNames)
      .map(({ name, processes, size }) => ({ name, processes: processes.length, pages: size.value })),
  };
}
