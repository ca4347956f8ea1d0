import { counted } from "../../render/quantity.js";

/** Rows drawn above and below what is seen, so that a quick scroll shows no gap. */
const MARGIN = 12;

/** As many rows are all drawn, so that a search of the browser finds them. */
const MOST_DRAWN = 2000;

/** Rows that are printed. */
const PRINTED = 100;

export interface VirtualRows {
  /** Draws anew: other rows, or the same with other content. */
  refresh(count: number): void;
  /** Brings a row into view. */
  show(index: number): void;
}

/**
 * Draws only those of more than {@link MOST_DRAWN} rows of equal height that are in view, between two spacers, so that the
 * scroll bar is that of all.
 *
 * @param scroller The element that scrolls.
 * @param body What holds the rows.
 * @param spacer Makes a row that is so many pixels high.
 */
export function virtualRows(
  scroller: HTMLElement,
  body: HTMLElement,
  draw: (index: number) => HTMLElement,
  spacer: () => HTMLElement,
): VirtualRows {
  let count = 0;
  /** Pixels of a row; 0 while it is not known, since nothing is laid out yet. */
  let rowHeight = 0;
  let drawn = { from: -1, to: -1 };
  let isPrinting = false;
  const above = spacer();
  const below = spacer();

  function measure(): number {
    if (rowHeight > 0 || count === 0) return rowHeight;
    if (drawn.to <= drawn.from) body.replaceChildren(draw(0));
    // A row that is there is not taken away: what was scrolled to would be lost.
    const row = body.children[drawn.to > drawn.from ? 1 : 0];
    rowHeight = row?.getBoundingClientRect().height ?? 0;
    return rowHeight;
  }

  function render(isForced: boolean): void {
    if (isPrinting) return;
    const row = measure();
    if (row === 0) return;
    // As high as the rows are, as far as the style sheet lets it.
    const high = body.offsetTop + count * row + scroller.offsetHeight - scroller.clientHeight;
    scroller.style.setProperty("--height", `${high}px`);
    const first = Math.floor(scroller.scrollTop / row);
    const isWhole = count <= MOST_DRAWN;
    // In print nothing scrolls: it would be as high as all rows.
    const seen = Math.ceil(Math.min(scroller.clientHeight, innerHeight) / row);
    const from = isWhole ? 0 : Math.min(Math.max(0, first - MARGIN), Math.max(0, count - 1));
    const to = isWhole ? count : Math.min(count, first + seen + MARGIN);
    above.style.height = `${from * row}px`;
    below.style.height = `${(count - to) * row}px`;
    // Rows drawn anew would lose the focus.
    if (!isForced && from === drawn.from && to === drawn.to) return;
    drawn = { from, to };
    const rows: HTMLElement[] = [];
    for (let index = from; index < to; index++) rows.push(draw(index));
    body.replaceChildren(above, ...rows, below);
  }

  function print(): void {
    if (!scroller.isConnected) {
      removeEventListener("beforeprint", print);
      return;
    }
    isPrinting = true;
    const rows = Array.from({ length: Math.min(count, PRINTED) }, (_, index) => draw(index));
    body.replaceChildren(...rows);
    if (count > PRINTED) scroller.dataset["more"] = `and ${counted(count - PRINTED, "more row")}`;
    else delete scroller.dataset["more"];
  }
  addEventListener("beforeprint", print);
  addEventListener("afterprint", function after() {
    isPrinting = false;
    if (scroller.isConnected) render(true);
    else removeEventListener("afterprint", after);
  });

  scroller.addEventListener("scroll", () => render(false), { passive: true });
  // The first time when it is laid out; later, when its width or its letters change.
  new ResizeObserver(() => {
    rowHeight = 0;
    render(false);
  }).observe(scroller.parentElement ?? scroller);

  return {
    refresh(rows) {
      count = rows;
      if (rows > 0) {
        render(true);
        return;
      }
      body.replaceChildren();
      drawn = { from: -1, to: -1 };
    },
    show(index) {
      const row = measure();
      scroller.scrollTop = Math.max(0, index * row - scroller.clientHeight / 3);
      render(true);
    },
  };
}
