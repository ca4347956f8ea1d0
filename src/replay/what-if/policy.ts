import type {
  AppliedEdit,
  PolicyEffect,
  ProcessName,
  TaskSelector,
  WhatIf,
  WhatIfOutcome,
} from "../../model/what-if.js";
import { describeTask } from "../process.js";
import { type Unknown, withUnknowns } from "./alternatives.js";
import { selectionRemark, setAdj, withTaskChanges } from "./apply.js";
import { nameOf } from "./dead.js";
import { EditError, parseAdj, parseSelector, selectorText } from "./edit-text.js";
import { selectTasks } from "./select-tasks.js";
import type { Subject } from "./subject.js";

/** A rule of a policy: these processes get this `oom_score_adj`. */
export interface PolicyRule {
  readonly tasks: TaskSelector;
  readonly adj: number;
  readonly line: number;
}

/** Rules in order: the first that matches a process holds for it. */
export type Policy = readonly PolicyRule[];

/**
 * Reads a policy: a line for each rule, the processes and then their `oom_score_adj`, with blanks between. `#` begins a
 * comment.
 *
 * @throws {EditError} with the number of the line that is none.
 */
export function parsePolicy(text: string): Policy {
  const rules = text.split("\n").flatMap((raw, index): PolicyRule[] => {
    const line = raw.replace(/(?:^|\s)#.*$/, "").trim();
    if (line === "") return [];
    const blank = line.search(/\s\S*$/);
    const place = `line ${index + 1} of the policy`;
    if (blank < 0) throw new EditError(`${place}: a name and a number are needed`, "Like this: mysqld -500");
    try {
      const tasks = parseSelector(unquoted(line.slice(0, blank).trim()));
      return [{ tasks, adj: parseAdj(line.slice(blank + 1)), line: index + 1 }];
    } catch (error) {
      throw error instanceof EditError ? new EditError(`${place}: ${error.message}`, error.hint) : error;
    }
  });
  if (rules.length === 0) throw new EditError("the policy has no rule", "One a line: mysqld -500");
  return rules;
}

/** A name in quotes, as one with blanks is often written, is what stands between them. */
function unquoted(text: string): string {
  return /^(["'])(.+)\1$/s.exec(text)?.[2] ?? text;
}

/** A subject with the adjustments of a policy. */
export function applyPolicy(
  subject: Subject,
  policy: Policy,
): { readonly subject: Subject; readonly applied: readonly AppliedEdit[] } {
  const [{ machine }] = subject.worlds;
  const selected = policy.map(({ tasks }) => selectTasks(machine, subject.places, tasks));
  const ruleOf = new Map<number, number>();
  for (const { tgid } of machine.tasks) {
    const rule = selected.findIndex(({ sure }) => sure.has(tgid));
    if (rule >= 0) ruleOf.set(tgid, rule);
  }
  const ruled = withTaskChanges(subject, (task) => {
    const rule = policy[ruleOf.get(task.tgid) ?? -1];
    return rule === undefined ? task : setAdj(task, rule.adj);
  });
  const unknowns = [...policy.entries()].flatMap(([index, rule]) =>
    [...(selected[index]?.maybe ?? [])]
      .filter((tgid) => (ruleOf.get(tgid) ?? policy.length) > index)
      .map((tgid): [number, Unknown] => [tgid, memberOf(rule, nameOf(machine, tgid))]),
  );
  // The last rule first: of two that may match a process, the earlier is then the one that is left.
  const changed = { ...ruled, alternatives: withUnknowns(ruled.alternatives, unknowns.reverse()) };
  const applied = policy.map((rule, index): AppliedEdit => {
    const tasks = [...ruleOf].filter(([, at]) => at === index).map(([tgid]) => nameOf(machine, tgid));
    const edit = { kind: "set-adj", tasks: rule.tasks, adj: rule.adj } as const;
    const maybe = selected[index]?.maybe.size ?? 0;
    const remark = maybe === 0 ? undefined : selectionRemark(rule.tasks, tasks.length, maybe);
    const text = `${selectorText(rule.tasks)} ${rule.adj}`;
    return { edit, text, tasks, ...(remark === undefined ? {} : { remark }) };
  });
  return { subject: changed, applied };
}

/** A process that may be in the cgroup of a rule. */
function memberOf(rule: PolicyRule, process: ProcessName): Unknown {
  const who = describeTask(process);
  const text = selectorText(rule.tasks);
  return {
    missing: "the cgroups of the tasks besides the victim's",
    matters: () => true,
    options: [
      { change: (task) => task, when: `${who} is not in ${text}` },
      { change: (task) => setAdj(task, rule.adj), when: `${who} is in ${text}` },
    ],
  };
}

/** Adds up what a policy would have changed over many reports. */
export class PolicyTally {
  #reports = 0;
  #changed = 0;
  #undecided = 0;
  #notReplayed = 0;
  readonly #spared = new Map<string, number>();
  readonly #cost = new Map<string, number>();
  #costOpen = 0;
  /** Rules by their text: whether they meant a process. */
  readonly #matched = new Map<string, boolean>();

  add({ before, after, changed, edits }: WhatIf): void {
    this.#reports++;
    for (const { text, tasks, remark } of edits) {
      this.#matched.set(text, this.#matched.get(text) === true || tasks.length > 0 || remark !== undefined);
    }
    if (before.chosen === null) this.#notReplayed++;
    else if (changed === null || (changed && !after.decided && before.alsoKilled.length > 0)) this.#undecided++;
    else if (changed && !isSameDead(before, after)) {
      this.#changed++;
      if (!dies(after, before.chosen)) count(this.#spared, before.chosen.name);
      if (!after.decided) this.#costOpen++;
      else if (after.chosen === null) count(this.#cost, "nobody");
      else if (!dies(before, after.chosen)) count(this.#cost, after.chosen.name);
    }
  }

  result(): PolicyEffect {
    return {
      reports: this.#reports,
      changed: this.#changed,
      unchanged: this.#reports - this.#changed - this.#undecided - this.#notReplayed,
      undecided: this.#undecided,
      notReplayed: this.#notReplayed,
      spared: ranked(this.#spared),
      cost: ranked(this.#cost),
      costOpen: this.#costOpen,
      unmatched: [...this.#matched].filter(([, isMatched]) => !isMatched).map(([text]) => text),
    };
  }
}

/** Whether a process is chosen or dies with the choice. */
function dies({ chosen, alsoKilled }: WhatIfOutcome, { pid }: ProcessName): boolean {
  return chosen?.pid === pid || alsoKilled.some((other) => other.pid === pid);
}

/** Whether the same die, whoever of them is chosen: a cgroup that is killed as a whole. */
function isSameDead(a: WhatIfOutcome, b: WhatIfOutcome): boolean {
  const within = (one: WhatIfOutcome, other: WhatIfOutcome): boolean =>
    [one.chosen, ...one.alsoKilled].every((process) => process !== null && dies(other, process));
  return b.decided && within(a, b) && within(b, a);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): { readonly name: string; readonly count: number }[] {
  return [...counts].map(([name, times]) => ({ name, count: times })).sort((a, b) => b.count - a.count);
}
