import type { Analysis } from "../../model/analysis.js";
import { inlineCell } from "../markdown/escape.js";
import { listFields } from "./fields.js";

/** The head of a table of reports. */
export const listMarkdownHead =
  "| Report | Time | Host | Kernel | Limit | Verdict | Victim |\n| --- | --- | --- | --- | --- | --- | --- |\n";

/** A report as a row of that table. */
export function renderListMarkdown(analysis: Analysis): string {
  return `| ${listFields(analysis)
    .map(({ words }) => inlineCell(words))
    .join(" | ")} |\n`;
}
