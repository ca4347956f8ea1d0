import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { OomReport } from "./report.js";

/** What the id of a report is made of. */
export type Identifying = Pick<OomReport, "trigger" | "chosen" | "summary" | "kills" | "tasks" | "uptimeSeconds">;

/** Hexadecimal digits of an id: 64 bits, so that two of a million reports share one with a chance of 1 in 37 million. */
const idDigits = 16;

/**
 * The id of a report: the first 16 hexadecimal digits of the SHA-256 of what the kernel printed, which is trigger,
 * chosen, kill lines' numbers and table rows. No clock, host, source or line number is in it, so that `dmesg` and the
 * journal of one kill give one id, whatever the prefix, the line ends or the escaping of names.
 *
 * A report without table rows has little else to tell it from the next kill of the same kind: its kernel stamp (time
 * since boot) is added where it is known.
 */
export function reportId(report: Identifying): string {
  const { trigger, chosen, summary, kills, tasks } = report;
  const parts: string[] = [];
  if (trigger !== null) {
    parts.push(
      `trigger ${canonical(trigger.name ?? "")} ${trigger.gfpMask} ${trigger.order} ${trigger.oomScoreAdj ?? ""}`,
    );
  }
  if (chosen !== null) parts.push(`chosen ${chosen.pid} ${canonical(chosen.name)} ${chosen.score ?? ""}`);
  if (summary !== null) parts.push(`summary ${summary.constraint} ${canonical(summary.oomMemcg ?? "")}`);
  for (const kill of kills) {
    const sizes = [kill.totalVmKb, kill.anonRssKb, kill.fileRssKb, kill.shmemRssKb, kill.pgtablesKb, kill.oomScoreAdj];
    parts.push(`kill ${kill.pid} ${canonical(kill.name)} ${sizes.map((size) => size ?? "").join(" ")}`);
  }
  for (const task of tasks) parts.push(`${task.pid} ${task.totalVmPages} ${task.rssPages} ${canonical(task.name)}`);
  if (tasks.length === 0 && report.uptimeSeconds !== null) parts.push(`stamp ${report.uptimeSeconds.toFixed(6)}`);
  return bytesToHex(sha256(utf8ToBytes(parts.join("\n")))).slice(0, idDigits);
}

/**
 * One spelling for a name that sources spell differently: every byte outside printable ASCII as `\xHH`, as `/dev/kmsg`
 * does. Carriage returns are left out, because line ends swallow them.
 */
function canonical(name: string): string {
  if (!/[^\x20-\x5b\x5d-\x7e]/.test(name)) return name;
  let spelled = "";
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) spelled += character;
    else if (code >= 0xdc80 && code <= 0xdcff) spelled += escapeByte(code - 0xdc00);
    else for (const byte of utf8ToBytes(character)) spelled += escapeByte(byte);
  }
  return spelled.replaceAll("\\x0d", "").replaceAll("\\x5c", "\\");
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}
