import type { Rule } from "../rule.js";

const noKillable = "Out of memory and no killable processes";
const deadlocked = "System is deadlocked on memory";

/** How a report ends without a kill. */
export const endingRules: readonly Rule[] = [
  {
    // The kernel's panics over memory; `Out of memory and no killable processes...` is one up to v4.18.
    name: "panic",
    starts: ["Kernel panic - not syncing: "],
    read(text, line, draft) {
      const message = text.slice("Kernel panic - not syncing: ".length);
      // Behind the warning that nobody is left to kill, a line cut at its end is still that panic.
      const isCut = draft.noKillable !== null && message !== "" && deadlocked.startsWith(message.trimEnd());
      if (!isCut && !/out of memory|deadlocked on memory/i.test(message)) return "other";
      draft.enter("ended");
      draft.panic = { line: line.line, text: message };
      return "read";
    },
  },
  {
    // Since v4.19 a warning; for a system-wide selection a panic follows.
    name: "no-killable",
    starts: [noKillable],
    read(text, line, draft) {
      draft.enter("ended");
      draft.noKillable = { line: line.line, text };
      return "read";
    },
  },
];
