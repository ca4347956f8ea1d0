import { detectKernel } from "../../kernel/detect.js";
import type { Analysis } from "../../model/analysis.js";
import type { WhatIf } from "../../model/what-if.js";
import { type Subject, subjectOfReport } from "./subject.js";
import { type FirstAnswer, loggedOutcome, type Question, whatIf, whatIfWithoutTable } from "./what-if.js";

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
  return questionerOf(analysis, options)(question);
}

/** {@link askWhatIf} of one analysis; `onFirst` gets the ranking before what is decided is known. */
export type Questioner = (question: Question, onFirst?: (first: FirstAnswer) => void) => WhatIf;

/** {@link askWhatIf} for many questions to one analysis: what is the same for all is worked out once. */
export function questionerOf(analysis: Analysis, options: WhatIfOptions = {}): Questioner {
  const { report, accounting = null } = analysis;
  const subject = subjectOf(analysis, options);
  if (subject === null) return (question) => whatIfWithoutTable(report, question);
  const before = loggedOutcome(subject, analysis);
  return (question, onFirst) => whatIf(subject, before, report, accounting, question, onFirst);
}

/** The selection of an analysis as something that questions can be asked of; null without a task table. */
export function subjectOf({ report, scenario, replay }: Analysis, { kernel }: WhatIfOptions = {}): Subject | null {
  if (scenario === null || scenario.machine.tasks.length === 0) return null;
  const detection = detectKernel(report, kernel === undefined ? {} : { kernel });
  return subjectOfReport(report, scenario, replay?.totalPages ?? null, detection);
}
