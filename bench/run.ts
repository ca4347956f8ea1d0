import { writeFileSync } from "node:fs";
import { results } from "./results.js";

/**
 * Measures whole processes as ratios: oomlog and its reference run in turns, and the median of the pairs counts. An
 * absolute time means nothing on a machine that others use too.
 *
 * `npm run bench [MIB [ROUNDS]]`: size of the large logs (default 256) and pairs for each (default 5). Needs python3,
 * which reads the kernel's accounts of a process; ripgrep is measured beside grep where it is installed.
 */
const mib = Number(process.argv[2] ?? 256);
const rounds = Number(process.argv[3] ?? 5);
writeFileSync("bench/RESULTS.md", await results(mib, rounds, (line) => process.stdout.write(`${line}\n`)));
