import type { AppliedEdit, PolicyEffect, ProcessName, TaskSelector, WhatIf } from "../../model/what-if.js";
import { describeTask } from "../process.js";
import { type Unknown, withUnknowns } from "./alternatives.js";
import { setAdj, withTaskChanges } from "./apply.js";
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
      const tasks = parseSelector(line.slice(0, blank).trim());
      return [{ tasks, adj: parseAdj(line.slice(blank + 1)), line: index + 1 }];
    } catch (error) {
      throw error instanceof EditError ? new EditError(`${place}: ${error.message}`, error.hint) : error;
    }
  });
  if (rules.length === 0) throw new EditError("the policy has no rule", "One a line: mysqld -500");
  return rules;
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
    return { edit, text: `${selectorText(rule.tasks)} ${rule.adj}`, tasks };
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

  add({ before, after, changed }: WhatIf): void {
    this.#reports++;
    if (before.chosen === null) this.#notReplayed++;
    else if (changed === null) this.#undecided++;
    else if (changed) {
      this.#changed++;
      count(this.#spared, before.chosen.name);
      if (after.decided) count(this.#cost, after.chosen?.name ?? "nobody");
    }
  }

  /** One more report that has too little to be replayed. */
  skip(): void {
    this.#reports++;
    this.#notReplayed++;
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
    };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): { readonly name: string; readonly count: number }[] {
  return [...counts].map(([name, times]) => ({ name, count: times })).sort((a, b) => b.count - a.count);
}
