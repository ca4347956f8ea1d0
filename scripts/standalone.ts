import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildScript } from "./one-script.js";
import { manifestOf, root } from "./package-manifest.js";

/**
 * The program in one file, oomlog.cjs, which any Node from 20 on runs after a plain copy: into dist, or the folder given.
 */
const names = readdirSync(`${root}dist/commands`)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -".js".length));
const { name, version, description, oclif } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const { bin, dirname, topicSeparator, additionalHelpFlags, additionalVersionFlags } = oclif;
const pjson = {
  name,
  version,
  description,
  oclif: { bin, dirname, topicSeparator, additionalHelpFlags, additionalVersionFlags },
};
const outfile = join(process.argv[2] ?? `${root}dist`, "oomlog.cjs");
await buildScript({
  stdin: {
    contents: `
      import { standaloneMain } from "./src/cli/standalone.js";
      import page from "./page/page.html";
      ${names.map((command) => `import command_${command} from "./commands/${command}.js";`).join("\n")}
      standaloneMain(process.argv.slice(2), {
        commands: { ${names.map((command) => `${command}: command_${command}`).join(", ")} },
        manifest: ${JSON.stringify(await manifestOf())},
        pjson: ${JSON.stringify(pjson)},
        page,
      });`,
    resolveDir: `${root}dist`,
    sourcefile: "standalone-entry.js",
  },
  outfile,
  loader: { ".html": "text" },
  banner: { js: "#!/usr/bin/env node" },
});
chmodSync(outfile, 0o755);
