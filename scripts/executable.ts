import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./package-manifest.js";

/**
 * The program as one Linux executable, oomlog, beside oomlog.cjs in dist or the folder given: the Node that runs this,
 * with oomlog.cjs and its compiled code inside (Node's single executable applications).
 */
const place = process.argv[2] ?? `${root}dist`;
const source = join(place, "oomlog.cjs");
const target = join(place, "oomlog");

/** A Node in one piece has some 80 MB; one that loads libnode.so can not be copied. */
const WHOLE_NODE_BYTES = 40_000_000;
if (statSync(process.execPath).size < WHOLE_NODE_BYTES) {
  throw new Error(`${process.execPath} is not a Node in one piece: build with one from nodejs.org`);
}

/** What a program says goes into the error when it fails. */
const quiet = { stdio: "pipe" } as const;

const folder = mkdtempSync(join(tmpdir(), "oomlog-"));
try {
  const config = join(folder, "sea.json");
  const blob = join(folder, "blob");
  const program = join(folder, "oomlog.cjs");
  // A script within an executable has a require of built-in modules alone; Node warns of each use of it.
  const shebang = /^#!.*\n/;
  const ownRequire = 'require=require("node:module").createRequire(process.execPath);';
  writeFileSync(program, readFileSync(source, "utf8").replace(shebang, ownRequire));
  const options = { main: program, output: blob, useCodeCache: true, disableExperimentalSEAWarning: true };
  writeFileSync(config, JSON.stringify(options));
  execFileSync(process.execPath, ["--experimental-sea-config", config], quiet);
  const executable = join(folder, "oomlog");
  copyFileSync(process.execPath, executable);
  chmodSync(executable, 0o755);
  try {
    // Symbols for debuggers: a sixth of the file.
    execFileSync("strip", [executable], { stdio: "ignore" });
  } catch {
    process.stderr.write("strip is not there: the executable keeps its symbols\n");
  }
  const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
  const postject = createRequire(import.meta.url).resolve("postject/dist/cli.js");
  execFileSync(process.execPath, [postject, executable, "NODE_SEA_BLOB", blob, "--sentinel-fuse", fuse], quiet);
  copyFileSync(executable, `${target}.new`);
  chmodSync(`${target}.new`, 0o755);
  renameSync(`${target}.new`, target);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${target}: ${(statSync(target).size / 1e6).toFixed(0)} MB\n`);
