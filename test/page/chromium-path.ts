import { existsSync } from "node:fs";

/** Where Chromium is: as CHROMIUM says, or where Debian has it. */
export const chromiumPath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const hasChromium = existsSync(chromiumPath);

export const missingChromium = `no Chromium at ${chromiumPath}: apt-get install chromium, or set CHROMIUM to its path`;
