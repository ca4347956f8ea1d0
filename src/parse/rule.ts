import type { LogLine } from "../model/log-line.js";
import type { ReportDraft } from "./draft.js";

/**
 * What a rule says about a line.
 *
 * - `read`: the line is this rule's and now stands in the draft.
 * - `other`: the line is not this rule's; nothing was changed.
 * - `incomplete`: the line begins this rule's but its text goes on in the next line (a name that holds a line break, a
 *   record cut in two by another processor's message).
 * - `next-report`: the line is this rule's but belongs to a report of its own, after the one in the draft.
 */
export type Outcome = "read" | "other" | "incomplete" | "next-report";

/** What a line opens where no report is open. */
export type Opening = "report" | "rate-limited" | "fragment" | "speculation";

/** One kind of line that the kernel prints in a report. A new kernel line is one more of these. */
export interface Rule {
  /** Unique in the grammar; for people and for tests. */
  readonly name: string;
  /** Literal texts, one of which begins every line of this rule. Absent: the line may begin with anything. */
  readonly starts?: readonly string[];
  /** What such a line opens outside a report. Absent: it opens nothing and is passed over there. */
  readonly opens?: Opening;
  /** For opening rules: what every such line matches, so that all other lines of a log are passed over at once. */
  readonly mark?: RegExp;
  /** Reads the line into the draft. `text` is the line's text, with the lines joined that `incomplete` asked for. */
  read(text: string, line: LogLine, draft: ReportDraft): Outcome;
  /** Reads a line that asked for more and got none, because it is cut at its end. Absent: such a line is unknown. */
  readonly readCut?: (text: string, line: LogLine, draft: ReportDraft) => Outcome;
}

/** An ordered list of rules, indexed by the first character of their lines. */
export class RuleIndex {
  readonly #byFirstCode = new Map<number, readonly Rule[]>();
  readonly #anyStart: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#anyStart = rules.filter((rule) => rule.starts === undefined);
    const codes = new Set(rules.flatMap((rule) => (rule.starts ?? []).map((start) => start.charCodeAt(0))));
    for (const code of codes) {
      const mayStart = (rule: Rule) => rule.starts?.some((start) => start.charCodeAt(0) === code) ?? true;
      this.#byFirstCode.set(code, rules.filter(mayStart));
    }
  }

  /** The rules whose lines may begin as this text does, in order. */
  candidates(text: string): readonly Rule[] {
    return this.#byFirstCode.get(text.charCodeAt(0)) ?? this.#anyStart;
  }
}

/** Whether a line of the rule may begin as the text does. */
export function mayRead(rule: Rule, text: string): boolean {
  if (rule.starts === undefined) return true;
  for (const start of rule.starts) if (text.startsWith(start)) return true;
  return false;
}
