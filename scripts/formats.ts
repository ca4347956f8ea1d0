import { formats } from "../src/input/formats.js";

/** Prints the table of docs/how-to/formats.md: `node dist/scripts/formats.js`. */
for (const { id, layer, description } of formats) {
  process.stdout.write(`| ${layer} | \`${id}\` | ${description.replaceAll("|", "\\|")} |\n`);
}
