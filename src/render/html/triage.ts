import type { Triage } from "../../model/incident.js";
import { timelineBars } from "../timeline.js";
import { type TriageOptions, triageDocument } from "../triage-document.js";
import { block, factList } from "./blocks.js";
import { type Child, type Element, h } from "./element.js";

/** Units across a timeline, and its height. */
const WIDTH = 1000;
const HEIGHT = 28;

/** What a page of incidents shows of them. */
export interface TriagePageOptions extends TriageOptions {
  /** Ids of the reports that the page holds. */
  readonly held: ReadonlySet<string>;
}

/** Where a page shows a report of some id. */
export const REPORT_HASH = "#report-";

/** A triage as a page: what there is in all, then each incident with when it came, and the reports that the page holds. */
export function triageHtml(triage: Triage, { held, ...options }: TriagePageOptions): Element {
  const { answer, sections } = triageDocument(triage, options);
  return h(
    "section",
    { id: "incidents", class: "incidents", "aria-label": "Incidents", tabindex: -1 },
    h("header", { class: "answer" }, factList(answer, "facts lead")),
    sections.map(({ title, blocks }, index) => {
      const incident = triage.incidents[index];
      // After the incidents that are shown comes what is said of the rest.
      if (title === "" || incident === undefined) return h("article", { class: "incident" }, blocks.map(block));
      const { example, timeline, reportIds } = incident;
      const reports = reportIds.filter((id) => held.has(id));
      return h(
        "article",
        {
          id: `incident-${index + 1}`,
          class: "incident",
          "data-reports": reports.length === 0 ? undefined : reports.join(" "),
        },
        h("h2", {}, title),
        // Drawn below.
        blocks.map((one) =>
          block(one.kind === "facts" ? { ...one, facts: one.facts.filter(({ label }) => label !== "Timeline") } : one),
        ),
        timelineFigure(timeline, triage),
        example === null || !held.has(example.id)
          ? null
          : h("p", { class: "open-report" }, h("a", { href: `${REPORT_HASH}${example.id}` }, "Show this report")),
      );
    }),
  );
}

function timelineFigure(counts: readonly number[], { first, last }: Pick<Triage, "first" | "last">): Child {
  const bars = timelineBars(counts, { first, last }, { width: WIDTH, height: HEIGHT });
  if (bars.length === 0 || first === null || last === null) return null;
  return h(
    "figure",
    { class: "timeline" },
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", class: "counts", "aria-hidden": "true" },
      bars.map(({ count, ...place }) => h("rect", { class: "fill-anon", ...place }, h("title", {}, String(count)))),
    ),
    h("figcaption", {}, h("span", {}, first), h("span", {}, last)),
  );
}
