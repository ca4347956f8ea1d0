import type { Analysis } from "../../model/analysis.js";
import type { Document, Section } from "../document.js";
import { answerOf } from "./answer.js";
import { cgroupMemorySection } from "./cgroup-memory.js";
import { circumstancesOf } from "./circumstances.js";
import { everythingSections } from "./everything.js";
import { findingsSection } from "./findings.js";
import { freeBlocksSection } from "./free-blocks.js";
import { killSection } from "./kill.js";
import { machineMemorySection } from "./machine-memory.js";
import { marginSection } from "./margin.js";
import { notesSection } from "./notes.js";
import { rankingSection } from "./ranking.js";
import { rerunSection } from "./rerun.js";
import { traceSection } from "./trace.js";
import { viewOf } from "./view.js";
import { zonesSection } from "./zones.js";

export interface ExplainOptions {
  /** Everything that the report holds. */
  readonly verbose: boolean;
  /** The decision path step by step. */
  readonly trace: boolean;
}

/** An analysis as an explanation for people: the answer first, then what it rests on. */
export function explain(analysis: Analysis, options: ExplainOptions): Document {
  const view = viewOf(analysis);
  const sections: readonly (Section | null)[] = [
    { title: "", blocks: [{ kind: "facts", facts: circumstancesOf(view) }] },
    options.trace ? traceSection(view) : null,
    rankingSection(view, options),
    marginSection(view),
    findingsSection(view, options),
    cgroupMemorySection(view),
    machineMemorySection(view, options),
    zonesSection(view, options),
    freeBlocksSection(view, options),
    killSection(view, options),
    rerunSection(view, options),
    notesSection(view),
    ...(options.verbose ? everythingSections(view) : []),
  ];
  return { answer: answerOf(view), sections: sections.filter((section) => section !== null) };
}
