import type { Analysis } from "../model/analysis.js";
import { type ExplainOptions, explain } from "./content/explain.js";
import { escapeText } from "./markdown/escape.js";
import { printMarkdown } from "./markdown/print.js";

/** The same explanation as GitHub-flavoured Markdown, for a ticket. */
export function renderMarkdown(analysis: Analysis, options: ExplainOptions): string {
  const { source, line } = analysis.report;
  return printMarkdown(explain(analysis, options), escapeText(`OOM report at ${source}:${line}`));
}
