/** Mail programs wrap between these columns. */
const NARROWEST = 60;
const WIDEST = 82;
/** How many lines a wide one speaks for: it shows that its surroundings are not wrapped by a mail program. */
const REACH = 100;
/** A shorter line was wrapped by nobody. */
const SHORTEST = 16;
/** So many lines that go on where the one before was full show that the text is wrapped. */
const PROOF = 2;

/** A raw line as it stood in the source, its decoration off. */
export interface Printed {
  readonly line: number;
  readonly width: number;
  /** Index of the last blank within the line: the last place where a mail program could have broken it. */
  readonly lastBlank: number;
}

/** Learns from the widths of the lines whether and where they were wrapped. */
export interface WrapWidth {
  observe(printed: Printed): void;
  /** Whether the line may have been wrapped after its end. */
  maybeWrapped(printed: Printed): boolean;
  /** Whether a line with this first word goes on where `previous` was wrapped. */
  goesOn(previous: Printed, firstWordLength: number): boolean;
  /** Whether the text is known to be wrapped around this line. */
  wrapped(line: number): boolean;
  /** A line was joined, on other evidence than its width. */
  confirm(): void;
  /** Whether `previous` was cut at a column, so that no blank was lost; `total` is its length joined so far. */
  cutAtColumn(previous: Printed, total: number): "certain" | "maybe" | "no";
}

export function createWrapWidth(): WrapWidth {
  /** The widest line that a mail program could have broken, up to {@link WIDEST}. */
  let column = 0;
  let wideLine = Number.NEGATIVE_INFINITY;
  /** The widest line of all, and how many have its width: two do where a terminal cut them. */
  let full = 0;
  let fullCount = 0;
  let shortWraps = 0;
  let proofs = 0;

  const mail = (line: number): boolean => line - wideLine > REACH;
  const terminal = ({ width }: Printed): boolean => full > WIDEST && fullCount > 1 && width % full === 0;

  return {
    observe({ line, width, lastBlank }) {
      if (lastBlank > WIDEST) {
        wideLine = line;
        proofs = 0;
      } else if (width <= WIDEST && width > column) column = width;
      if (width > full) {
        full = width;
        fullCount = 1;
      } else if (width === full) fullCount++;
    },
    maybeWrapped(printed) {
      return (mail(printed.line) && printed.width >= SHORTEST) || printed.width >= full;
    },
    goesOn(previous, firstWordLength) {
      if (terminal(previous)) return true;
      if (!mail(previous.line) || previous.width + 1 + firstWordLength <= Math.max(NARROWEST, column)) return false;
      if (previous.width < column) shortWraps++;
      proofs++;
      return true;
    },
    wrapped: (line) => mail(line) && proofs >= PROOF,
    confirm() {
      proofs++;
    },
    cutAtColumn(previous, total) {
      if (full > WIDEST && fullCount > 1 && (total === full || previous.width % full === 0)) return "certain";
      if (column >= 79 && previous.width === column && shortWraps === 0) return "certain";
      if (full > WIDEST && total === full) return "maybe";
      // A mail program breaks no word: a wider line was cut by something else, unless its last word is that wide.
      return previous.width > WIDEST && shortWraps === 0 ? "maybe" : "no";
    },
  };
}
