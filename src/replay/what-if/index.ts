/** Questions to a selection: what if this or that had been different. Pure; runs in a browser too. */

export { askWhatIf, questionerOf, subjectOf, type WhatIfOptions } from "./ask.js";
export {
  EditError,
  editText,
  parseAdd,
  parseAdj,
  parseSelector,
  parseSet,
  parseSize,
  parseSizeChange,
} from "./edit-text.js";
export { type Followed, Followers } from "./followers.js";
export { type Policy, PolicyTally, parsePolicy } from "./policy.js";
export { holdAgainst } from "./sequence.js";
export { type Subject, subjectOfMachine, subjectOfReport } from "./subject.js";
export { Unmeant } from "./unmeant.js";
export type { FirstAnswer, Question } from "./what-if.js";
export { withProtection } from "./with-protection.js";
