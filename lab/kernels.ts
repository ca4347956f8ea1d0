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

/** One row per flavour; each version is one kernel. */
const flavours: readonly {
  readonly flavour: string;
  readonly arch: ArchitectureId;
  readonly pageSizeBytes: number;
  readonly versions: readonly string[];
}[] = [
  {
    flavour: "cloud-amd64",
    arch: "amd64",
    pageSizeBytes: 4 * KIB,
    versions: ["5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3"],
  },
  { flavour: "amd64", arch: "amd64", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12", "7.3"] },
  { flavour: "rt-amd64", arch: "amd64", pageSizeBytes: 4 * KIB, versions: ["6.1", "7.3"] },
  { flavour: "686-pae", arch: "i386", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.5"] },
  { flavour: "cloud-arm64", arch: "arm64", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12", "6.19", "7.3"] },
  { flavour: "arm64-16k", arch: "arm64", pageSizeBytes: 16 * KIB, versions: ["6.12", "6.19", "7.3"] },
  { flavour: "armmp-lpae", arch: "armhf", pageSizeBytes: 4 * KIB, versions: ["5.10", "6.1", "6.12", "7.2"] },
  // Pages of 64 KiB became a flavour of their own with 6.12.
  { flavour: "powerpc64le", arch: "ppc64el", pageSizeBytes: 64 * KIB, versions: ["6.1"] },
  { flavour: "powerpc64le", arch: "ppc64el", pageSizeBytes: 4 * KIB, versions: ["6.12", "7.2"] },
  { flavour: "powerpc64le-64k", arch: "ppc64el", pageSizeBytes: 64 * KIB, versions: ["6.12", "7.2"] },
  { flavour: "s390x", arch: "s390x", pageSizeBytes: 4 * KIB, versions: ["6.1", "6.12", "7.2"] },
  { flavour: "riscv64", arch: "riscv64", pageSizeBytes: 4 * KIB, versions: ["6.12", "7.2"] },
];

/** Every kernel that the lab knows. */
export const kernels: readonly Kernel[] = flavours.flatMap(({ versions, ...row }) =>
  versions.map((version) => ({ id: `${version}-${row.flavour}`, version, ...row })),
);

/** The kernels that a name on the command line means: an id, a version (all flavours) or a flavour (all versions). */
export function findKernels(name: string): readonly Kernel[] {
  return kernels.filter((kernel) => [kernel.id, kernel.version, kernel.flavour, kernel.arch].includes(name));
}

/** The release in the name of a kernel's package (`6.1.0-50-cloud-amd64`), or null when it is another kernel's. */
export function releaseOfPackage(kernel: Kernel, packageName: string): string | null {
  const release = packageName.startsWith("linux-image-") ? packageName.slice("linux-image-".length) : "";
  if (!release.startsWith(`${kernel.version}.`) || !release.endsWith(`-${kernel.flavour}`)) return null;
  const middle = release.slice(0, -kernel.flavour.length - 1);
  // What is left is a version and a Debian revision (6.12.107+deb13, 5.10.0-32, 6.5.0-0.deb12.4): other letters there
  // are another flavour.
  return /^[\d.]+(?:\+deb[\d.]+)?(?:-(?:0\.deb)?[\d.]+)?$/.test(middle) ? release : null;
}
