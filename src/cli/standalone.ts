import type { Command } from "@oclif/core/command";
import { Config } from "@oclif/core/config";
import type { Manifest, PJSON, Plugin } from "@oclif/core/interfaces";
import { noSuchCommand } from "./command-not-found.js";
import OomlogHelp from "./help.js";
import { runMain } from "./main.js";
import { bringPage } from "./page-template.js";

/** A program in one file: what is otherwise found beside package.json. */
export interface Parts {
  /** Command classes by their names. */
  readonly commands: Readonly<Record<string, Command.Class>>;
  /** oclif.manifest.json. */
  readonly manifest: Manifest;
  /** What oclif needs of package.json. */
  readonly pjson: PJSON;
  /** dist/page/page.html. */
  readonly page: string;
}

/** Runs a command line without a file beside the program, and sets the exit status of the process. */
export async function standaloneMain(argv: string[], parts: Parts): Promise<void> {
  bringPage(parts.page);
  await runMain(async () => {
    const config = await configOf(parts);
    const [id = "", ...rest] = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
    if (id === "--version" || id === "-V") {
      process.stdout.write(`${config.userAgent}\n`);
      return undefined;
    }
    const ownArguments = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
    if (id === "" || argv[0] === "help" || ownArguments.some((one) => one === "--help" || one === "-h")) {
      await new OomlogHelp(config).showHelp(argv[0] === "help" ? argv.slice(1) : argv);
      return undefined;
    }
    const command = config.findCommand(id);
    if (command === undefined) throw noSuchCommand(argv, config);
    return config.runCommand(id, rest, command);
  });
}

async function configOf({ commands, manifest, pjson }: Parts): Promise<Config> {
  const root = "/";
  const plugin: Plugin = {
    _base: "",
    alias: pjson.name,
    name: pjson.name,
    version: pjson.version,
    pjson,
    root,
    options: { root },
    type: "core",
    moduleType: "commonjs",
    isRoot: true,
    valid: true,
    hasManifest: true,
    commandsDir: undefined,
    hooks: {},
    topics: [],
    commandIDs: Object.keys(commands),
    commands: Object.entries(commands).flatMap(([id, command]) => {
      const cached = manifest.commands[id];
      return cached === undefined ? [] : [{ ...cached, load: async () => Object.assign(command, { id }) }];
    }),
    findCommand: (async (id: string) => commands[id]) as Plugin["findCommand"],
    load: async () => {},
  };
  const config = new Config({ root, pjson, plugins: new Map([[plugin.name, plugin]]), userPlugins: false });
  await config.load();
  return config;
}
