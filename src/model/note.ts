/** How much a note matters: `info` explains, `warning` lowers confidence, `error` means that input was lost. */
export type NoteSeverity = "info" | "warning" | "error";

/**
 * Every thing that the tool may have to say about its own work, with its severity and the sentence that explains it.
 *
 * A note is never free text: a new one is a row here. `{}` in a sentence is filled with the detail of the case.
 */
export const noteTable = {
  "unknown-line": {
    severity: "warning",
    sentence: "{} inside a report match no grammar rule; they were kept and left out of the analysis.",
  },
  "unread-source": {
    severity: "error",
    sentence: "It could not be read, or not to its end: {}.",
  },
  "source-skipped": {
    severity: "info",
    sentence: "It was left out: it {}.",
  },
  "empty-source": {
    severity: "info",
    sentence: "It is empty.",
  },
  "binary-source": {
    severity: "warning",
    sentence: "This does not look like text; lines were searched for all the same.",
  },
  "overlong-line": {
    severity: "warning",
    sentence: "A line of {} was skipped: no kernel prints a line beyond 1 MiB.",
  },
  "more-notes": {
    severity: "info",
    sentence: "{} were left out.",
  },
  "table-cut": {
    severity: "warning",
    sentence: "The task table may be cut: this log does not show that there were no more than {}.",
  },
  fragment: {
    severity: "warning",
    sentence: "This is a part of a report only; missing: {}.",
  },
  "parts-missing": {
    severity: "warning",
    sentence: "The report is not complete; missing: {}.",
  },
  "rate-limited": {
    severity: "info",
    sentence:
      "The kill stands without its report: the kernel prints at most 10 in 5 seconds, or this log leaves it out.",
  },
  "page-size-assumed": {
    severity: "warning",
    sentence: "Nothing in the log tells the page size; 4 KiB is assumed (--page-size sets another).",
  },
  "kernel-assumed": {
    severity: "info",
    sentence: "Kernel: {}",
  },
  "year-inferred": {
    severity: "info",
    sentence: "The stamps have no year; {} was inferred from when the log was written (--year sets it).",
  },
  "zone-assumed": {
    severity: "info",
    sentence: "The stamps name no time zone; they were read as {} (--tz sets it).",
  },
  "userspace-lines": {
    severity: "warning",
    sentence: "{} of an out-of-memory report were written by programs, not by the kernel, and were left out.",
  },
  "lines-rejoined": {
    severity: "info",
    sentence: "{} broken by a mail or a terminal were joined again; blanks at the breaks may differ from the kernel's.",
  },
  "paste-cleaned": {
    severity: "info",
    sentence: "Decoration that the kernel did not print was taken off: {}.",
  },
  "record-lost": {
    severity: "warning",
    sentence: "The text of {} is not in this log: the program that wrote it left it out.",
  },
  "records-missing": {
    severity: "warning",
    sentence: "The log says that records are missing here: {}.",
  },
  "message-repeated": {
    severity: "info",
    sentence: "{} were counted, not repeated: a syslog daemon folded them.",
  },
  "malformed-json": {
    severity: "warning",
    sentence: "{} could not be read as JSON; what looks like their message was kept.",
  },
  "json-without-message": {
    severity: "warning",
    sentence: "{} of JSON without a log line under a name that is known.",
  },
  "log-backward": {
    severity: "info",
    sentence: "The log runs backward, newest line first; it was turned round.",
  },
  "log-backward-cut": {
    severity: "error",
    sentence:
      "The log runs backward and is longer than {} lines; it was turned round in parts, and a report may be cut.",
  },
  "report-too-long": {
    severity: "error",
    sentence: "A report was closed after {} lines; what follows of it is read as another.",
  },
  "table-header-lost": {
    severity: "warning",
    sentence: "The task table has no header in this log; its columns were taken to be those of {}.",
  },
  "stray-lines": {
    severity: "info",
    sentence: "{} of an out-of-memory report without anything that tells of a selection were left out.",
  },
  "prose-skipped": {
    severity: "info",
    sentence: "{} between code blocks have no log prefix and were left out.",
  },
  "records-swapped": {
    severity: "info",
    sentence: "{} arrived out of order; they were put in the order of the kernel's sequence numbers.",
  },
  "rule-failed": {
    severity: "error",
    sentence: "A diagnosis could not be made, which is a fault of this program: {}.",
  },
  "inconsistent-balance": {
    severity: "warning",
    sentence: "The memory counters add up to {} more than the machine has: the text was edited or cut.",
  },
  "not-an-oom-kill": {
    severity: "info",
    sentence: "Not the kernel's OOM killer: {}",
  },
  "reports-repeated": {
    severity: "info",
    sentence: "{} had been read before, from this or another source: each counts once.",
  },
  "time-unknown": {
    severity: "warning",
    sentence: "{} without a wall-clock time were kept: nothing tells whether they lie between --since and --until.",
  },
  "triage-times-cut": {
    severity: "warning",
    sentence: "Storms, restart loops and growth are judged by the first {}; the counts are whole.",
  },
  "triage-groups-cut": {
    severity: "warning",
    sentence: "There are more than {}; the reports of the rest were put into one.",
  },
} as const satisfies Record<string, { severity: NoteSeverity; sentence: string }>;

/** The code of a note. */
export type NoteCode = keyof typeof noteTable;

/** Something that the tool must say about its own work: coded, counted, never silent. */
export interface Note {
  readonly code: NoteCode;
  readonly severity: NoteSeverity;
  /** The sentence of {@link noteTable} with the detail filled in. */
  readonly message: string;
  /** The source (file name or `-`) that the note is about, where it is about one. */
  readonly source?: string;
  /** The 1-based line of the source that the note is about, or null when it is about the whole. */
  readonly line: number | null;
}

/** Makes the note of a code; `detail` replaces `{}` in its sentence. */
export function makeNote(
  code: NoteCode,
  detail = "",
  place: { readonly source?: string; readonly line?: number } = {},
): Note {
  const { severity, sentence } = noteTable[code];
  return {
    code,
    severity,
    message: sentence.replaceAll("{}", () => detail),
    ...(place.source === undefined ? {} : { source: place.source }),
    line: place.line ?? null,
  };
}
