import type { PolicyEffect } from "../model/what-if.js";
import type { Document, Fact } from "./document.js";
import { counted } from "./quantity.js";
import { log, separated, type Words } from "./words.js";

/** What a policy comes to: how many kills it changes, whom it spares, whom it costs. */
export function policyDocument(effect: PolicyEffect): Document {
  const { reports, changed, unchanged, undecided, notReplayed, spared, cost, costOpen, unmatched } = effect;
  const open = undecided === 0 ? "" : `, ${undecided} open`;
  const without = notReplayed === 0 ? "" : `, ${notReplayed} without enough to run again`;
  const facts: readonly (Fact | null)[] = [
    {
      label: "Policy",
      words: [
        `${counted(reports, "report")}: ${changed} would have other victims, ${unchanged} the same${open}${without}`,
      ],
      tone: changed > 0 ? "warn" : "good",
    },
    spared.length === 0 ? null : { label: "Spared", words: namesWords(spared) },
    cost.length === 0 && costOpen === 0 ? null : { label: "Cost", words: costWords(effect) },
    unmatched.length === 0
      ? null
      : { label: "No match", words: [`no process of any report is meant by: ${unmatched.join(", ")}`], tone: "warn" },
  ];
  return { answer: facts.filter((fact) => fact !== null), sections: [] };
}

function costWords({ cost, costOpen }: PolicyEffect): Words {
  if (costOpen === 0) return namesWords(cost);
  const open = `the log does not tell whom in ${counted(costOpen, "report")}`;
  return cost.length === 0 ? [open] : [...namesWords(cost), `; ${open}`];
}

/** At most so many names in a line. */
const NAMES = 12;

function namesWords(counts: PolicyEffect["cost"]): Words {
  const shown = counts.slice(0, NAMES).map(({ name, count }): Words => [log(name), ` ${count}×`]);
  return [...separated(shown, ", "), counts.length > NAMES ? `, and ${counts.length - NAMES} more names` : ""];
}
