import type { ReplayStep } from "../../model/replay.js";
import type { Section } from "../document.js";
import { muted, refs, strong, type Words } from "../words.js";
import type { View } from "./view.js";

/** The kernel's decision path, step by step. */
export function traceSection({ replay, scenario }: View): Section {
  if (replay === null) {
    return {
      title: "Decision path",
      blocks: [{ kind: "paragraph", words: ["Not re-run: the log shows no task table."] }],
    };
  }
  return {
    title: "Decision path",
    aside: [`the functions are those of ${scenario?.era ?? "the era"}`],
    blocks: [{ kind: "list", numbered: true, items: replay.steps.map(stepWords) }],
  };
}

function stepWords({ function: name, outcome, lines, evidence }: ReplayStep): Words {
  return [strong(`${name}()`), `: ${outcome}`, ...evidenceWords(evidence, lines)];
}

function evidenceWords(evidence: ReplayStep["evidence"], lines: readonly number[]): Words {
  switch (evidence) {
    case "seen":
      return refs(lines);
    case "computed":
      return [muted(" (computed)"), ...refs(lines)];
    case "not-visible":
      return [muted(" (not visible in a log)")];
  }
}
