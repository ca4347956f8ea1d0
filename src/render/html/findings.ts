import type { Finding } from "../../model/finding.js";
import { lackingBlocks, valueText } from "../content/findings.js";
import type { View } from "../content/view.js";
import { formatLines } from "../quantity.js";
import { withCommands } from "../words.js";
import { block, inline, lineLink } from "./blocks.js";
import { type Element, h } from "./element.js";

/** The findings with the evidence behind each, the top one first. */
export function findingsSection(view: View): Element | null {
  const { findings, notApplicable } = view;
  if (notApplicable === undefined) return null;
  return h(
    "section",
    { id: "findings", "aria-labelledby": "findings-title" },
    h("h2", { id: "findings-title" }, "Findings"),
    findings.length === 0 ? h("p", {}, "No known cause fits what this log shows.") : null,
    findings.map((finding) => findingArticle(finding, view)),
    notApplicable.length === 0
      ? null
      : h(
          "details",
          {},
          h("summary", {}, `${notApplicable.length} diagnoses do not apply to this report`),
          lackingBlocks(notApplicable).slice(1).map(block),
        ),
  );
}

function findingArticle(finding: Finding, view: View): Element {
  const { id, title, severity, confidence, basis, meaning, evidence, contradicts, advice, unproven } = finding;
  const sure = basis === "fact" && confidence === "high" ? "a fact of the log" : `${confidence} confidence`;
  return h(
    "article",
    { class: `finding is-${severity}` },
    h(
      "h3",
      {},
      inline(withCommands(title)),
      " ",
      h("span", { class: "aside" }, `${id}, ${sure}${unproven ? ", unproven" : ""}`),
    ),
    h("p", {}, inline(withCommands(meaning))),
    evidence.length === 0
      ? null
      : h(
          "ul",
          { class: "evidence", "aria-label": "Evidence" },
          evidence
            .filter(({ operand }) => operand !== true)
            .map((one) =>
              h(
                "li",
                {},
                `${one.unit === "pages" ? one.name.replace(/ in pages$/, "") : one.name} `,
                h("strong", {}, valueText(one, view)),
                one.formula === undefined || one.formula === one.name
                  ? null
                  : h("span", { class: "aside" }, ` = ${one.formula}`),
                one.lines.length === 0 ? null : [" ", lineLink(one.lines, `:${formatLines(one.lines)}`)],
              ),
            ),
        ),
    contradicts.map((sentence) => h("p", { class: "but" }, h("strong", {}, "But: "), inline(withCommands(sentence)))),
    advice.length === 0
      ? null
      : h(
          "ol",
          { class: "advice", "aria-label": "What to do" },
          advice.map((sentence) => h("li", {}, inline(withCommands(sentence)))),
        ),
  );
}
