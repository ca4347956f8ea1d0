import type { Growth, Incident, Named, RestartLoop, Storm, Triage } from "../model/incident.js";
import type { VerdictKind } from "../model/verdict.js";
import { type Document, type Fact, facts, paragraph, type Section } from "./document.js";
import { counted, formatBytes, formatUptime, GLUE, grouped } from "./quantity.js";
import { sparkline } from "./sparkline.js";
import { log, muted, separated, type Words } from "./words.js";

export interface TriageOptions {
  /** Incidents that are shown; the rest are counted. */
  readonly top: number;
}

/** Names that are shown of a long list. */
const SHOWN_NAMES = 8;

/** A triage for people: what there is in all, then each incident. */
export function triageDocument(triage: Triage, { top }: TriageOptions): Document {
  const { incidents, totals } = triage;
  const shown = incidents.slice(0, top);
  const rest = incidents.slice(top);
  return {
    answer: [
      {
        label: "Found",
        words: [
          `${counted(incidents.length, "incident")} in ${counted(totals.reports, "report")} with ${counted(totals.kills, "kill")}`,
          totals.hosts === 0 ? "" : ` on ${counted(totals.hosts, "host")}`,
          totals.duplicates === 0
            ? ""
            : `; ${grouped(totals.duplicates)} more ${totals.duplicates === 1 ? "was a repetition" : "were repetitions"}`,
        ],
      },
      ...when(triage).map((fact) => ({ ...fact, words: [...fact.words, ...partWords(triage)] })),
      { label: "Re-run", words: verdictWords(totals.verdicts) },
    ],
    sections: [
      ...shown.map((incident, index) => incidentSection(incident, index + 1)),
      ...(rest.length === 0 ? [] : [restSection(rest)]),
    ],
  };
}

function restSection(rest: readonly Incident[]): Section {
  const reports = rest.reduce((sum, { count }) => sum + count, 0);
  const text = `${counted(rest.length, "more incident")} with ${counted(reports, "report")}: --top shows more.`;
  return { title: "", blocks: [paragraph(text)] };
}

function incidentSection(incident: Incident, number: number): Section {
  const { storm, stormCount, restartLoop, restartLoopCount, growth, growthCount, timeline, verdicts, example } =
    incident;
  const rows: (Fact | null)[] = [
    { label: "Cause", words: causeWords(incident) },
    incident.cgroup === null ? null : { label: "Cgroup", words: cgroupWords(incident) },
    incident.hostCount === 0 ? null : { label: "Hosts", words: hostWords(incident) },
    incident.kills === 0 ? null : { label: "Killed", words: namedWords(incident.victims) },
    incident.collateral.length === 0
      ? null
      : { label: "Collateral", words: [...namedWords(incident.collateral), ": others held the memory"] },
    { label: "Blast radius", words: radiusWords(incident) },
    ...groupFacts(incident),
    ...when(incident).map((fact) => ({ ...fact, words: [...fact.words, ...rateWords(incident)] })),
    timeline.every((count) => count === 0) ? null : { label: "Timeline", words: [sparkline(timeline)] },
    storm === null ? null : { label: "Storms", words: stormWords(storm, stormCount) },
    restartLoop === null ? null : { label: "Restarts", words: loopWords(restartLoop, restartLoopCount) },
    growth === null ? null : { label: "Grows", words: growthWords(growth, growthCount) },
    { label: "Re-run", words: verdictWords(verdicts) },
    example === null
      ? null
      : {
          label: "Read",
          words: [
            example.source === "-" ? "stdin" : log(example.source),
            `:${example.line}`,
            muted(` report ${example.id}`),
          ],
        },
  ];
  return { title: `${number}. ${incident.title}`, blocks: [facts(...rows.filter((row) => row !== null))] };
}

function when({ first, last }: { readonly first: string | null; readonly last: string | null }): Fact[] {
  if (first === null || last === null) return [];
  const span = (Date.parse(last) - Date.parse(first)) / 1000;
  const words = span === 0 ? [first] : [`${first} to ${last}, ${formatUptime(span)}`];
  return [{ label: "When", words }];
}

/** How long each part of the timelines is. */
function partWords({ incidents, first, last }: Triage): Words {
  const parts = incidents[0]?.timeline.length ?? 0;
  const span = first === null || last === null ? 0 : (Date.parse(last) - Date.parse(first)) / 1000;
  return parts === 0 || span === 0 ? [] : [`; timelines in ${parts} parts of ${formatUptime(span / parts)}`];
}

function rateWords({ ratePerHour, first, last }: Incident): Words {
  if (ratePerHour === null || first === null || last === null) return [];
  if (Date.parse(last) - Date.parse(first) < 3_600_000) return [];
  if (ratePerHour >= 1) return [`; ${rounded(ratePerHour)} an hour`];
  return [`; ${rounded(ratePerHour * 24)} a day`];
}

