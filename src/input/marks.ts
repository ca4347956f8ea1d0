import type { Sink } from "./sink.js";

const BOOT = /^-- (?:Boot [0-9a-f]{32}|Reboot) --$/;
const MARK =
  /^(?:--|-- (?:Logs begin at|Journal begins at|No entries|cursor:|Boot|Reboot).*|==> .* <==|------ .* ------)$/;

/** Whether a line is one that journalctl, tail, grep or a bug report put between records; tells of a new boot. */
export function isMark(text: string, sink: Sink): boolean {
  const code = text.charCodeAt(0);
  if ((code !== 0x2d && code !== 0x3d) || !MARK.test(text)) return false;
  if (BOOT.test(text)) sink.boot();
  return true;
}
