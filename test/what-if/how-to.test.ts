import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Replay from "../../commands/replay.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";

const page = readFileSync(join(root, "docs/how-to/what-if.md"), "utf8");

/** The commands of the page with what it says they print; a few lines of it, where `head` or `tail` stands after. */
const blocks = [...page.matchAll(/^```console\n\$ oomlog replay (.+)\n([^`]*)```$/gm)].map(
  ([, command = "", output = ""]) => {
    const [asked = "", cut = ""] = command.split(" | ");
    return { asked, cut, output };
  },
);

describe("docs/how-to/what-if.md", () => {
  it("shows commands", () => expect(blocks.length).toBeGreaterThanOrEqual(6));

  it.each(blocks)("shows what is printed: $asked", async ({ asked, cut, output }) => {
    const argv = ["--quiet", "--color", "never", ...asked.split(" ")];
    const { status, stdout } = await runCommand(Replay, argv, { columns: 80 });
    const lines = stdout.split("\n").slice(0, -1);
    const [, end, count = "0"] = /^(head|tail) -(\d+)$/.exec(cut) ?? [];
    const shown =
      end === undefined ? lines : end === "head" ? lines.slice(0, Number(count)) : lines.slice(-Number(count));
    expect(status).toBe(0);
    expect(`${shown.join("\n")}\n`).toBe(output);
  });
});
