import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core/config";
import type { Manifest } from "@oclif/core/interfaces";

/** The folder of package.json. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

export const manifestFile = `${root}oclif.manifest.json`;

/** The commands and their flags, as data. */
export async function manifestOf(): Promise<Manifest> {
  const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  return plugin.manifest;
}
