import { type Element, h } from "./element.js";

/** Part of a bar. */
export interface BarPiece {
  /** Of the whole width, 0 to 1. */
  readonly share: number;
  /** What it stands for: the name of its colour in the style sheet. */
  readonly kind: string;
  /** What it says when pointed at. */
  readonly title?: string;
}

/** A line across a bar. */
export interface BarMark {
  /** 0 to 1. */
  readonly at: number;
  readonly kind: string;
  readonly title?: string;
}

/** Units across a bar; it stretches to the width there is. */
const WIDTH = 1000;
const HEIGHT = 16;

/**
 * A horizontal bar to scale: pieces beside each other from `start` on, overlays from a place of their own, and marks.
 * It repeats what stands beside it in numbers, so that screen readers leave it out.
 */
export function bar(
  pieces: readonly BarPiece[],
  {
    start = 0,
    overlays = [],
    marks = [],
  }: {
    readonly start?: number;
    readonly overlays?: readonly (BarPiece & { readonly from: number })[];
    readonly marks?: readonly BarMark[];
  } = {},
): Element {
  let end = start;
  const drawn = pieces.map((piece) => {
    const from = end;
    end += piece.share;
    return rect(from, piece);
  });
  return h(
    "svg",
    { class: "bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn,
    overlays.map((overlay) => rect(overlay.from, overlay)),
    marks.map(({ at, kind, title }) =>
      h(
        "line",
        {
          class: `mark mark-${kind}`,
          x1: units(at),
          x2: units(at),
          y1: 0,
          y2: HEIGHT,
          "vector-effect": "non-scaling-stroke",
        },
        title === undefined ? null : h("title", {}, title),
      ),
    ),
  );
}

function rect(from: number, { share, kind, title }: BarPiece): Element {
  return h(
    "rect",
    { class: `fill-${kind}`, x: units(from), y: 0, width: units(share), height: HEIGHT },
    title === undefined ? null : h("title", {}, title),
  );
}

function units(share: number): string {
  const value = Math.min(1, Math.max(0, share)) * WIDTH;
  return String(Math.round(value * 10) / 10);
}
