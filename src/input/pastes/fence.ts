import type { Format } from "../format.js";

const FENCE = /^(?:(?:`{3,}|~{3,})\s*[\w+-]*|\{(?:noformat|code)(?::[^}]*)?\}|\[\/?code\])$/;

/** A code block of Markdown, Jira or a forum. */
export const fence: Format = {
  id: "fence",
  layer: "paste",
  description: "In a code block: lines of ``` , ~~~, {noformat} or [code] around the log.",
};

/** Whether a line opens or closes a code block. */
export function isFence(text: string): boolean {
  const mark = text.trimStart();
  const code = mark.charCodeAt(0);
  return (code === 0x60 || code === 0x7e || code === 0x7b || code === 0x5b) && FENCE.test(mark.trimEnd());
}
