/** Architectures, by the names of `uname -m`, whose kernels have a 32-bit `long`. */
const ARCHES_32_BIT = /^(?:i[3-6]86|armv[4-7]\w*|arm|mips|mipsel|ppc|riscv32)$/;

/** Bits of the `long` of an architecture's kernels; null when the architecture is not known. */
export function wordBitsOf(arch: string | null): 32 | 64 | null {
  return arch === null ? null : ARCHES_32_BIT.test(arch) ? 32 : 64;
}
