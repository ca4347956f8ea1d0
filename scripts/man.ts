import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { commandLineOf } from "../src/cli/interface/command-line.js";
import { manualPage } from "../src/cli/interface/manual.js";
import { manifestOf, root } from "./package-manifest.js";

/** Writes dist/man/oomlog.1 from what --help shows. */
const { name, version, description } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const { commands } = await manifestOf();
mkdirSync(`${root}dist/man`, { recursive: true });
writeFileSync(
  `${root}dist/man/${name}.1`,
  manualPage({
    bin: name,
    version,
    description,
    commands: commandLineOf(Object.values(commands), name),
    statuses: [
      [0, "Reports were found. A closed pipe ends so too."],
      [1, "None was found; with --check: the re-run differs from a kill, with --strict also: it can not decide."],
      [2, "Wrong usage, or an input that could not be read."],
    ],
  }),
);
