import type { OomReport } from "../model/report.js";
import { toBigInt } from "../model/units.js";
import type { WhatIf, WhatIfOutcome } from "../model/what-if.js";
import { boundedPoints, pointsWords } from "./content/points.js";
import { possibleWords, thenWords } from "./content/possible.js";
import type { Fact } from "./document.js";
import { formatBytes, formatPages, GLUE } from "./quantity.js";
import { processWords, separated, strong, type Words } from "./words.js";

/** The answer in a few lines: what was changed, who was picked, who would be. */
export function replayAnswer(answer: WhatIf): Fact[] {
  const { edits } = answer;
  return [
    ...edits.map(({ text, tasks, remark }, index): Fact => {
      const who = tasks.length === 0 ? [] : [" for ", ...processList(tasks)];
      const note = remark === undefined ? [] : [". ", remark];
      return { label: index === 0 ? "If" : "and", words: [strong(text), ...who, ...note] };
    }),
    pickedFact(answer),
    ...resultFacts(answer),
  ];
}

/** At most so many names in a line. */
const NAMES = 4;

function processList(tasks: readonly { readonly pid: number; readonly name: string }[]): Words {
  const shown = separated(tasks.slice(0, NAMES).map(processWords), ", ");
  return tasks.length > NAMES ? [...shown, ` and ${tasks.length - NAMES} more`] : shown;
}

function pickedFact({ before, report }: WhatIf): Fact {
  const isNamed = report.chosen !== null || report.kills.length > 0;
  if (isNamed || before.chosen === null) return { label: "Picked", words: pickedWords(before, report) };
  return { label: "Re-run", words: ["would pick ", ...pickedWords(before, report), " (the log names no victim)"] };
}

function pickedWords(before: WhatIfOutcome, { tasks, panic }: OomReport): Words {
  const { chosen, victim, ranking, pointsUnit } = before;
  if (chosen === null && panic !== undefined) return [`nobody: the kernel panicked (line ${panic.line})`];
  if (chosen === null) return before.missing.length > 0 ? [`not told: ${before.missing.join(", ")}`] : ["nobody"];
  if (tasks.length > 0 && !tasks.some(({ pid, tgid }) => pid === chosen.pid || tgid === chosen.pid)) {
    const why = " by the log; its row is not in the table, so that nothing can be run again against it";
    return [...processWords(chosen), why];
  }
  const own = ranking.find(({ pid }) => pid === chosen.pid);
  const points =
    own === undefined || pointsUnit === null || pointsUnit === "legacy" ? "" : `, ${pointsWords(own, pointsUnit)}`;
  const isOther = victim !== null && victim.name !== chosen.name && victim.pid !== chosen.pid;
  return [...processWords(chosen), points, ...(isOther ? ["; ", ...processWords(victim), " died in its place"] : [])];
}

function resultFacts(answer: WhatIf): Fact[] {
  const { edits, after, changed } = answer;
  if (edits.length === 0) return solverFacts(answer);
  return [
    {
      label: changed === null ? "Open" : changed ? "Then" : "Same",
      words: resultWords(answer),
      tone: changed === null ? "warn" : "good",
    },
    ...solverFacts(answer),
    ...(after.outcome === "panic" ? [{ label: "Panic", words: ["the kernel panics"], tone: "bad" } as const] : []),
  ];
}

function resultWords({ after, changed }: WhatIf): Words {
  const { chosen, possible, missing, decided } = after;
  if (!decided) {
    const open = missing.length === 0 ? "" : `the log does not tell ${missing.join(", ")}`;
    return possible.length === 0 ? [open] : [open, ": ", ...possibleWords(possible)];
  }
  if (chosen === null) return [after.outcome === "panic" ? "nobody is left to pick" : "nobody is picked"];
  return [...processWords(chosen), changed === false ? " is picked all the same" : " is picked", ...leadWords(after)];
}

/** Its points, and those of the next. */
function leadWords({ chosen, ranking, pointsUnit }: WhatIfOutcome): Words {
  const candidates = ranking.filter(({ eligible }) => eligible);
  const own = candidates.find(({ pid }) => pid === chosen?.pid);
  const next = candidates.find(({ pid }) => pid !== chosen?.pid);
  if (own === undefined || pointsUnit === null || pointsUnit === "legacy") return [];
  const points = `: ${pointsWords(own, pointsUnit)}`;
  if (next === undefined) return [points, ", the only candidate"];
  return [points, ", next ", ...processWords(next), ` ${boundedPoints(next)}`];
}

/** The answers of the solvers; without a question, what would have spared the victim. */
function solverFacts(answer: WhatIf): Fact[] {
  const { protect, prefer, leastLimit, margins, edits } = answer;
  const facts: Fact[] = [];
  if (protect !== undefined) {
    const isFound = protect.highestOomScoreAdj !== null;
    facts.push({
      label: "Protect",
      words: [protect.reason, ...(isFound ? thenWords(protect) : [])],
      tone: isFound ? "good" : "warn",
    });
  }
  if (prefer !== undefined) {
    facts.push({ label: "Prefer", words: [prefer.reason], tone: prefer.lowestOomScoreAdj === null ? "warn" : "good" });
  }
  if (edits.length > 0 || protect !== undefined || prefer !== undefined || answer.sequence !== undefined) return facts;
  const own = margins?.find(({ pid }) => pid === answer.before.chosen?.pid);
  if (own !== undefined) facts.push({ label: "Spared", words: sparedWords(own, answer) });
  if (leastLimit != null) facts.push({ label: "No kill", words: limitWords(leastLimit) });
  return facts;
}

function sparedWords(own: NonNullable<WhatIf["margins"]>[number], { before, report }: WhatIf): Words {
  const { flipOomScoreAdj: adj, flipPages: pages } = own;
  const pageSize = report.kernel.pageSizeBytes;
  const size =
    pages === null || before.pointsUnit === null
      ? ""
      : `${adj === null ? "" : ", or "}with ${pageSize === null ? `${pages} pages` : formatPages(pages, pageSize)} less`;
  const byAdj = adj === null ? "" : `at oom_score_adj ${adj}${adj === -1000 ? "" : " or below"}`;
  if (byAdj === "" && size === "")
    return ["no oom_score_adj and no smaller size would have spared ", ...processWords(own)];
  const isAlone = before.ranking.filter(({ eligible }) => eligible).length === 1;
  return [
    `${byAdj}${size} ${isAlone ? "nobody could be picked: it is the only candidate" : "another would have been picked"}`,
  ];
}

function limitWords({ of, nowBytes, leastBytes, reason, cannotTell }: NonNullable<WhatIf["leastLimit"]>): Words {
  if (leastBytes === null) return [reason];
  const open = cannotTell.length === 0 ? "" : ` Not told: ${cannotTell.join(", ")}.`;
  const least = `${String(leastBytes)}${GLUE}B (${formatBytes(leastBytes)})`;
  const more =
    nowBytes === null
      ? `${of} of ${least}`
      : `${formatBytes(toBigInt(leastBytes) - toBigInt(nowBytes))} more: ${of} of ${least}`;
  return [`for this one request with ${more}. ${reason}${open}`];
}
