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

/** Functions on a trace that only one architecture has: its entries of faults and system calls. */
const framePatterns: readonly { readonly pattern: RegExp; readonly arch: string }[] = [
  {
    pattern:
      /^(?:page_fault|async_page_fault|asm_exc_page_fault|system_call_fastpath|entry_SYSCALL_64\w*|child_rip|x86_64_start_\w+|ret_from_fork_asm)$/,
    arch: "x86_64",
  },
  {
    pattern:
      /^(?:error_code|common_exception|sysenter_do_call|syscall_call|entry_SYSENTER_32|entry_INT80_32|do_SYSENTER_32|do_int80_syscall_32)$/,
    arch: "i686",
  },
  { pattern: /^(?:el0t?_\w+|el1h?_\w+|do_el0_\w+|invoke_syscall|__arm64_sys_\w+)$/, arch: "aarch64" },
  { pattern: /^(?:__dabt_usr|__pabt_usr|do_DataAbort|do_PrefetchAbort|ret_fast_syscall|__irq_svc)$/, arch: "armv7l" },
  {
    pattern: /^(?:do_dat_exception|pgm_check_handler|__do_pgm_check|__do_syscall|sysc_tracego|sysc_nr_ok)$/,
    arch: "s390x",
  },
  {
    pattern: /^(?:data_access_common_virt|instruction_access_common_virt|system_call_exception|hash__do_page_fault)$/,
    arch: "ppc64",
  },
  { pattern: /^(?:handle_exception|do_trap_ecall_u|do_trap_insn_\w+)$/, arch: "riscv64" },
  { pattern: /^(?:tlb_do_page_fault_[01]|handle_sys\w*|handle_tlbl|tlb_modified)$/, arch: "mips" },
  { pattern: /^(?:handle_tlb_load|handle_tlb_store|handle_tlb_protect)$/, arch: "loongarch64" },
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
  const seen = framePatterns.find(({ pattern }) => stack.some((frame) => pattern.test(frame.function)));
  return seen?.arch ?? null;
}
