/** Mail programs wrap between these columns. */
const NARROWEST = 60;
const WIDEST = 82;
/** How many lines a wide one speaks for: it shows that its surroundings are not wrapped by a mail program. */
const REACH = 100;
/** A shorter line was wrapped by nobody. */
const SHORTEST = 16;
/** How much narrower than the widest line a mail program may have wrapped another. */
const SLACK = 6;
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
  /** Whether lines nearby are wider than a mail program leaves them. */
  wide(line: number): boolean;
  /** Whether the text is known to be wrapped around this line. */
  wrapped(line: number): boolean;
  /** A line was joined, on other evidence than its width. */
  confirm(): void;
  /**
   * How sure it is that `previous` was cut within a word, so that no blank was lost: by its `column`, at a `terminal`'s
   * width, or `early`, before a word would have made it wrap, where the record so far (`total`) is as long as another
   * that was cut.
   */
  cut(previous: Printed, firstWordLength: number, total: number): "column" | "terminal" | "early" | "no";
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
      } else if (lastBlank > 0 && width <= WIDEST && width > column) column = width;
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
    wide: (line) => !mail(line),
    wrapped: (line) => mail(line) && proofs >= PROOF,
    confirm() {
      proofs++;
    },
    cut(previous, firstWordLength, total) {
      if (column >= 79 && previous.width === column && shortWraps === 0) return "column";
      if (terminal(previous)) return "terminal";
      // A mail program breaks no word: a wider line was cut by something else, unless its last word is that wide.
      if (previous.width > WIDEST) return shortWraps === 0 ? "terminal" : "no";
      const early = previous.width + 1 + firstWordLength + SLACK <= column;
      return early && full > WIDEST && total === full ? "early" : "no";
    },
  };
}
