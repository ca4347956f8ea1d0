import type { Accounting } from "../model/accounting.js";
import type { Confidence, Evidence, Finding, NotApplicable } from "../model/finding.js";
import { accountingOf } from "./accounting/accounting.js";
import { type Context, createContext, type DiagnosisInput } from "./context.js";
import { type Facts, Lacking } from "./facts.js";
import type { ReportDigest } from "./history.js";
import { evidenceOf, type Quantity } from "./quantity.js";
import { isLargeMemcgCause, type Ranked, rank } from "./rank.js";
import type { AnyRule, Draft, TextEvidence } from "./rule.js";
import { rules as catalogue, limitRules } from "./rules/index.js";
import { lower, temper } from "./temper.js";

/** What the rules make of a report. */
export interface Diagnosis {
  /** Ranked: the first answers what ate the memory, or where the limit was. Empty when no known cause fits. */
  readonly findings: readonly Finding[];
  /** Rules that could not be tried, and what the report lacks for them. */
  readonly notApplicable: readonly NotApplicable[];
  /** Rules that failed: a fault of this program, told instead of a crash. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
  readonly accounting: Accounting;
  /** What a later report of the same boot needs of this one. */
  readonly digest: ReportDigest;
}

/** The findings alone that say which limit was hit. */
export function limitFindings(input: Omit<DiagnosisInput, "earlier">): readonly Finding[] {
  return found(limitRules, createContext({ ...input, earlier: [] })).findings;
}

/** Diagnoses a report: tries every rule of the catalogue, and ranks what they find. */
export function diagnose(input: DiagnosisInput, rules: readonly AnyRule[] = catalogue): Diagnosis {
  const context = createContext(input);
  return { ...found(rules, context), accounting: accountingOf(context), digest: context.digest };
}

function found(rules: readonly AnyRule[], context: Context): Omit<Diagnosis, "accounting" | "digest"> {
  const notApplicable: NotApplicable[] = [];
  const failed: { readonly id: string; readonly message: string }[] = [];
  const ranked: Ranked[] = [];
  for (const rule of rules) {
    try {
      const facts = gather(rule, context);
      if (facts instanceof Lacking) {
        if (!facts.foreign) notApplicable.push({ id: rule.id, reason: facts.reason });
        continue;
      }
      const draft = rule.evaluate(facts, context);
      if (draft !== null) ranked.push(finish(rule, draft, context));
    } catch (error) {
      failed.push({ id: rule.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return {
    findings: rank(temper(ranked, context), context).map(({ finding }) => finding),
    notApplicable,
    failed,
  };
}

/** The facts that a rule needs, or why there is one that the report does not have. */
function gather(rule: AnyRule, context: Context): Facts | Lacking {
  const facts: Partial<Record<keyof Facts, unknown>> = {};
  for (const need of rule.needs) {
    const fact = context.fact(need);
    if (fact instanceof Lacking) return fact;
    facts[need] = fact;
  }
  return facts as Facts;
}

function finish(rule: AnyRule, draft: Draft, context: Context): Ranked {
  const pages = draft.pages ?? 0;
  const group = draft.group ?? rule.group;
  const demoted = group === "memcg-cause" && !isLargeMemcgCause({ pages }, context) ? "context" : group;
  return {
    rule,
    group: demoted,
    pages,
    finding: {
      id: rule.id,
      layer: rule.layer,
      severity: draft.severity ?? "problem",
      confidence: confidenceOf(rule, draft),
      basis: rule.basis,
      title: draft.title,
      meaning: [rule.meaning, draft.meaning ?? ""].filter((part) => part !== "").join(" "),
      evidence: evidenceOfDraft(draft),
      contradicts: draft.contradicts ?? [],
      advice: draft.advice.map((one) => (typeof one === "string" ? one : one.text)),
      docs: `docs/diagnoses/${rule.id}.md`,
      ...(rule.unproven === true ? { unproven: true } : {}),
    },
  };
}

/** Contradicting evidence lowers the confidence by one level; without a real log that showed it, it stays low. */
function confidenceOf(rule: AnyRule, draft: Draft): Confidence {
  if (rule.unproven === true) return "low";
  return (draft.contradicts ?? []).length === 0 ? draft.confidence : lower(draft.confidence);
}

function evidenceOfDraft({ evidence, advice }: Draft): Evidence[] {
  const quantities = evidence.filter((one): one is Quantity => typeof one.value === "number");
  const texts = evidence
    .filter((one): one is TextEvidence => typeof one.value === "string")
    .map(({ name, value, lines }): Evidence => ({ name, value, unit: "", lines }));
  const forAdvice = advice.flatMap((one) => (typeof one === "string" ? [] : one.by));
  return [...texts, ...evidenceOf(quantities, forAdvice)];
}
