import { rmSync, writeFileSync } from "node:fs";
import { manifestFile, manifestOf } from "./package-manifest.js";

/**
 * Writes oclif.manifest.json, from which oclif knows the commands without loading them: for packing only, since oclif
 * warns where it is stale. `--remove` takes it away again.
 */
rmSync(manifestFile, { force: true });
if (process.argv[2] !== "--remove") writeFileSync(manifestFile, JSON.stringify(await manifestOf()));
