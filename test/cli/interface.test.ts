import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Config } from "@oclif/core/config";
import { describe, expect, it } from "vitest";
import { commandLineOf } from "../../src/cli/interface/command-line.js";
import { completions, shells } from "../../src/cli/interface/completion.js";
import { manualPage } from "../../src/cli/interface/manual.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";

const { commands: cached } = await Config.load({ root, userPlugins: false });
const commands = commandLineOf(cached, "oomlog");
const program = { bin: "oomlog", commands };

describe("the completion of", () => {
  it.each(shells)("%s knows every command and flag", (shell) => {
    const script = completions[shell](program);
    expect(commands.length).toBeGreaterThan(6);
    for (const { name, flags } of commands) {
      expect(script).toContain(name);
      for (const flag of flags) expect(script).toContain(shell === "fish" ? `-l ${flag.name}` : `--${flag.name}`);
    }
  });

  it.each<[words: string[], completed: string[]]>([
    [
      ["oomlog", "ex"],
      ["explain", "export"],
    ],
    [["oomlog", "export", "--ta"], ["--table"]],
    [["oomlog", "export", "--table", "k"], ["kills"]],
    [
      ["oomlog", "export", "--format", ""],
      ["csv", "ndjson", "parquet", "sql"],
    ],
    [
      ["oomlog", "completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["oomlog", "help", "tr"], ["triage"]],
    [["oomlog", "list", "--since", ""], []],
    [
      ["oomlog", "list", `${root}packag`],
      [`${root}package-lock.json`, `${root}package.json`],
    ],
    [["oomlog", "list", "--output", `${root}READ`], [`${root}README.md`]],
  ])("bash completes %j", (words, completed) => {
    const script = join(temporaryFolder(), "completion.bash");
    writeFileSync(script, completions.bash(program));
    const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _oomlog; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const answer = execFileSync("bash", ["-c", ask, "bash", script, ...words], { encoding: "utf8" });
    expect(
      answer
        .split("\n")
        .filter((line) => line !== "")
        .sort(),
    ).toEqual([...completed].sort());
  });

  it("zsh and fish keep quotes and colons of a description apart from their own", () => {
    const flag = {
      name: "since",
      char: null,
      description: "it's a [time]: 10:03 \\ now",
      value: "TIME",
      options: [],
      takesFile: false,
      default: null,
      group: null,
    };
    const one = [{ ...commands[0], name: "list", summary: "List: it's", words: [], flags: [flag] }] as typeof commands;
    expect(completions.zsh({ bin: "oomlog", commands: one })).toContain(
      String.raw`'--since=[it'\''s a \[time\]\: 10\:03 \\ now]:TIME: '`,
    );
    expect(completions.fish({ bin: "oomlog", commands: one })).toContain(
      String.raw`-l since -x -d 'it\'s a [time]: 10:03 \\ now'`,
    );
  });
});

describe("the manual page", () => {
  const page = manualPage({
    bin: "oomlog",
    version: "1.2.3",
    description: "Explains",
    commands,
    statuses: [[0, "Reports were found."]],
  });

  it("has every command, flag and example", () => {
    for (const { name, flags, examples } of commands) {
      expect(page).toContain(`.SS ${name}\n`);
      for (const flag of flags) expect(page).toContain(`\\-\\-${flag.name.replaceAll("-", "\\-")}\\fR`);
      expect(examples.length).toBeGreaterThan(0);
    }
    expect(page.match(/^\.EX$/gm)).toHaveLength(commands.flatMap(({ examples }) => examples).length);
  });

  it("has no line that roff would take for a request of its own", () => {
    const requests = new Set(page.split("\n").flatMap((line) => /^[.'](\w*)/.exec(line)?.[1] ?? []));
    expect([...requests].sort()).toEqual(["B", "EE", "EX", "I", "PP", "RE", "RS", "SH", "SS", "TH", "TP", "br"]);
    for (const [written] of page.matchAll(/\\./g)) expect(["\\-", "\\e", "\\f", "\\&"]).toContain(written);
  });
});
