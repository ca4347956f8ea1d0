import type { Evidence, Finding, NotApplicable } from "../../model/finding.js";
import { type Block, type Fact, facts, list, paragraph, type Section } from "../document.js";
import { formatBytes, formatKb, grouped } from "../quantity.js";
import { muted, refs, separated, strong, type Words, withCommands } from "../words.js";
import { pagesAndSize, type View } from "./view.js";

/** Findings that are shown in full; the rest by their titles. */
const IN_FULL = 3;

/** What the rules say of the cause, the top finding first. */
export function findingsSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { findings, notApplicable } = view;
  if (notApplicable === undefined) return null;
  const lacking = verbose && notApplicable.length > 0 ? lackingBlocks(notApplicable) : [];
  if (findings.length === 0) {
    return { title: "Findings", blocks: [paragraph("No known cause fits what this log shows."), ...lacking] };
  }
  return {
    title: "Findings",
    ...(findings.length > 1 ? { aside: ["the top one first"] } : {}),
    blocks: [
      ...findings.flatMap((finding, index) =>
        verbose || index < IN_FULL ? inFull(finding, view, verbose) : [titleOf(finding)],
      ),
      ...lacking,
    ],
  };
}

/** Diagnoses that could not be tried, by what the report lacks for them. */
export function lackingBlocks(notApplicable: readonly NotApplicable[]): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of notApplicable) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  return [paragraph("Not applicable:"), list([...byReason].map(([reason, ids]) => [`${reason}: ${ids.join(", ")}`]))];
}

function titleOf({ title, id, confidence, basis }: Finding): Block {
  const how = basis === "fact" && confidence === "high" ? "a fact of the log" : `${confidence} confidence`;
  return paragraph(strong(title), muted(` [${id}, ${how}]`));
}

function inFull(finding: Finding, view: View, verbose: boolean): Block[] {
  const { meaning, evidence, contradicts, advice } = finding;
  const shown = evidence.filter(({ operand }) => verbose || operand !== true);
  const values = shown.map((one) => evidenceWords(one, view, verbose));
  return [
    titleOf(finding),
    facts(
      { label: "Means", words: withCommands(meaning) },
      ...(values.length === 0 ? [] : [{ label: "Shown by", words: separated(values, "; ") }]),
      ...labelled("But", contradicts),
      ...labelled("To do", advice),
    ),
  ];
}

/** Sentences under one label, each on a line of its own. */
function labelled(label: string, sentences: readonly string[]): Fact[] {
  return sentences.map((sentence, index) => ({ label: index === 0 ? label : "", words: withCommands(sentence) }));
}

function evidenceWords(evidence: Evidence, view: View, verbose: boolean): Words {
  const { name, unit, formula, lines } = evidence;
  // A value in pages is shown as such.
  const title = unit === "pages" ? name.replace(/ in pages$/, "") : name;
  const how = !verbose || formula === undefined || formula === name ? "" : ` (${formula})`;
  return [`${title} ${valueText(evidence, view)}`, muted(how), ...refs(lines)];
}

export function valueText({ value, unit }: Evidence, view: View): string {
  if (typeof value === "string") return value;
  switch (unit) {
    case "pages":
      return pagesAndSize(Number.isInteger(value) || typeof value === "bigint" ? value : Math.round(value), view);
    case "kB":
      return formatKb(typeof value === "bigint" ? value : Math.round(value));
    case "bytes":
      return formatBytes(typeof value === "bigint" ? value : Math.round(value));
    case "%":
      return `${Number(value).toFixed(1)} %`;
    case "count":
    case "":
      return typeof value === "bigint" || Number.isInteger(value) ? grouped(value) : String(Number(value.toFixed(2)));
    default:
      return `${typeof value === "bigint" || Number.isInteger(value) ? grouped(value) : Number(value.toFixed(2))} ${unit}`;
  }
}
