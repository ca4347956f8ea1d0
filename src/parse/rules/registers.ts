import type { Rule } from "../rule.js";

/**
 * User registers, code bytes and raw stack words, by architecture. They are kept as text: the selection needs none of
 * them, only the architecture shows in them.
 */
export const registerPatterns: readonly { readonly arch: string | null; readonly pattern: RegExp }[] = [
  { arch: "x86_64", pattern: /^ ?RIP: [0-9a-f]{4}:|^ ?RIP \[</ },
  { arch: "x86_64", pattern: /^ ?RSP: [0-9a-f]{4}:[0-9a-f]{16} / },
  { arch: "x86_64", pattern: /^ ?R(?:AX|BX|CX|DX|SI|DI|BP|SP|\d\d): [0-9a-f]{16}/ },
  { arch: "i686", pattern: /^ ?EIP: / },
  { arch: "i686", pattern: /^ ?E[ABCD]X: [0-9a-f]{8} E/ },
  { arch: "i686", pattern: /^ ?ESI: [0-9a-f]{8} EDI: / },
  { arch: null, pattern: /^ ?[DC]S: +[0-9a-f]{4} / },
  { arch: null, pattern: /^ ?(?:CR0|CR2|DR0|DR3|FS|GS|PKRU): *[0-9a-f]/ },
  { arch: null, pattern: /^ ?Code: / },
  { arch: "aarch64", pattern: /^pc : |^lr : |^sp : |^pstate: |^x\d{1,2} ?: / },
  { arch: "armv7l", pattern: /^Exception stack\(0x/ },
  { arch: "armv7l", pattern: /^[0-9a-f]{3,4}:(?: (?:[0-9a-f]{8}| {8})(?: |$)|$)/ },
  { arch: "ppc64", pattern: /^(?:NIP|LR|CTR|REGS|MSR|CFAR|DAR|DEAR)[: ] *\[?[0-9a-f]/ },
  { arch: "ppc64", pattern: /^GPR\d\d: / },
  { arch: "ppc64", pattern: /^(?:NIP|LR) \[[0-9a-f]{8,16}\] / },
  { arch: "ppc64", pattern: /^--- interrupt: |^--- Exception: / },
  { arch: "s390x", pattern: /^(?:Krnl|User) (?:PSW|GPRS|Code|ACRS)\s*:|^Last Breaking-Event-Address:/ },
  { arch: "s390x", pattern: /^ +(?:R:\d T:\d| {10}[0-9a-f]{16} )/ },
  { arch: "riscv64", pattern: /^ ?(?:epc|ra|sp|gp|tp|t[0-6]|s\d{1,2}|a\d) ?: [0-9a-f]{8,16}/ },
  { arch: "riscv64", pattern: /^(?:status|badaddr|cause): [0-9a-f]{8,16}/ },
  { arch: "mips", pattern: /^\$ ?\d{1,2} ?: |^(?:Hi|Lo|epc|ra|Status|Cause|BadVA|PrId) +: / },
  { arch: "sparc64", pattern: /^(?:TSTATE|TPC|g0|g4|o0|o4|l0|l4|i0|i4|RPC|I7): / },
];

/** Rows of raw hex words: `Stack:` of older kernels, and the words that some print before the call trace. */
const rawWords = /^ *(?:[0-9a-f]{16}|[0-9a-f]{8})(?: (?:[0-9a-f]{16}|[0-9a-f]{8})){0,7} *$/;

/** Whether the line shows registers, code bytes or raw stack words. */
export function isRegisterLine(text: string): boolean {
  return rawWords.test(text) || registerPatterns.some(({ pattern }) => pattern.test(text));
}

export const registerRules: readonly Rule[] = [
  {
    name: "registers",
    read(text, line, draft) {
      if (draft.phase !== "head") return "other";
      if (!isRegisterLine(text)) return "other";
      draft.registers.push({ line: line.line, text });
      return "read";
    },
  },
];
