import { type Child, type Element as Content, h, logText } from "../../render/html/index.js";
import { formatUptime, GLUE, grouped } from "../../render/quantity.js";
import type { ReportHead } from "../page-report.js";
import { build, find, mount } from "./dom.js";
import { type Origin, originsOf } from "./origins.js";
import { virtualRows } from "./virtual-rows.js";

/** Units across the timeline. */
const WIDTH = 1000;

/** The reports of the page, on a line of time and in a list; null for a single one. */
export function reportsNav(
  heads: readonly ReportHead[],
  onPick: (index: number) => void,
): { readonly element: HTMLElement; mark(index: number): void } | null {
  if (heads.length < 2) return null;
  const origins = originsOf(heads);
  const timeline = timelineOf(heads, origins);
  const classes = [
    "reports",
    ...(origins === null ? [] : ["of-several"]),
    ...(heads.some(({ time }) => time !== null) ? ["dated"] : []),
  ];
  const element = build(
    "nav",
    { id: "reports", class: classes.join(" "), "aria-label": "Reports" },
    timeline,
    h(
      "div",
      { class: "rows", tabindex: 0, role: "group", "aria-label": `${heads.length} reports, scrolls` },
      h("div", { class: "report-list" }),
    ),
  );
  let current = 0;
  const draw = (index: number): HTMLElement => {
    const head = heads[index];
    const row = mount(
      h(
        "button",
        {
          type: "button",
          class: "report-row",
          "data-index": index,
          "aria-current": index === current ? "true" : undefined,
        },
        head === undefined ? "" : rowOf(head, index, origins?.[index] ?? null),
      ),
    ) as HTMLElement;
    return row;
  };
  const virtual = virtualRows(find(".rows", element), find(".report-list", element), draw, () =>
    build("div", { "aria-hidden": "true" }),
  );
  virtual.refresh(heads.length);
  element.addEventListener("click", (event) => {
    const index = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (index != null) onPick(Number(index));
  });
  return {
    element,
    mark(index) {
      current = index;
      const hadFocus = element.contains(document.activeElement);
      virtual.show(index);
      // The row that was pressed is drawn anew.
      if (hadFocus)
        element.querySelector<HTMLElement>(`.report-row[data-index="${index}"]`)?.focus({ preventScroll: true });
      for (const dot of element.querySelectorAll("circle"))
        dot.classList.toggle("current", dot.getAttribute("data-index") === String(index));
    },
  };
}

function rowOf(
  { time, uptimeSeconds, limit, victim, kills, verdict, line }: ReportHead,
  index: number,
  origin: Origin | null,
): Child[] {
  const when =
    time?.replace("T", " ").slice(0, 19) ??
    (uptimeSeconds === null ? `line ${line}` : `+${formatUptime(uptimeSeconds)}`);
  return [
    h("span", { class: "place" }, `${index + 1}.`),
    h("span", { class: "when" }, when),
    h("span", { class: `verdict-word verdict-${verdict}` }, verdict),
    h("span", { class: "limit-kind" }, limit),
    h(
      "span",
      { class: "victim" },
      ...(victim === null ? ["nobody killed"] : [logText(victim.name), ` ${victim.pid}`]),
      kills > 1 ? ` and ${kills - 1} more` : "",
    ),
    origin === null ? null : h("span", { class: "origin" }, originWords(origin)),
  ];
}

function originWords({ host, file }: Origin): Child[] {
  const parts = [host, file].filter((part) => part !== null).map((part) => logText(part));
  return parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part]));
}

/** Reports by their time; a sentence where no line of time can hold them. */
function timelineOf(heads: readonly ReportHead[], origins: readonly Origin[] | null): Content {
  const byWall = heads.every(({ time }) => time !== null);
  const at = ({ time, uptimeSeconds }: ReportHead): number | null =>
    byWall ? Date.parse(time ?? "") / 1000 : uptimeSeconds;
  const times = heads.map(at).filter((time) => time !== null);
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const none =
    !byWall && !isOneBoot(heads)
      ? `${untimedWords(heads)}, and the clocks since boot of several hosts, logs or boots tell nothing of each other`
      : times.length < heads.length
        ? "not every report has a time"
        : first === last
          ? "all reports bear the same time"
          : null;
  if (none !== null) return h("p", { class: "aside", id: "no-timeline" }, `No timeline: ${none}.`);
  const label = (seconds: number): string =>
    byWall
      ? `${new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19)} UTC`
      : `${formatUptime(seconds)} after boot`;
  const dotTitle = (index: number): string => {
    const { host = null, file = null } = origins?.[index] ?? {};
    const parts = [label(times[index] ?? first), host, file].filter((part) => part !== null);
    return `${index + 1}. ${parts.join(", ")}: ${heads[index]?.victim?.name ?? "nobody"}`;
  };
  // Reports of a burst come within a second.
  const lastLabel = label(first) === label(last) ? `${((last - first) * 1000).toFixed(0)}${GLUE}ms later` : label(last);
  return h(
    "figure",
    { class: "timeline" },
    h(
      "svg",
      { viewBox: `-8 0 ${WIDTH + 16} 24`, "aria-hidden": "true" },
      h("line", { class: "axis", x1: 0, x2: WIDTH, y1: 12, y2: 12 }),
      heads.map(({ verdict }, index) =>
        h(
          "circle",
          {
            class: `dot verdict-${verdict}`,
            cx: Math.round((((times[index] ?? first) - first) / (last - first)) * WIDTH),
            cy: 12,
            r: 5,
            "data-index": index,
          },
          h("title", {}, dotTitle(index)),
        ),
      ),
    ),
    h("figcaption", {}, h("span", {}, label(first)), h("span", {}, lastLabel)),
  );
}

/** How many reports bear no time of day. */
function untimedWords(heads: readonly ReportHead[]): string {
  const untimed = heads.filter(({ time }) => time === null).length;
  if (untimed === heads.length) return "no report bears a time of day";
  return `${grouped(untimed)} of ${grouped(heads.length)} reports ${untimed === 1 ? "bears" : "bear"} no time of day`;
}

/** Whether the clock since boot goes on from one report to the next: one log of one host, and no reboot. */
function isOneBoot(heads: readonly ReportHead[]): boolean {
  return heads.every((head, index) => {
    const before = heads[index - 1];
    return (
      before === undefined ||
      (head.source === before.source &&
        head.host === before.host &&
        (head.uptimeSeconds ?? 0) >= (before.uptimeSeconds ?? 0))
    );
  });
}
