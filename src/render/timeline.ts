import { countOf } from "../model/count.js";
import type { Triage } from "../model/incident.js";
import { h } from "./html/element.js";
import { serialize } from "./html/serialize.js";

/** A bar of a timeline, in units of the drawing; y counts from above. */
export interface TimelineBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** Units between two bars. */
const GAP = 1;

/** Counts as bars side by side, the largest at full height; none where there is no time to draw. */
export function timelineBars(
  counts: readonly number[],
  { first, last }: Pick<Triage, "first" | "last">,
  { width, height }: { readonly width: number; readonly height: number },
): TimelineBar[] {
  const most = Math.max(0, ...counts);
  if (first === null || last === null || first === last) return [];
  const step = width / counts.length;
  return counts.flatMap((count, index) => {
    if (count === 0) return [];
    const tall = (count / most) * height;
    return [{ x: index * step + GAP / 2, y: height - tall, width: step - GAP, height: tall, count }];
  });
}

const IMAGE = { width: 480, height: 28 };

/** Readable on light and on dark ground. */
const COLOR = "#4a7fb5";

/** A timeline as an image of Markdown, an SVG within its address; null where there is nothing to draw. */
export function timelineImage(counts: readonly number[], span: Pick<Triage, "first" | "last">): string | null {
  const bars = timelineBars(counts, span, IMAGE);
  if (bars.length === 0) return null;
  const drawn = bars.map(
    (bar) => `M${round(bar.x)} ${round(bar.y)}h${round(bar.width)}V${IMAGE.height}h${-round(bar.width)}z`,
  );
  const svg = h(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", ...IMAGE, viewBox: `0 0 ${IMAGE.width} ${IMAGE.height}` },
    h("path", { fill: COLOR, d: drawn.join("") }),
  );
  const most = countOf(Math.max(...counts), "report");
  const words = `Timeline from ${span.first} to ${span.last}, at most ${most} in a part`;
  return `![${words}](data:image/svg+xml;base64,${btoa(serialize([svg]))})`;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
