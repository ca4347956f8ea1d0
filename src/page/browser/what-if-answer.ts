import type { Edit } from "../../model/what-if.js";
import { type View, viewOf } from "../../render/content/view.js";
import { type Element, factList, h, rankingFigure } from "../../render/html/index.js";
import { replayAnswer } from "../../render/replay-answer.js";
import { type FirstAnswer, questionerOf } from "../../replay/what-if/index.js";
import type { ShownReport } from "../page-report.js";

/** What a what-if comes to, as content: made where the selection is run, so that no ranking of thousands is handed over. */
export interface WhatIfAnswer {
  /** The answer in words; null while only the ranking is known. */
  readonly words: readonly Element[] | null;
  readonly ranking: Element | null;
}

/** Answers a question: first with the ranking, then with what is decided, which may take many runs. */
export type Answerer = (edits: readonly Edit[], onAnswer: (answer: WhatIfAnswer) => void) => void;

export function answererOf({ analysis, kernel }: ShownReport): Answerer {
  const view = viewOf(analysis);
  const ask = questionerOf(analysis, kernel === null ? {} : { kernel });
  return (edits, onAnswer) => {
    const whole = ask({ edits }, (first) => onAnswer({ words: null, ranking: figureOf(first, view, new Map()) }));
    const { possible, decided } = whole.after;
    const fates = new Map<number, string>();
    for (const { pid } of possible) if (pid !== null) fates.set(pid, decided ? "chosen now" : "possible now");
    onAnswer({
      words: [
        h("div", { class: "outcome" }, factList(replayAnswer(whole))),
        ...whole.remarks.map((remark) => h("p", { class: "aside" }, remark)),
      ],
      ranking: figureOf(whole, view, fates),
    });
  };
}

function figureOf(
  { before, after, changes }: FirstAnswer,
  view: View,
  now: ReadonlyMap<number, string>,
): Element | null {
  const was = before.chosen === null ? [] : [[before.chosen.pid, "chosen in the log"] as const];
  const adjusted = new Map(changes.map(({ pid, after: its }) => [pid, its?.oomScoreAdj ?? null]));
  const edited: View = {
    ...view,
    rowOf(pid) {
      const row = view.rowOf(pid);
      const adj = adjusted.get(pid);
      return row === null || adj == null ? row : { ...row, oomScoreAdj: adj };
    },
  };
  return rankingFigure(edited, after.ranking, new Map([...was, ...now]));
}
