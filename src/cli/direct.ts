import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "@oclif/core/command";
import type { PJSON } from "@oclif/core/interfaces";
import { bringWorkerFile } from "../node/parallel/worker-file.js";
import { runMain } from "./main.js";

/** The commands that read logs, each loaded when it is run. */
const commands: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>> = {
  explain: () => import("../../commands/explain.js"),
  export: () => import("../../commands/export.js"),
  list: () => import("../../commands/list.js"),
  replay: () => import("../../commands/replay.js"),
  stage: () => import("../../commands/stage.js"),
  triage: () => import("../../commands/triage.js"),
  watch: () => import("../../commands/watch.js"),
};

/** Whether a command line is one that {@link runDirect} runs: help, versions and slips of the pen are oclif's. */
export function isDirect(argv: readonly string[]): boolean {
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  return Object.hasOwn(commands, argv[0] ?? "") && !own.some((one) => one === "--help" || one === "-h");
}

/**
 * Runs a command without letting oclif look for all others, which takes longer than most logs do.
 *
 * @param pjson what oclif needs of package.json
 * @param root the folder of package.json
 */
export async function runDirect([id = "", ...argv]: readonly string[], pjson: PJSON, root: string): Promise<void> {
  const worker = join(root, "dist/bundle/src/node/parallel/worker.js");
  if (existsSync(worker)) bringWorkerFile(worker);
  await runMain(async () => {
    const loaded = await commands[id]?.();
    const command = loaded?.default as Command.Class & { run(argv: string[], options: object): Promise<unknown> };
    command.id = id;
    return command.run(argv, { root, pjson, userPlugins: false });
  });
}
