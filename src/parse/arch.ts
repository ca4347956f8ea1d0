import { registerPatterns } from "./rules/registers.js";

/** Architectures by what a release string or build names. The first match holds. */
const releasePatterns: readonly { readonly pattern: RegExp; readonly arch: string }[] = [
  { pattern: /x86_64|[-.]amd64\b/, arch: "x86_64" },
  { pattern: /[-.]i[3-6]86\b|[-.]686\b|-686-|-generic-pae|-i386\b/, arch: "i686" },
  { pattern: /aarch64|arm64/, arch: "aarch64" },
  { pattern: /armmp|armv7|armhf|armel|-v7\b|-v7l\b|\bomap|-rpi\b/, arch: "armv7l" },
  { pattern: /ppc64le|powerpc64le|ppc64el/, arch: "ppc64le" },
  { pattern: /ppc64|powerpc64/, arch: "ppc64" },
  { pattern: /s390x/, arch: "s390x" },
  { pattern: /riscv64/, arch: "riscv64" },
  { pattern: /loong(?:arch)?64|loongson-3/, arch: "loongarch64" },
  { pattern: /mips64el|loongson-2/, arch: "mips64" },
  { pattern: /mips/, arch: "mips" },
  { pattern: /sparc64/, arch: "sparc64" },
];

/** Functions on a trace that only one architecture has. */
const framePatterns: readonly { readonly pattern: RegExp; readonly arch: string }[] = [
  { pattern: /^(?:asm_)?exc_page_fault$|^entry_SYSCALL_64|^do_syscall_64$|^x86_64_start/, arch: "x86_64" },
  { pattern: /^el0t?_|^el1t?_|^do_translation_fault$.*|^el0_sync/, arch: "aarch64" },
  { pattern: /^__dabt_usr$|^__pabt_usr$|^do_DataAbort$|^do_PrefetchAbort$|^ret_fast_syscall$/, arch: "armv7l" },
  { pattern: /^do_dat_exception$|^pgm_check_handler$|^__do_pgm_check$|^system_call$/, arch: "s390x" },
  {
    pattern: /^data_access_common_virt$|^hash__do_page_fault$|^handle_page_fault$.*ppc|^interrupt_return_srr/,
    arch: "ppc64",
  },
  { pattern: /^ret_from_exception$.*|^do_trap_insn/, arch: "riscv64" },
];

/**
 * The architecture, by the names of `uname -m`: from the release string, else from the registers, else from functions
 * on the trace; null when nothing tells. Registers show the processor's word size: a 32-bit kernel has 32-bit ones.
 */
export function inferArch(
  release: string | null,
  registers: readonly { readonly text: string }[],
  stack: readonly { readonly function: string }[],
): string | null {
  const named = release === null ? undefined : releasePatterns.find(({ pattern }) => pattern.test(release));
  if (named) return named.arch;
  for (const { text } of registers) {
    const seen = registerPatterns.find(({ arch, pattern }) => arch !== null && pattern.test(text));
    if (seen?.arch) return seen.arch;
  }
  for (const { function: name } of stack) {
    const seen = framePatterns.find(({ pattern }) => pattern.test(name));
    if (seen) return seen.arch;
  }
  return null;
}
