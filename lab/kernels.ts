import type { ArchitectureId } from "./architectures.js";

/** Debian suites whose kernels the lab takes, oldest first. */
export const suites = [
  "bullseye",
  "bookworm",
  "bookworm-backports",
  "trixie",
  "trixie-backports",
  "forky",
  "sid",
] as const;

/** A kernel of the lab: the newest Debian package of one version and flavour. */
export interface Kernel {
  /** `VERSION-FLAVOUR`, the name on the command line. */
  readonly id: string;
  readonly version: string;
  readonly flavour: string;
  readonly arch: ArchitectureId;
  /** The kernel's page size. */
  readonly pageSizeBytes: number;
}

const KIB = 1024;

const amd64Versions = ["5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3"];
const arm64Versions = amd64Versions;

/**
 * One row per flavour; each version is one kernel. They are all that Debian's suites offer, the newest package of each:
 * `--mirror` compares.
 */
const flavours: readonly {
  readonly flavour: string;
  readonly arch: ArchitectureId;
  readonly pageSizeBytes: number;
  readonly versions: readonly string[];
}[] = [
  { flavour: "cloud-amd64", arch: "amd64", pageSizeBytes: 4 * KIB, versions: amd64Versions },
  { flavour: "amd64", arch: "amd64", pageSizeBytes: 4 * KIB, versions: amd64Versions },
  { flavour: "rt-amd64", arch: "amd64", pageSizeBytes: 4 * KIB, versions: amd64Versions },
  { flavour: "686-pae", arch: "i386", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.5"] },
  { flavour: "686", arch: "i386", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.5"] },
  { flavour: "rt-686-pae", arch: "i386", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1"] },
  { flavour: "cloud-arm64", arch: "arm64", pageSizeBytes: 4 * KIB, versions: arm64Versions },
  { flavour: "arm64", arch: "arm64", pageSizeBytes: 4 * KIB, versions: arm64Versions },
  { flavour: "rt-arm64", arch: "arm64", pageSizeBytes: 4 * KIB, versions: arm64Versions },
  { flavour: "arm64-16k", arch: "arm64", pageSizeBytes: 16 * KIB, versions: arm64Versions.slice(2) },
  { flavour: "armmp-lpae", arch: "armhf", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12", "7.2", "7.3"] },
  { flavour: "armmp", arch: "armhf", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12", "7.2", "7.3"] },
  { flavour: "rt-armmp", arch: "armhf", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12"] },
  // Pages of 64 KiB became a flavour of their own with 6.12.
  { flavour: "powerpc64le", arch: "ppc64el", pageSizeBytes: 64 * KIB, versions: ["6.1"] },
  { flavour: "powerpc64le", arch: "ppc64el", pageSizeBytes: 4 * KIB, versions: ["6.12", "7.2", "7.3"] },
  { flavour: "powerpc64le-64k", arch: "ppc64el", pageSizeBytes: 64 * KIB, versions: ["6.12", "7.2", "7.3"] },
  { flavour: "s390x", arch: "s390x", pageSizeBytes: 4 * KIB, versions: ["6.1", "6.12", "7.2", "7.3"] },
  { flavour: "riscv64", arch: "riscv64", pageSizeBytes: 4 * KIB, versions: ["6.12", "7.2", "7.3"] },
];

/** Every kernel that the lab knows. */
export const kernels: readonly Kernel[] = flavours.flatMap(({ versions, ...row }) =>
  versions.map((version) => ({ id: `${version}-${row.flavour}`, version, ...row })),
);

/** The kernels that a name on the command line means: an id, a version (all flavours) or a flavour (all versions). */
export function findKernels(name: string): readonly Kernel[] {
  return kernels.filter((kernel) => [kernel.id, kernel.version, kernel.flavour, kernel.arch].includes(name));
}

/** What the name of an image package tells: `linux-image-6.1.0-50-cloud-amd64` is version 6.1, flavour cloud-amd64. */
export interface ImageName {
  readonly release: string;
  readonly version: string;
  readonly flavour: string;
}

/** Reads the name of a kernel image's package; null for one that is no image (a metapackage, debugging symbols). */
export function readImageName(packageName: string): ImageName | null {
  // A version, a Debian revision (6.12.107+deb13, 5.10.0-32, 6.5.0-0.deb12.4) and the flavour, which begins with a
  // letter or is a processor's number (686-pae).
  const match = /^linux-image-((\d+\.\d+)\.\d+(?:\+deb[\d.]+)?(?:-(?:0\.deb)?[\d.]+(?=-))?-([a-z\d-]+))$/.exec(
    packageName,
  );
  const [, release, version, flavour] = match ?? [];
  if (release === undefined || version === undefined || flavour === undefined) return null;
  return /-(?:dbg|unsigned)$/.test(flavour) ? null : { release, version, flavour };
}

/** `VERSION-FLAVOUR` of every kernel that an architecture's packages offer, and of the rows that it has. */
export function compareWithMirror(
  arch: ArchitectureId,
  packageNames: readonly string[],
): {
  readonly offered: readonly string[];
  readonly rows: readonly string[];
} {
  const names = packageNames.map(readImageName).filter((name) => name !== null);
  return {
    offered: [...new Set(names.map(({ version, flavour }) => `${version}-${flavour}`))],
    rows: kernels.filter((kernel) => kernel.arch === arch).map(({ id }) => id),
  };
}

/** The release in the name of a kernel's package (`6.1.0-50-cloud-amd64`), or null when it is another kernel's. */
export function releaseOfPackage(kernel: Kernel, packageName: string): string | null {
  const name = readImageName(packageName);
  return name?.version === kernel.version && name.flavour === kernel.flavour ? name.release : null;
}
