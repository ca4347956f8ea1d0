import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core/config";

/**
 * Writes oclif.manifest.json, from which oclif knows the commands without loading them: for packing only, since oclif
 * warns where it is stale. `--remove` takes it away again.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = `${root}oclif.manifest.json`;
rmSync(manifest, { force: true });
if (process.argv[2] !== "--remove") {
  const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  writeFileSync(manifest, JSON.stringify(plugin.manifest));
}
