import type { Rule } from "../rule.js";

/**
 * User registers, code bytes and raw stack words, by architecture. They are kept as text: the selection needs none of
 * them, only the architecture shows in them.
 */
export const registerPatterns: readonly { readonly arch: string | null; readonly pattern: RegExp }[] = [
  { arch: "x86_64", pattern: /^ ?RIP: ?[0-9a-f]{4}:|^ ?RIP \[</ },
  { arch: "x86_64", pattern: /^ ?RSP: [0-9a-f]{4}:[0-9a-f]{16}\b/ },
  { arch: "x86_64", pattern: /^ ?R(?:AX|BX|CX|DX|SI|DI|BP|SP|\d\d): [0-9a-f]{16}/ },
  { arch: "x86_64", pattern: /^ ?(?:ORIG_RAX|RFLAGS): / },
  { arch: "i686", pattern: /^ ?EIP: / },
  { arch: "i686", pattern: /^ ?E[ABCD]X: [0-9a-f]{8} E|^ ?ESI: [0-9a-f]{8} EDI: / },
  { arch: null, pattern: /^ ?[DC]S: +[0-9a-f]{4} |^ ?EFLAGS: [0-9a-f]{8}/ },
  { arch: null, pattern: /^ ?(?:CR0|CR2|DR0|DR3|FS|GS|PKRU): *[0-9a-f]/ },
  { arch: null, pattern: /^ ?Code: / },
  {
    arch: "aarch64",
    pattern: /^pstate: [0-9a-f]{8}|^x\d{1,2} ?: [0-9a-f]{16}|^(?:pc|lr) : \w+\+0x|^sp : [0-9a-f]{16}$/,
  },
  {
    arch: "armv7l",
    pattern: /^Exception stack\(0x|^pc : \[<[0-9a-f]{8}>\]|^sp : [0-9a-f]{8} {2}ip : |^r\d{1,2} ?: [0-9a-f]{8} {2}/,
  },
  { arch: "armv7l", pattern: /^Flags: [nN][zZ][cC][vV] {2}|^Control: [0-9a-f]{8} {2}Table: / },
  { arch: "armv7l", pattern: /^[0-9a-f]{3,4}:(?: (?:[0-9a-f]{8}| {8})(?: |$)|$)/ },
  { arch: "ppc64", pattern: /^(?:NIP|REGS|MSR|CFAR|DAR|DEAR|TASK)[: ] *\[?[0-9a-f=]/ },
  { arch: "ppc64", pattern: /^GPR\d\d: |^LR \[[0-9a-f]{8,16}\] |^--- interrupt: |^--- Exception: / },
  { arch: "s390x", pattern: /^(?:Krnl|User) (?:PSW|GPRS|Code|ACRS)\s*:|^Last Breaking-Event-Address:/ },
  { arch: "s390x", pattern: /^ +(?:R:\d T:\d| {10}[0-9a-f]{16} )/ },
  { arch: "riscv64", pattern: /^ ?(?:epc|gp|t[0-6]|s\d{1,2}|a\d) ?: [0-9a-f]{16}/ },
  { arch: "riscv64", pattern: /^status: [0-9a-f]{16} badaddr: / },
  {
    arch: "loongarch64",
    pattern:
      /^(?:pc|a0|a4|t0|t4|t8|s1|s5) [0-9a-f]{16} |^ *(?:ra|ERA): [0-9a-f]{16}|^ (?:CRMD|PRMD|EUEN|ECFG|ESTAT|BADV|PRID): /,
  },
  { arch: "mips", pattern: /^\$ ?\d{1,2} ?(?: {2})?: |^(?:Hi|Lo|epc|ra|Status|Cause|BadVA|PrId) *: / },
  { arch: "sparc64", pattern: /^(?:TSTATE|TPC|RPC|I7|g0|g4|o0|o4|l0|l4|i0|i4): [<0-9a-f]/ },
  { arch: "ia64", pattern: /^ +sp=[0-9a-f]{16} bsp=/ },
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
