import type { Check, ExplainedBy } from "../../model/verdict.js";
import { type Block, facts, list, paragraph, type Section } from "../document.js";
import { counted } from "../quantity.js";
import { bad, good, muted, processWords, refs, type Word, type Words, warn } from "../words.js";
import { verdictLabels } from "./answer.js";
import type { View } from "./view.js";

/** What each rule that accounts for a victim means. */
const ruleWords: Readonly<Record<ExplainedBy, string>> = {
  "child-sacrificed": "a child died in its parent's place",
  "allocating-task": "vm.oom_kill_allocating_task: whoever asks dies",
  "tie-order": "equal points: the order of the scan decides",
  "oom-group": "memory.oom.group: the whole cgroup dies",
  "mm-shared": "memory shared with a protected process",
  "oom-origin": "the invoker had volunteered (swapoff, ksm)",
  "vfork-twin": "an equal neighbouring row is a child in vfork",
  "forked-later": "equal younger tasks were forked after the selection",
  "thread-named": "a line names a thread, not its process",
};

/** The verdict with what it rests on. */
export function rerunSection(view: View, { verbose }: { readonly verbose: boolean }): Section {
  const { verdict } = view;
  const label = verdictLabels[verdict.kind].toLowerCase();
  return {
    title: "Re-run",
    aside: [label === verdict.kind ? label : `${label} (${verdict.kind})`],
    blocks: [paragraph(verdict.sentence), ...reasonBlocks(view), ...checkBlocks(verdict.checks, verbose)],
  };
}

function reasonBlocks({ verdict }: View): Block[] {
  const blocks: Block[] = [];
  const { by = [], missing = [], possibleVictims = [], likelyReasons = [] } = verdict;
  if (by.length > 0) {
    blocks.push(list(by.map(({ rule, lines }) => [`${rule}: ${ruleWords[rule]}`, ...refs(lines)])));
  }
  if (missing.length > 0) blocks.push(facts({ label: "Missing", words: [missing.join("; ")] }));
  if (possibleVictims.length > 0) {
    blocks.push(
      paragraph("Who remains possible:"),
      list(possibleVictims.map((one) => [...processWords(one), ` if ${one.when}`])),
    );
  }
  if (likelyReasons.length > 0) {
    blocks.push(paragraph("Likely reasons, the most likely first:"), {
      ...list(likelyReasons.map((reason) => [reason])),
      numbered: true,
    });
  }
  return blocks;
}

function checkBlocks(checks: readonly Check[], verbose: boolean): Block[] {
  if (checks.length === 0) return [paragraph("Nothing in this log can be checked against anything else.")];
  const failed = checks.filter(({ ok }) => ok === false);
  const open = checks.filter(({ ok }) => ok === null);
  const testable = checks.length - open.length;
  const held = testable - failed.length;
  const count: Word =
    failed.length === 0 ? good(`${held} of ${testable} checks hold`) : bad(`${held} of ${testable} checks hold`);
  const ids = checks.filter(({ ok }) => ok === true).map(({ id }) => id);
  const which = verbose || ids.length === 0 ? "" : ` (${ids.join(", ")})`;
  const notTested =
    open.length === 0 || verbose
      ? ""
      : `; ${counted(open.length, "can", "can")} not be checked: ${open.map(({ id }) => id).join(", ")}`;
  const shown = verbose ? checks : failed;
  return [
    paragraph(...(testable === 0 ? [`No check can be made`] : [count]), which, notTested, "."),
    ...(shown.length === 0 ? [] : [list(shown.map(checkWords))]),
  ];
}

function checkWords({ id, expected, actual, ok, lines }: Check): Words {
  const mark = ok === null ? warn("not checkable") : ok ? good("holds") : bad("FAILS");
  return [mark, ` ${id}: `, expected, muted(" | "), actual, ...refs(lines)];
}
