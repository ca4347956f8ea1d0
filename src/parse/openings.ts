import type { LogLine } from "../model/log-line.js";
import { ReportDraft } from "./draft.js";
import { grammar } from "./grammar.js";
import { longestText } from "./open-report.js";
import { mayRead, type Opening, type Rule } from "./rule.js";
import { cpuLineRules } from "./rules/cpu-line.js";
import { killRules } from "./rules/kill.js";
import { summaryRules } from "./rules/summary.js";
import { triggerRules } from "./rules/trigger.js";

const openingRules = grammar.filter((rule) => rule.opens !== undefined);

/** Lines that open a block which looks like a report's and is none. A new kind is one row. */
const notOomOpenings: readonly RegExp[] = [
  /: page allocation failure[.:]/,
  /: page allocation stalls for \d/,
  /^(?:sysrq: )?(?:SysRq : )?Show Memory\b/,
  /: vmalloc(?: size \d+| error: size \d+|:).*allocation failure/,
  /^SLUB: Unable to allocate memory/,
];

/** What every line matches that opens anything; most lines of a log do not. */
const anyMark = new RegExp(
  [...openingRules.map(({ mark }) => mark), ...notOomOpenings].map((mark) => mark?.source).join("|"),
);

/** What the line opens where no report is open: a report or a part of one, a block that is none, or nothing (null). */
export function findOpening(line: LogLine): Opening | "not-oom" | null {
  const { text } = line;
  if (text.length > longestText || !anyMark.test(text)) return null;
  const rule = openingRules.find((candidate) => opens(candidate, line));
  return rule?.opens ?? (notOomOpenings.some((pattern) => pattern.test(text)) ? "not-oom" : null);
}

/** The longest name of a task. */
const longestName = 15;
const taskRules = [...triggerRules, ...cpuLineRules, ...killRules, ...summaryRules];

/** Whether the line reads as one that names a task, whatever the name: a task may be named like anything. */
export function namesTask(line: LogLine): boolean {
  const draft = new ReportDraft("report", null);
  const read = taskRules.some((rule) => mayRead(rule, line.text) && rule.read(line.text, line, draft) === "read");
  const { trigger, cpu, kills, chosen, summary } = draft;
  const name = trigger?.name ?? cpu?.name ?? kills[0]?.name ?? chosen?.name ?? summary?.name ?? "";
  return read && name.length <= longestName;
}

function opens(rule: Rule, line: LogLine): boolean {
  if (!mayRead(rule, line.text) || rule.mark?.test(line.text) === false) return false;
  return rule.read(line.text, line, new ReportDraft(rule.opens ?? "fragment", null)) !== "other";
}
