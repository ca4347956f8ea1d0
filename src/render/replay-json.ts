import type { AppliedEdit, WhatIf } from "../model/what-if.js";
import { type Plain, plain } from "./json/plain.js";

/** An element of `replays` of `oomlog replay --json`; described by `schema/replay.schema.json`. */
export function toReplayJson({ report, edits, ...answer }: WhatIf): Plain {
  const { id, source, line } = report;
  return plain({ report: { id, source, line }, edits: edits.map(editJson), ...answer });
}

/** An edit with its parts in one object. */
function editJson({ edit, text, tasks, remark }: AppliedEdit): unknown {
  const { kind, ...given } = edit;
  return { kind, text, ...given, matched: tasks, ...(remark === undefined ? {} : { remark }) };
}
