import type { Analysis } from "../model/analysis.js";
import type { TextLine } from "../model/report.js";
import { withProtection } from "../replay/what-if/index.js";
import type { PageReport } from "./page-report.js";

/** @param kernel The one given by the user, where the log is silent. */
export function pageReport(analysis: Analysis, lines: readonly TextLine[], kernel?: string): PageReport {
  const { protection = null } = withProtection(analysis, kernel);
  return { analysis, protection, lines, kernel: kernel ?? null };
}
