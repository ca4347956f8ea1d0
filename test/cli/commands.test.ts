import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "@oclif/core/command";
import { describe, expect, it } from "vitest";
import { root } from "../house/imports.js";

const commandFiles = readdirSync(join(root, "commands")).filter((name) => name.endsWith(".ts"));

async function load(file: string): Promise<Command.Class> {
  return (await import(join(root, "commands", file))).default;
}

describe("commands", () => {
  it("and their flags are those of commands.json: change them on purpose", async () => {
    const interfaces: Record<string, unknown> = {};
    for (const file of commandFiles) {
      const { args, flags } = await load(file);
      interfaces[file.replace(/\.ts$/, "")] = {
        args: Object.entries(args ?? {}).map(([name, arg]) => `${name}${arg.multiple ? "..." : ""}`),
        flags: Object.entries(flags ?? {})
          .map(([name, flag]) => {
            const short = flag.char === undefined ? "" : `-${flag.char} `;
            if (flag.type === "boolean") return `${short}--${name}`;
            const fallback = flag.default === undefined ? "" : ` [${flag.default}]`;
            return `${short}--${name} ${flag.options?.join("|") ?? flag.helpValue}${fallback}`;
          })
          .sort((a, b) => (a.replace(/^-. /, "") < b.replace(/^-. /, "") ? -1 : 1)),
      };
    }
    expect(interfaces).toEqual(JSON.parse(readFileSync(join(root, "test/cli/commands.json"), "utf8")));
  });

  it.each(commandFiles)("%s has a summary, and examples that use its own flags", async (file) => {
    const { summary, examples = [], flags = {}, args = {} } = await load(file);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      if (typeof example === "string") throw new Error(`${file}: an example needs a description`);
      expect(example.description).toMatch(/^[A-Z]/);
      const own = example.command.split("|").find((part) => part.includes("<%= config.bin %> <%= command.id %>")) ?? "";
      expect(own).not.toBe("");
      for (const [, name = ""] of own.matchAll(/ --([a-z-]+)/g)) expect(Object.keys(flags)).toContain(name);
    }
    // oclif would fill it from piped log text.
    for (const arg of Object.values(args)) expect(arg.ignoreStdin).toBe(true);
    for (const flag of Object.values(flags)) expect(flag.description ?? flag.summary).toMatch(/^[A-Z].*\.$/);
  });
});
