import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeCache, loadDirect } from "../src/cli/start.js";

/** Writes the compiled code of dist/bundle/direct.cjs as this Node has it after running the usual commands once. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = `${root}samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log`;
const { script, exports } = loadDirect();
for (const command of [["explain"], ["explain", "--ndjson"], ["list"]]) {
  await exports.runDirect([...command, "--quiet", "--output", "/dev/null", sample], root);
}
writeFileSync(codeCache, script.createCachedData());
