import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the project, seen from its sources and from what is compiled of them. */
export const root = fileURLToPath(
  [new URL("../../", import.meta.url), new URL("../../../", import.meta.url)].find((folder) =>
    existsSync(new URL("package.json", folder)),
  ) ?? new URL("../../", import.meta.url),
);
