const BOOT = /^-- (?:Boot [0-9a-f]{32}|Reboot) --$/;
const MARK =
  /^(?:--|-- (?:Logs begin at|Journal begins at|No entries|cursor:|Boot|Reboot).*|==> .* <==|------ .* ------)$/;

/** Which line of journalctl, tail, grep or a bug report stands between records here, if one does. */
export function markOf(text: string): "boot" | "other" | null {
  const code = text.charCodeAt(0);
  if ((code !== 0x2d && code !== 0x3d) || !MARK.test(text)) return null;
  return BOOT.test(text) ? "boot" : "other";
}
