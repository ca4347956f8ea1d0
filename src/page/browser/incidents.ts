import { h, REPORT_HASH } from "../../render/html/index.js";
import { build, find } from "./dom.js";

/** The incident that a report is of. */
export interface OfIncident {
  /** `Incident 3`. */
  readonly name: string;
  /** What stands over the report: of which incident it is, and the way back there. */
  readonly heading: HTMLElement;
}

/** The incidents that a page begins with, before their reports. */
export interface IncidentsView {
  readonly element: HTMLElement;
  /** Of which incident a report is: of none that is shown, too. Null when the incidents have been taken away. */
  of(reportId: string): OfIncident | null;
  /**
   * Gives the focus to what leads to a report: where somebody goes on who has read it.
   *
   * @param hash The incident that the address names; where it names none it is the one of the report.
   */
  focusLink(hash: string, reportId: string | null): void;
}

/** @param element The section that was written into the page; null where there is none. */
export function incidentsView(element: HTMLElement | null): IncidentsView | null {
  if (element === null) return null;
  const incidentOf = (reportId: string): HTMLElement | null =>
    element.querySelector(`.incident[data-reports~="${CSS.escape(reportId)}"]`);
  return {
    element,
    of(reportId) {
      if (!element.isConnected) return null;
      const incident = incidentOf(reportId);
      const over = (of: string, back: string, id: string): HTMLElement =>
        build(
          "div",
          { class: "of-incident" },
          h("h2", { id: "report-title", tabindex: -1 }, `A report of ${of}`),
          h("a", { href: `#${id}` }, `Back to ${back}`),
        );
      if (incident === null) {
        return { name: "OOM incidents", heading: over("an incident that is not shown", "the incidents", element.id) };
      }
      const number = incident.id.replace("incident-", "");
      const title = find("h2", incident).textContent.replace(`${number}. `, "");
      return {
        name: `Incident ${number}`,
        heading: over(`incident ${number}: ${title}`, `incident ${number}`, incident.id),
      };
    },
    focusLink(hash, reportId) {
      const named = hash === "" ? null : element.querySelector(`[id="${CSS.escape(hash.slice(1))}"]`);
      const incident = named ?? (reportId === null ? null : incidentOf(reportId));
      (incident?.querySelector<HTMLElement>(`[href^="${REPORT_HASH}"]`) ?? element).focus();
    },
  };
}
