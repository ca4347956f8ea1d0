import { type Child, h, logText } from "../../render/html/index.js";
import { formatUptime } from "../../render/quantity.js";
import type { ReportHead } from "../page-report.js";
import { build, find, mount } from "./dom.js";
import { virtualRows } from "./virtual-rows.js";

/** Units across the timeline. */
const WIDTH = 1000;

/** The reports of the page, on a line of time and in a list; null for a single one. */
export function reportsNav(
  heads: readonly ReportHead[],
  onPick: (index: number) => void,
): { readonly element: HTMLElement; mark(index: number): void } | null {
  if (heads.length < 2) return null;
  const timeline = timelineOf(heads);
  const element = build(
    "nav",
    { id: "reports", "aria-label": "Reports" },
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
        head === undefined ? "" : rowOf(head, index),
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

function rowOf({ time, uptimeSeconds, host, limit, victim, kills, verdict, line }: ReportHead, index: number): Child[] {
  const when =
    time?.replace("T", " ").slice(0, 19) ??
    (uptimeSeconds === null ? `line ${line}` : `+${formatUptime(uptimeSeconds)}`);
  return [
    h("span", { class: "place" }, `${index + 1}.`),
    h("span", { class: "when" }, when),
    host === null ? null : logText(host),
    h("span", { class: "limit-kind" }, limit),
    h("span", { class: "victim" }, ...(victim === null ? ["nobody killed"] : [logText(victim.name), ` ${victim.pid}`])),
    kills > 1 ? h("span", {}, `+${kills - 1}`) : null,
    h("span", { class: `verdict-word verdict-${verdict}` }, verdict),
  ];
}

/** Reports by their time; null where they have none or all the same. */
function timelineOf(heads: readonly ReportHead[]): Child {
  const byWall = heads.every(({ time }) => time !== null);
  // Clocks of two boots or machines tell nothing of each other.
  const isOneBoot = heads.every((head, index) => {
    const before = heads[index - 1];
    return (
      before === undefined ||
      (head.source === before.source &&
        head.host === before.host &&
        (head.uptimeSeconds ?? 0) >= (before.uptimeSeconds ?? 0))
    );
  });
  const at = ({ time, uptimeSeconds }: ReportHead): number =>
    byWall ? Date.parse(time ?? "") / 1000 : (uptimeSeconds ?? 0);
  const times = heads.map(at);
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(last > first) || (!byWall && (!isOneBoot || heads.some(({ uptimeSeconds }) => uptimeSeconds === null))))
    return null;
  const label = (seconds: number): string =>
    byWall
      ? new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19)
      : `${formatUptime(seconds)} after boot`;
  return h(
    "figure",
    { class: "timeline" },
    h(
      "svg",
      { viewBox: `-8 0 ${WIDTH + 16} 24`, "aria-hidden": "true" },
      h("line", { class: "axis", x1: 0, x2: WIDTH, y1: 12, y2: 12 }),
      heads.map(({ verdict, victim }, index) =>
        h(
          "circle",
          {
            class: `dot verdict-${verdict}`,
            cx: Math.round((((times[index] ?? first) - first) / (last - first)) * WIDTH),
            cy: 12,
            r: 5,
            "data-index": index,
          },
          h("title", {}, `${index + 1}. ${label(times[index] ?? first)}: ${victim?.name ?? "nobody"}`),
        ),
      ),
    ),
    h("figcaption", {}, h("span", {}, label(first)), h("span", {}, label(last))),
  );
}
