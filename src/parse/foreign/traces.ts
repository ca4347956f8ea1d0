import { isRegisterLine } from "../rules/registers.js";
import { isStackLine } from "../rules/stack.js";

/** Whether the line is part of a trace: of something else, where the report's own trace is over. */
export function isTraceLine(text: string): boolean {
  return isStackLine(text) || isRegisterLine(text);
}
