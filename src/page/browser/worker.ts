import type { Edit } from "../../model/what-if.js";
import { SeenReports } from "../../triage/seen-reports.js";
import type { ReportTexts } from "../embed.js";
import type { ShownReport } from "../page-report.js";
import { type Found, readSource, type Source } from "./read-source.js";
import { unpackReport } from "./state.js";
import { type Answerer, answererOf, type WhatIfAnswer } from "./what-if-answer.js";

/** What a worker is asked. */
export type Request =
  /** To read these, one after the other. */
  | { readonly kind: "read"; readonly sources: readonly Source[] }
  /** To keep a report, which questions are asked of. */
  | { readonly kind: "about"; readonly subject: Subject }
  /** What if; answered with the same number. */
  | { readonly kind: "what-if"; readonly number: number; readonly edits: readonly Edit[] };

/** A report that a selection is run again of: as it is, or as a page holds it. */
export type Subject = { readonly report: ShownReport } | { readonly packed: Omit<ReportTexts, "log"> };

/** What it answers, piece by piece. */
export type Answer =
  | Found
  | { readonly kind: "end"; readonly lines: number }
  | { readonly kind: "what-if"; readonly number: number; readonly answer: WhatIfAnswer };

/** The part of the application that reads, analyses and runs selections again, so that the page stays quick. */
export function serve(post: (answer: Answer) => void): (request: Request) => Promise<void> {
  let answerer: Promise<Answerer> | null = null;
  return async (request) => {
    switch (request.kind) {
      case "read":
        return read(request.sources, post);
      case "about":
        answerer = reportOf(request.subject).then(answererOf);
        return;
      case "what-if": {
        const { number, edits } = request;
        (await answerer)?.(edits, (answer) => post({ kind: "what-if", number, answer }));
      }
    }
  };
}

async function reportOf(subject: Subject): Promise<ShownReport> {
  return "report" in subject ? subject.report : unpackReport(subject.packed);
}

async function read(sources: readonly Source[], post: (answer: Answer) => void): Promise<void> {
  const seen = new SeenReports();
  let lines = 0;
  for (const source of sources) {
    try {
      lines += await readSource(source, seen, post);
    } catch (error) {
      post({ kind: "problem", source: source.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  post({ kind: "end", lines });
}
