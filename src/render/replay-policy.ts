import type { PolicyEffect } from "../model/what-if.js";
import type { Document, Fact } from "./document.js";
import { counted } from "./quantity.js";
import { log, separated, type Words } from "./words.js";

/** What a policy comes to: how many kills it changes, whom it spares, whom it costs. */
export function policyDocument(effect: PolicyEffect): Document {
  const { reports, changed, unchanged, undecided, notReplayed, spared, cost } = effect;
  const open = undecided === 0 ? "" : `, ${undecided} open`;
  const without = notReplayed === 0 ? "" : `, ${notReplayed} without enough to run again`;
  const facts: readonly (Fact | null)[] = [
    {
      label: "Policy",
      words: [
        `${counted(reports, "report")}: ${changed} would have another victim, ${unchanged} the same${open}${without}`,
      ],
      tone: changed > 0 ? "warn" : "good",
    },
    spared.length === 0 ? null : { label: "Spared", words: namesWords(spared) },
    cost.length === 0 ? null : { label: "Cost", words: namesWords(cost) },
  ];
  return { answer: facts.filter((fact) => fact !== null), sections: [] };
}

/** At most so many names in a line. */
const NAMES = 12;

function namesWords(counts: PolicyEffect["cost"]): Words {
  const shown = counts.slice(0, NAMES).map(({ name, count }): Words => [log(name), ` ${count}×`]);
  return [...separated(shown, ", "), counts.length > NAMES ? `, and ${counts.length - NAMES} more names` : ""];
}