function rounded(value: number): string {
  return value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function causeWords({ cause, causeMeaning, causes, count: reports }: Incident): Words {
  const listed = (named: readonly Named[]): string =>
    named.map(({ name, count }) => `${name}${GLUE}× ${grouped(count)}`).join(", ");
  if (cause === null) {
    const where = reports === 1 ? "the report" : "the reports";
    return [`none found in ${where}${causes.length === 0 ? "" : `; of the selection: ${listed(causes)}`}`];
  }
  const others = causes.filter(({ name }) => name !== cause);
  const also = others.length === 0 ? "" : `; in others ${listed(others)}`;
  const lead = others.length === 0 ? cause : listed(causes.filter(({ name }) => name === cause));
  return [`${lead}${causeMeaning === null ? "" : `: ${causeMeaning.replace(/\.$/, "")}`}${also}`];
}

function cgroupWords({ cgroup, cgroupName, cgroupCount }: Incident): Words {
  if (cgroup === null) return [];
  const name = cgroupName === null ? "" : `${cgroupName}, `;
  return [name, log(cgroup), cgroupCount > 1 ? `, ${counted(cgroupCount, "cgroup")} by their ids` : ""];
}

function hostWords({ hosts, hostCount }: Incident): Words {
  const shown = hosts.slice(0, SHOWN_NAMES).map((host): Words => [log(host)]);
  const more = hostCount - shown.length;
  return [
    hostCount > 1 ? `${grouped(hostCount)}: ` : "",
    ...separated(shown, ", "),
    more > 0 ? `, and ${grouped(more)} more` : "",
  ];
}

function namedWords(names: readonly Named[]): Words {
  const shown = names.slice(0, SHOWN_NAMES).map(({ name, count }): Words => [log(name), `${GLUE}× ${grouped(count)}`]);
  const more = names.length - shown.length;
  return [...separated(shown, ", "), more > 0 ? `, and ${counted(more, "more name")}` : ""];
}

/** Fields of `--group-by` that are not shown anyway. */
function groupFacts({ group }: Incident): Fact[] {
  return Object.entries(group)
    .filter(([name]) => !["limit", "cgroup", "victim", "cause", "host"].includes(name))
    .map(([label, value]) => ({ label, words: value === null ? ["not told"] : [log(value)] }));
}

function onHost(host: string | null): Words {
  return host === null ? [] : [" on ", log(host)];
}

function stormWords({ host, from, seconds, kills, reports }: Storm, count: number): Words {
  const lead = count === 1 ? "" : `${grouped(count)}; the largest: `;
  const what = kills === reports ? counted(kills, "kill") : reportsWords(reports, kills);
  return [`${lead}${what} in ${formatUptime(seconds)}`, ...onHost(host), from === null ? "" : `, from ${from}`];
}

/** Where not each report is of one kill. */
function reportsWords(reports: number, kills: number): string {
  return `${counted(reports, "report")}${kills === 0 ? "" : ` with ${counted(kills, "kill")}`}`;
}

function radiusWords({ blastRadius, count }: Incident): Words {
  const { hosts, cgroups, processes, collateral, panics } = blastRadius;
  const parts = [
    processes === count ? "" : counted(count, "report"),
    hosts === 0 ? "" : counted(hosts, "host"),
    cgroups === 0 ? "" : counted(cgroups, "cgroup"),
    processes === 0
      ? "nobody killed"
      : `${counted(processes, "kill")}${collateral === 0 ? "" : `, ${grouped(collateral)} of them collateral`}`,
    panics === 0 ? "" : counted(panics, "panic"),
  ];
  return [parts.filter((part) => part !== "").join(", ")];
}

function loopWords({ host, everySeconds, kills }: RestartLoop, count: number): Words {
  const lead = count === 1 ? "" : `in ${counted(count, "place")}; the longest: `;
  return [`${lead}killed anew every ${formatUptime(everySeconds)}, ${counted(kills, "time")}`, ...onHost(host)];
}

function growthWords({ host, name, fromBytes, toBytes, bytesPerHour, kills }: Growth, count: number): Words {
  return [
    count === 1 ? "" : `in ${counted(count, "place")}; the longest: `,
    log(name),
    ` from ${formatBytes(fromBytes)} to ${formatBytes(toBytes)} in ${counted(kills, "kill")}, `,
    `${formatBytes(bytesPerHour)} an hour`,
    ...onHost(host),
  ];
}

function verdictWords(verdicts: Readonly<Record<VerdictKind, number>>): Words {
  const parts = Object.entries(verdicts).filter(([, count]) => count > 0);
  return [
    parts.length === 0 ? "nothing to re-run" : parts.map(([kind, count]) => `${kind} ${grouped(count)}`).join(", "),
  ];
}
