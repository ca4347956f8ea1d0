import type { Confidence, Finding } from "../model/finding.js";
import type { Context } from "./context.js";
import { Lacking } from "./facts.js";
import type { Ranked } from "./rank.js";

/** The next lower confidence. */
export function lower(confidence: Confidence): Confidence {
  return confidence === "high" ? "medium" : "low";
}

/**
 * Lowers the confidence of findings that others, or the state of the log, speak against: a shortage's where there was
 * none, and all shares where the counters add up to more than there is.
 */
export function temper(ranked: readonly Ranked[], context: Context): Ranked[] {
  const noShortage = ranked.find(({ group }) => group === "kind");
  const machine = context.fact("machine");
  const isEdited = !(machine instanceof Lacking) && !machine.sheet.consistent;
  return ranked.map((one) => {
    let { finding } = one;
    if (noShortage !== undefined && one.group === "consumer") {
      finding = against(finding, lower(finding.confidence), `${noShortage.finding.title}.`);
    }
    if (isEdited && finding.evidence.some(({ unit }) => unit === "%")) {
      finding = against(
        finding,
        "low",
        "The counters add up to more than the machine has: the text was edited or cut.",
      );
    }
    return { ...one, finding };
  });
}

function against(finding: Finding, confidence: Confidence, sentence: string): Finding {
  return { ...finding, confidence, contradicts: [...new Set([...finding.contradicts, sentence])] };
}
