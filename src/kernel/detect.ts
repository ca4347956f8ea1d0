import { Memo } from "../model/memo.js";
import type { OomReport } from "../model/report.js";
import type {
  DetectedTraits,
  Era,
  EraCertainty,
  KernelDetection,
  KernelEvidence,
  KernelSpan,
  KernelTraits,
  TraitName,
} from "../model/traits.js";
import { type EraResolution, eraFor } from "./eras/resolve.js";
import { eras } from "./eras/table.js";
import { type Sighting, witnesses } from "./evidence.js";
import { compareVersions, type Version, versionOf } from "./version.js";

/** What the user says of the kernel, where the log is silent. */
export interface KernelOverrides {
  /** A release string or the id of an era. */
  readonly kernel?: string;
}

/**
 * Which kernel printed a report. What the report shows of itself outranks the release string, as distributions backport:
 * the eras of the release are kept where they print such a report, else those that do.
 */
export function detectKernel(report: OomReport, overrides: KernelOverrides = {}): KernelDetection {
  const seen = witnesses.flatMap(({ fact, look }) => {
    const found = look(report);
    return found === null ? [] : [{ fact, found }];
  });
  const sightings = seen.map(({ found }) => found);
  const evidence: KernelEvidence[] = seen.map(({ fact, found }) => ({ fact, value: found.value, lines: found.lines }));
  const { release, resolution, assumed } = readRelease(report, overrides, evidence);
  const key = [release, ...seen.map(({ fact, found }) => `${fact}=${found.value}=${found.weak}`)].join("\n");
  const { candidates, traits, certainty, reasons } = concluded.get(key, () => conclude(sightings, resolution, release));
  const [era] = candidates;
  if (era === undefined) throw new Error("some era always remains");
  const versions = versionsOf(release, candidates);
  return { versions, era, candidates, traits, certainty, evidence, assumed: [...assumed, ...reasons] };
}

/** What was concluded from a release and sightings: all reports of a boot show the same. */
const concluded = new Memo<string, Conclusion>(64);

function conclude(sightings: readonly Sighting[], resolution: EraResolution | null, release: string): Conclusion {
  const found = resolution === null ? withoutRelease(sightings) : withRelease(sightings, resolution, release);
  return { ...found, traits: commonTraits(found.candidates) };
}

/** The version in a release string, else the oldest of the candidates. */
function versionsOf(release: string, candidates: readonly Era[]): KernelSpan {
  const named = firstVersion(release);
  if (named !== null) return { oldest: named, newest: named };
  const starts = candidates.map(({ id, code }) => firstVersion(id) ?? versionOf(code));
  return { oldest: starts.reduce((oldest, one) => (compareVersions(one, oldest) < 0 ? one : oldest)), newest: null };
}

/** `[4, 18, 0]` of `el8-4.18.0-305`, `v4.18.0` or `4.18.0-147.el8.x86_64` */
function firstVersion(text: string): Version | null {
  const match = /(?:^|[-v])(\d+(?:\.\d+){1,3})/.exec(text);
  return match === null ? null : versionOf(match[1] ?? "");
}

interface Release {
  readonly release: string;
  readonly resolution: EraResolution | null;
  readonly assumed: readonly string[];
}

const resolutions = new Memo<string, EraResolution | null>(64);

function readRelease(report: OomReport, overrides: KernelOverrides, evidence: KernelEvidence[]): Release {
  const printed = report.kernel.release;
  const given = overrides.kernel;
  const release = printed ?? given ?? "";
  if (printed !== null) {
    const lines = report.kernel.line === null ? [] : [report.kernel.line];
    evidence.unshift({ fact: "release", value: printed, lines });
  } else if (given !== undefined) {
    evidence.unshift({ fact: "release", value: given, lines: [] });
  }
  const resolution = release === "" ? null : resolutions.get(release, () => eraFor(release));
  const assumed: string[] = [];
  if (printed !== null && given !== undefined && printed !== given) {
    assumed.push(`The log names ${printed}: the given kernel ${given} is not used.`);
  }
  if (release === "") assumed.push("The log names no kernel release: the rules follow from what it prints.");
  else if (resolution === null)
    assumed.push(`${release} names no kernel version: the rules follow from what is printed.`);
  return { release, resolution, assumed };
}

interface Candidates {
  readonly candidates: readonly Era[];
  readonly certainty: EraCertainty;
  readonly reasons: readonly string[];
}

interface Conclusion extends Candidates {
  readonly traits: DetectedTraits;
}

/** How many of the sightings a kernel with these traits would not print. */
function contradictions(sightings: readonly Sighting[], traits: KernelTraits, weak = false): number {
  return sightings.filter((sighting) => (sighting.weak === true) === weak && !sighting.admits(traits)).length;
}

/** The eras that contradict the report least: by what is sure, among equals first those that weak signs speak for. */
function nearest(sightings: readonly Sighting[]): { readonly list: readonly Era[]; readonly contradicted: number } {
  const counts = new Map(eras.map((era) => [era, contradictions(sightings, era.traits)]));
  const contradicted = Math.min(...counts.values());
  const weak = (era: Era) => contradictions(sightings, era.traits, true);
  const list = eras.filter((era) => counts.get(era) === contradicted).sort((a, b) => weak(a) - weak(b));
  return { list, contradicted };
}

function withRelease(sightings: readonly Sighting[], resolution: EraResolution, release: string): Candidates {
  const { certainty, assumed } = resolution;
  const { list, contradicted } = nearest(sightings);
  const reasons = contradicted === 0 ? [...assumed] : [...assumed, "No known kernel prints such a report."];
  const kept = resolution.candidates.filter((era) => list.includes(era));
  if (kept.length > 0) return { candidates: kept, certainty, reasons };
  reasons.push(`The report is not as ${release} prints it: the rules of ${idsOf(list)} are assumed.`);
  return { candidates: byDistance(list, resolution.era), certainty: "unknown-vendor", reasons };
}

function withoutRelease(sightings: readonly Sighting[]): Candidates {
  const { list, contradicted } = nearest(sightings);
  const reasons = contradicted === 0 ? [] : ["No known kernel prints such a report: the nearest are assumed."];
  return { candidates: list, certainty: "unknown", reasons };
}

/** Eras by how far their code is from that of another, the nearest first. */
function byDistance(list: readonly Era[], from: Era): readonly Era[] {
  const place = (era: Era) => {
    const [major = 0, minor = 0, patch = 0] = versionOf(era.code);
    return major * 10_000 + minor * 100 + Math.min(patch, 99);
  };
  return [...list].sort((a, b) => Math.abs(place(a) - place(from)) - Math.abs(place(b) - place(from)));
}

function idsOf(list: readonly Era[]): string {
  const ids = list.map((era) => era.id);
  return ids.length > 3 ? `${ids.slice(0, 3).join(", ")} or ${ids.length - 3} more` : ids.join(", ");
}

/** The traits that all eras share; `unknown` where they differ. */
function commonTraits(list: readonly Era[]): DetectedTraits {
  const [first, ...others] = list;
  if (first === undefined) throw new Error("some era always remains");
  const differing = (Object.keys(first.traits) as TraitName[]).filter((name) =>
    others.some((era) => era.traits[name] !== first.traits[name]),
  );
  return { ...first.traits, ...Object.fromEntries(differing.map((name) => [name, "unknown"])) };
}
