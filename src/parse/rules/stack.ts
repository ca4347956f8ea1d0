import type { StackFrame } from "../../model/report.js";
import type { Rule } from "../rule.js";

const symbol = "([A-Za-z_.$][\\w.$]{0,200})";
const offset = "\\+0x[0-9a-f]{1,16}/0x[0-9a-f]{1,16}";
const address = "\\[<?[0-9a-f]{4,16}>?\\]";
const module = "(?: \\[([\\w-]{1,64})(?: [0-9a-f]{1,40})?\\])?";
/** Where arm64 found the frame (since v6.12): caller, exception, … */
const source = "(?: \\([A-Z]{1,4}\\))?";

/**
 * One frame: the addresses that older kernels print, `? ` for unreliable, the function, the module, and what some
 * architectures print behind. powerpc prints two addresses, s390 puts the first line in parentheses.
 */
const frame = new RegExp(
  `^ *\\(?(?:${address} ?){0,2}\\)? ?(\\? )?${symbol}${offset}\\)?${module}( \\(unreliable\\))?${source} *$`,
);
/** arm: `[<c010…>] (func [mod]) from [<c0…>] (func+0x…)`, since v5.18 `func from func2+0x…`. */
const armFrame = new RegExp(
  `^ *(?:${address} )?\\(?${symbol}(?:${offset})?${module}\\)? from (?:${address} )?\\(?${symbol}${offset}${module}\\)? *$`,
);
/** An address without symbol. */
const bareFrame = new RegExp(
  `^ *(?:(?:${address} ?){1,2}(\\? )?(0x[0-9a-f]{1,16})?|(\\? )?(0x[0-9a-f]{8,16}))(?: \\(unreliable\\))? *$`,
);
/** Marks around parts of a trace: ` <TASK>`, `</IRQ>`, `<EOI>`, and the text that may follow them up to v4.9. */
const mark = /^ *(?:<<?\/?(?:TASK|IRQ|EOI|EOE|NMI|ENTRY_TRAMPOLINE|SYSENTER|DOUBLEFAULT|#DF|#DB|#VC2?|EXCEPTION)>>? *)/;

const traceTitle = /^(?:Call [Tt]race|Backtrace|Stack ?):/;

/** The call trace. */
export const stackRules: readonly Rule[] = [
  {
    name: "call-trace",
    starts: ["Call Trace:", "Call trace:", "Backtrace:", "Stack :", "Stack:"],
    opens: "speculation",
    mark: /^Call [Tt]race:/,
    read(text, line, draft) {
      if (draft.phase !== "head") return "other";
      draft.stackLine ??= line.line;
      const rest = text.slice(text.indexOf(":") + 1).trim();
      if (rest !== "") pushFrame(rest, line.line, draft.stack);
      return "read";
    },
  },
  {
    name: "frame",
    read(text, line, draft) {
      if (draft.phase !== "head" || !pushFrame(text, line.line, draft.stack)) return "other";
      draft.stackLine ??= line.line;
      return "read";
    },
  },
];

/** Whether the line is one of a call trace. */
export function isStackLine(text: string): boolean {
  return traceTitle.test(text) || pushFrame(text, 0, []);
}

/** Reads a frame (or a mark, which is no frame) into the stack; false when the text is neither. */
function pushFrame(text: string, line: number, stack: StackFrame[]): boolean {
  const marked = mark.exec(text);
  const rest = marked ? text.slice(marked[0].length) : text;
  if (marked && rest.trim() === "") return true;
  const plain = frame.exec(rest);
  if (plain?.[2] !== undefined) {
    const reliable = plain[1] === undefined && plain[4] === undefined;
    stack.push({ function: plain[2], module: plain[3] ?? null, reliable, line });
    return true;
  }
  const arm = armFrame.exec(rest);
  if (arm?.[1] !== undefined) {
    stack.push({ function: arm[1], module: arm[2] ?? null, reliable: true, line });
    return true;
  }
  const bare = bareFrame.exec(rest);
  if (bare) {
    const shown = /(?:0x)?[0-9a-f]{4,16}/.exec(rest)?.[0] ?? "";
    const reliable = bare[1] === undefined && bare[3] === undefined;
    stack.push({ function: bare[2] ?? bare[4] ?? shown, module: null, reliable, line });
    return true;
  }
  return false;
}
