import type { Context } from "../context.js";
import { Lacking, type SwapFacts } from "../facts.js";

/** Swap of a report that was made while swapoff ran, which prints free swap below zero; null for any other. */
export function swapBeingSwitchedOff(context: Context): SwapFacts | null {
  const swap = context.fact("swap");
  return !(swap instanceof Lacking) && swap.total.value === 0 && swap.free.value < 0 ? swap : null;
}

/** Whether a task offered itself as the victim: swapoff, or ksm that is being switched off. */
export function volunteered(context: Context): boolean {
  const byVerdict = context.verdict.by?.some(({ rule }) => rule === "oom-origin") === true;
  return byVerdict || swapBeingSwitchedOff(context) !== null;
}
