import type { Evidence, Finding } from "../../model/finding.js";
import { type Block, list, paragraph, type Section } from "../document.js";
import { counted, formatBytes, formatKb, grouped } from "../quantity.js";
import { muted, refs, strong, type Words } from "../words.js";
import { pagesAndSize, type View } from "./view.js";

/** Findings that are shown in full; the rest by their titles. */
const IN_FULL = 3;

/** What the rules say of the cause, the top finding first. */
export function findingsSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { findings } = view;
  if (findings.length === 0) return null;
  return {
    title: "Findings",
    aside: [`${counted(findings.length, "finding")}, the top one first`],
    blocks: findings.flatMap((finding, index) =>
      verbose || index < IN_FULL ? inFull(finding, view, verbose) : [titleOf(finding)],
    ),
  };
}

function titleOf({ title, id, confidence, basis }: Finding): Block {
  const how = basis === "fact" ? "a fact of the log" : `${confidence} confidence`;
  return paragraph(strong(title), muted(` [${id}, ${how}]`));
}

function inFull(finding: Finding, view: View, verbose: boolean): Block[] {
  const { meaning, evidence, contradicts, advice } = finding;
  const shown = evidence.filter(({ operand }) => verbose || operand !== true);
  return [
    titleOf(finding),
    paragraph(meaning),
    list([
      ...shown.map((one) => evidenceWords(one, view)),
      ...contradicts.map((sentence): Words => ["speaks against it: ", sentence]),
      ...advice.map((one): Words => ["to do: ", one]),
    ]),
  ];
}

function evidenceWords(evidence: Evidence, view: View): Words {
  const { name, formula, lines } = evidence;
  const how = formula === undefined || formula === name ? "" : ` (${formula})`;
  return [`${name}: ${valueText(evidence, view)}`, muted(how), ...refs(lines)];
}

function valueText({ value, unit }: Evidence, view: View): string {
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
