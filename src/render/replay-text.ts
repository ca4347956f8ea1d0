import type { PolicyEffect, WhatIf } from "../model/what-if.js";
import type { Document } from "./document.js";
import { escapeText } from "./markdown/escape.js";
import { printMarkdown } from "./markdown/print.js";
import { replayAnswer } from "./replay-answer.js";
import { policyDocument } from "./replay-policy.js";
import { replaySections } from "./replay-sections.js";
import { type PrintOptions, printDocument } from "./text/print.js";
import { log } from "./words.js";

export interface ReplayOptions {
  /** Every candidate, not only the best. */
  readonly verbose: boolean;
}

/** The answer to a "what if" on one report, for a terminal. */
export function renderReplayText(answer: WhatIf, options: ReplayOptions & PrintOptions): string {
  const { source, line, kernel } = answer.report;
  const place = {
    label: "Report",
    words: [log(source === "-" ? "stdin" : source), `:${line}, rules of ${kernel.era ?? "an unknown kernel"}`],
  };
  const document = documentOf(answer, options);
  return printDocument({ ...document, answer: [place, ...document.answer] }, options);
}

/** The same as GitHub-flavoured Markdown. */
export function renderReplayMarkdown(answer: WhatIf, options: ReplayOptions): string {
  const { source, line } = answer.report;
  return printMarkdown(documentOf(answer, options), escapeText(`What if: OOM report at ${source}:${line}`));
}

/** What a policy comes to over many reports, for a terminal. */
export function renderPolicyText(effect: PolicyEffect, options: PrintOptions): string {
  return printDocument(policyDocument(effect), options);
}

/** The same as Markdown. */
export function renderPolicyMarkdown(effect: PolicyEffect): string {
  return printMarkdown(policyDocument(effect), "Policy");
}

function documentOf(answer: WhatIf, options: ReplayOptions): Document {
  return { answer: replayAnswer(answer), sections: replaySections(answer, options) };
}
