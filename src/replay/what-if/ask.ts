import { detectKernel } from "../../kernel/detect.js";
import type { Analysis } from "../../model/analysis.js";
import type { WhatIf } from "../../model/what-if.js";
import { type Subject, subjectOfReport } from "./subject.js";
import { type Question, whatIf, whatIfWithoutTable } from "./what-if.js";

export interface WhatIfOptions {
  /** The kernel that the analysis was made with, where the log is silent. */
  readonly kernel?: string;
}

/**
 * Asks an analysis "what if": edits, solvers and comparisons by the rules of its own kernel. What the log leaves open stays
 * open, and the answer says where it matters.
 *
 * @throws {EditError} when the question names a kernel that does not exist.
 */
export function askWhatIf(analysis: Analysis, question: Question, options: WhatIfOptions = {}): WhatIf {
  const subject = subjectOf(analysis, options);
  if (subject === null) return whatIfWithoutTable(analysis.report, question);
  return whatIf(subject, analysis.report, analysis.accounting ?? null, question);
}

/** The selection of an analysis as something that questions can be asked of; null without a task table. */
export function subjectOf({ report, scenario }: Analysis, { kernel }: WhatIfOptions = {}): Subject | null {
  if (scenario === null || scenario.machine.tasks.length === 0) return null;
  return subjectOfReport(report, scenario, detectKernel(report, kernel === undefined ? {} : { kernel }));
}
