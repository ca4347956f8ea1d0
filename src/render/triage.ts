import type { Incident, Triage } from "../model/incident.js";
import { type Plain, plain } from "./json/plain.js";
import { SCHEMA_VERSION } from "./json/to-json.js";
import { printMarkdown } from "./markdown/print.js";
import { type PrintOptions, printDocument } from "./text/print.js";
import { timelineImage } from "./timeline.js";
import { type TriageOptions, triageDocument } from "./triage-document.js";

/** A triage for a terminal; each line ends with a newline. */
export function renderTriageText(triage: Triage, options: TriageOptions & PrintOptions): string {
  return printDocument(triageDocument(triage, options), options);
}

export interface TriageMarkdownOptions extends TriageOptions {
  /** Draws each timeline besides, as an image that is within the text: for viewers that show one. */
  readonly svg?: boolean;
}

/** The same as GitHub-flavoured Markdown, for a ticket. */
export function renderTriageMarkdown(triage: Triage, { svg = false, ...options }: TriageMarkdownOptions): string {
  const shown = svg ? triage.incidents.slice(0, options.top) : [];
  const drawings = shown.map(({ timeline }) => timelineImage(timeline, triage));
  return printMarkdown(triageDocument(triage, options), "OOM incidents", drawings);
}

/** The document of `oomlog triage --json`; described by `schema/triage.schema.json`. */
export function toTriageJson(triage: Triage): Plain {
  return plain({ schemaVersion: SCHEMA_VERSION, ...triage });
}

/** An element of its `incidents`. */
export function toIncidentJson(incident: Incident): Plain {
  return plain(incident);
}
