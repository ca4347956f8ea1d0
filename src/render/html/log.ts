import type { TextLine } from "../../model/report.js";
import { counted } from "../quantity.js";
import { type Element, h } from "./element.js";

/** Lines of the log that stand in a page without scripts. */
const SHOWN = 400;

/** The log, as far as it is short. */
export function logHtml(lines: readonly TextLine[]): Element {
  const rest = lines.length - SHOWN;
  return h(
    "section",
    { id: "log", class: "log-section", "aria-labelledby": "log-title" },
    h("h2", { id: "log-title" }, "The log"),
    h(
      "div",
      { class: "log-lines", tabindex: 0, role: "group", "aria-label": "Lines of the log" },
      lines.slice(0, SHOWN).map(logLine),
    ),
    rest > 0
      ? h("p", { class: "aside" }, `${counted(rest, "more line")}: the page shows them where scripts run.`)
      : null,
  );
}

export function logLine({ line, text }: TextLine): Element {
  return h("div", { id: `L${line}`, class: "line" }, h("span", { class: "number" }, String(line)), h("code", {}, text));
}
