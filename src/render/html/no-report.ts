import { upperFirst } from "../../model/upper-first.js";
import { type Element, h } from "./element.js";

/** What helps who expected a report. */
export const NO_REPORT_HELP =
  "A report begins with a line such as “… invoked oom-killer: …”; check that the part of the log with it is there.";

/**
 * The answer of a page without a report, so that it can not be taken for a broken one.
 *
 * @param sentence What was read, and what is not in it.
 * @param isWhole All was read and nothing chosen from it: the log may lack its beginning.
 */
export function noReport({ sentence, isWhole }: { readonly sentence: string; readonly isWhole: boolean }): Element {
  return h(
    "section",
    { id: "no-report", class: "answer", "aria-label": "Answer" },
    h("h2", { class: "lead" }, `${upperFirst(sentence)}.`),
    isWhole ? h("p", {}, NO_REPORT_HELP) : null,
  );
}
