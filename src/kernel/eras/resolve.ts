import type { Era, EraCertainty } from "../../model/traits.js";
import { compareVersions, formatVersion, seriesOf, type Version, versionOf } from "../version.js";
import { distributions } from "./distributions.js";
import { distributionEras, eraById, mainlineEra, NEWEST_READ, stableEras } from "./table.js";

/** The rules that a release string leads to. */
export interface EraResolution {
  /** The first of {@link candidates}. */
  readonly era: Era;
  /** Every era that the release may be of, most likely first. */
  readonly candidates: readonly Era[];
  readonly certainty: EraCertainty;
  /** What had to be assumed, one sentence each. */
  readonly assumed: readonly string[];
}

/** A name such as `el8-4.18.0-305`, as the eras of distributions are called. */
const distributionName = /^(el\d+)-(\d+(?:\.\d+)*)-(\d+)/;

/** `3.10.0-1160.el7.x86_64`, `4.18.0-147.8.1.el8_1`: version, build, distribution. */
const distributionRelease = /^(\d+(?:\.\d+){1,3})-(\d+)(?:\.\d+)*\.(el\d+)(uek)?/;

const upstreamVersion = /^v?(\d+(?:\.\d+){1,3})(.*)$/s;

/**
 * Suffixes of kernels that follow the stable release of their number, as far as is known: none, release candidates and
 * git builds, Debian, Ubuntu, Fedora, Arch, SUSE, Amazon, openEuler, Oracle UEK, ELRepo, Gentoo, Proxmox, ….
 */
const followsUpstream =
  /^(?:\.?$|\+|-rc\d|-next\b|-g[0-9a-f]{7}|-\d[\d.]*(?:[-.+~]|$)|\.fc\d|-(?:arch|zen|lts|gentoo|hardened|generic|default|cloud|amd64|arm64|armmp|686|trunk|pve|coreos|flatcar|android|microsoft|linuxkit|v\d)(?![a-z]))/;

/** Distributions that are taken to follow it without their source having been read. */
const notRead = /uek|\.amzn|\.oe\d|-default|-(?:generic|lowlatency|aws|azure|gcp|gke|oracle|kvm|raspi)$/;

/** Vendors that are known to change the selection. */
const changesSelection = /tlinux|opencloudos|tencent|\.oc\d|\.tl\d|keenetic|econet|-ndm/i;

/** The era of a release string (`uname -r`) or of a kernel's name (`v3.9`, `el8-4.18.0-305`); null if it names none. */
export function eraFor(release: string): EraResolution | null {
  const named = distributionName.exec(release);
  if (named !== null) return ofDistribution(named[1] ?? "", named[2] ?? "", Number(named[3]));
  const built = distributionRelease.exec(release);
  if (built !== null && built[4] === undefined && !release.includes("elrepo")) {
    const resolved = ofDistribution(built[3] ?? "", built[1] ?? "", Number(built[2]));
    if (resolved !== null) return resolved;
  }
  const exact = eraById(release);
  if (exact !== undefined) return { era: exact, candidates: [exact], certainty: "mainline", assumed: [] };
  const parts = upstreamVersion.exec(release);
  return parts === null ? null : ofUpstream(release, versionOf(parts[1] ?? ""), parts[2] ?? "");
}

function ofDistribution(id: string, version: string, build: number): EraResolution | null {
  const distribution = distributions.find((one) => one.id === id);
  const eras = distributionEras.get(id);
  const oldest = eras?.[0];
  if (distribution === undefined || eras === undefined || oldest === undefined) return null;
  if (compareVersions(versionOf(version), versionOf(distribution.base)) !== 0) return null;
  const { era } = eras.findLast((one) => one.build <= build) ?? oldest;
  return { era, candidates: [era], certainty: "distribution", assumed: [] };
}

function ofUpstream(release: string, version: Version, suffix: string): EraResolution {
  const base = mainlineEra(version);
  const assumed: string[] = [];
  if (compareVersions(version, versionOf(base.code)) < 0) {
    assumed.push(`${release} is older than ${base.id}, the oldest kernel read: its rules are assumed.`);
  }
  if (compareVersions(seriesOf(version), versionOf(NEWEST_READ)) > 0) {
    assumed.push(`${release} is newer than v${NEWEST_READ}, the newest kernel read: its rules are assumed.`);
    return { era: base, candidates: [base], certainty: "future", assumed };
  }
  const stable = stableEras.find((one) => compareVersions(seriesOf(one.version), seriesOf(version)) === 0);
  if (changesSelection.test(release) || !followsUpstream.test(suffix)) {
    assumed.push(`${release} is a vendor's kernel, which may differ: the rules of ${base.id} are assumed.`);
    const candidates = stable === undefined ? [base] : [base, stable.era];
    return { era: base, candidates, certainty: "unknown-vendor", assumed };
  }
  if (notRead.test(release)) assumed.push(`The source of ${release} was not read: it is taken to follow its number.`);
  const isFirstOfSeries = (version[seriesOf(version).length] ?? 0) === 0 && /^(?:\+|-rc\d+)*$/.test(suffix);
  if (stable === undefined || isFirstOfSeries) return { era: base, candidates: [base], certainty: "mainline", assumed };
  if (compareVersions(version, stable.version) >= 0) {
    return { era: stable.era, candidates: [stable.era], certainty: "mainline", assumed };
  }
  assumed.push(`v${formatVersion(stable.version)} has a change that ${release} may have too: both are possible.`);
  return { era: base, candidates: [base, stable.era], certainty: "stable", assumed };
}
