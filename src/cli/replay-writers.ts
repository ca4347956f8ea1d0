import type { Analysis } from "../model/analysis.js";
import type { Note } from "../model/note.js";
import type { PolicyEffect, WhatIf } from "../model/what-if.js";
import {
  jsonText,
  plain,
  renderPolicyMarkdown,
  renderPolicyText,
  renderReplayMarkdown,
  renderReplayText,
  SCHEMA_VERSION,
  toReplayJson,
} from "../render/index.js";
import {
  askWhatIf,
  type Followed,
  Followers,
  holdAgainst,
  PolicyTally,
  type Question,
  Unmeant,
  type WhatIfOptions,
} from "../replay/what-if/index.js";
import { Failure } from "./failure.js";
import type { DocumentWriter, Writers } from "./writers.js";

/** How a format puts answers together. */
interface Layout {
  readonly begin: string;
  readonly between: string;
  readonly each: (answer: WhatIf) => string;
  readonly end: (notes: readonly Note[], policy: PolicyEffect | null) => string;
}

/** The writers of `oomlog replay`: every report is asked the same question. */
export function replayWriters(question: Question, options: WhatIfOptions): Writers {
  const writer = (layout: Layout): DocumentWriter => replayWriter(question, options, layout);
  // Of many reports, those that a policy leaves as they were would only be in the way.
  const isShown = ({ changed }: WhatIf): boolean => question.policy === undefined || changed !== false;
  return {
    text: (text) =>
      writer({
        begin: "",
        between: "\n",
        each: (answer) => (isShown(answer) ? renderReplayText(answer, text) : ""),
        end: (_, policy) => (policy === null ? "" : renderPolicyText(policy, text)),
      }),
    markdown: (text) =>
      writer({
        begin: "",
        between: "\n",
        each: (answer) => (isShown(answer) ? renderReplayMarkdown(answer, text) : ""),
        end: (_, policy) => (policy === null ? "" : renderPolicyMarkdown(policy)),
      }),
    json: () =>
      writer({
        begin: `{"schemaVersion":${SCHEMA_VERSION},"replays":[\n`,
        between: ",\n",
        each: (answer) => jsonText(toReplayJson(answer)),
        end: (notes, policy) => {
          const effect = policy === null ? "" : `"policy":${jsonText(plain(policy))},`;
          return `\n],${effect}"notes":${jsonText(plain(notes))}}\n`;
        },
      }),
    ndjson: () =>
      writer({
        begin: "",
        between: "",
        each: (answer) => `${jsonText(toReplayJson(answer))}\n`,
        end: () => "",
      }),
  };
}

function replayWriter(question: Question, options: WhatIfOptions, layout: Layout): DocumentWriter {
  const followers = new Followers((question.sequence?.kills ?? 1) - 1);
  const unmeant = new Unmeant(question);
  const tally = question.policy === undefined ? null : new PolicyTally();
  let isFirst = true;
  /** Reports that only follow a wanted one, and what was answered since. */
  const aside = new Set<Analysis>();
  let held = "";
  const write = (followed: readonly Followed[]): string =>
    followed
      .filter(({ analysis }) => !aside.has(analysis))
      .map(({ analysis, following }) => {
        const answer = askWhatIf(analysis, question, options);
        tally?.add(answer);
        unmeant.add(analysis.report);
        const { sequence } = answer;
        const text = layout.each(
          sequence === undefined ? answer : { ...answer, sequence: holdAgainst(sequence, analysis.report, following) },
        );
        if (text === "") return "";
        const separator = isFirst ? "" : layout.between;
        isFirst = false;
        return separator + text;
      })
      .join("");
  return {
    begin: () => layout.begin,
    each: (analysis) => write(followers.push(analysis)),
    follow:
      question.sequence === undefined
        ? undefined
        : (analysis) => {
            aside.add(analysis);
            held += write(followers.push(analysis));
            return held === "";
          },
    failures: () =>
      unmeant
        .result()
        .map(
          (text) => new Failure(`no process of any report is meant by ${text}`, "Give a pid or a name of its table"),
        ),
    end: (notes) => {
      const last = held + write(followers.end());
      const closing = layout.end(notes, tally?.result() ?? null);
      return `${last}${closing !== "" && !isFirst && tally !== null && layout.begin === "" ? layout.between : ""}${closing}`;
    },
  };
}
