import type { OomReport } from "../../model/report.js";
import type { TaskSelector } from "../../model/what-if.js";
import { selectorText } from "./edit-text.js";
import { isNamedBy } from "./select-tasks.js";
import type { Question } from "./what-if.js";

/** Keeps which pids and names of a question no process of any report has: most likely they are mistyped. */
export class Unmeant {
  /** Those that nothing was found for so far. */
  #selectors: readonly TaskSelector[];
  #reports = 0;

  constructor({ edits, protect, prefer }: Question) {
    const edited = edits.flatMap((edit) => ("tasks" in edit ? [edit.tasks] : []));
    const asked = [protect, prefer].filter((selector) => selector !== undefined);
    // A log tells the cgroup of its victim alone: a path that means nobody in it may be right.
    this.#selectors = [...edited, ...asked].filter(({ by }) => by !== "cgroup");
  }

  add({ tasks }: OomReport): void {
    this.#reports++;
    // A report without a table may be about anybody.
    const isMet = (selector: TaskSelector): boolean =>
      tasks.length === 0 || tasks.some((row) => isNamedBy(row, selector));
    this.#selectors = this.#selectors.filter((selector) => !isMet(selector));
  }

  /** The selectors as they are typed; none where there was no report. */
  result(): readonly string[] {
    return this.#reports === 0 ? [] : [...new Set(this.#selectors.map(selectorText))];
  }
}
