import type { Analysis } from "../model/analysis.js";
import { type ExplainOptions, explain } from "./content/explain.js";
import { type PrintOptions, printDocument } from "./text/print.js";

export interface TextOptions extends ExplainOptions, PrintOptions {}

/** An explanation for a terminal; each line ends with a newline. */
export function renderText(analysis: Analysis, options: TextOptions): string {
  return printDocument(explain(analysis, options), options);
}
