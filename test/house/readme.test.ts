import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Completion from "../../commands/completion.js";
import Eras from "../../commands/eras.js";
import Explain from "../../commands/explain.js";
import Export from "../../commands/export.js";
import List from "../../commands/list.js";
import Page from "../../commands/page.js";
import Replay from "../../commands/replay.js";
import Stage from "../../commands/stage.js";
import Triage from "../../commands/triage.js";
import Watch from "../../commands/watch.js";
import { runCommand } from "../cli/harness.js";
import { root } from "./imports.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const commands = {
  completion: Completion,
  eras: Eras,
  explain: Explain,
  export: Export,
  list: List,
  page: Page,
  replay: Replay,
  stage: Stage,
  triage: Triage,
  watch: Watch,
};

describe("README.md", () => {
  it("shows what the program prints", async () => {
    const [, sample = "", picture = ""] = /^\$ oomlog explain (\S+)\n(.*?)\n…$/ms.exec(readme) ?? [];
    const { stdout } = await runCommand(Explain, ["--color", "never", join(root, sample)], { columns: 80 });
    // The path is longer here than in the picture, and breaks its line elsewhere.
    const plain = (text: string) => text.replaceAll(root, "").replace(/\s+/g, " ");
    expect(plain(stdout).startsWith(plain(picture)), "npm run readme puts the present text in").toBe(true);
  });

  it("gives examples that the program understands", () => {
    const used = [
      ...readme.matchAll(
        /\boomlog (completion|eras|explain|export|list|page|replay|stage|triage|watch)((?: --[a-z-]+)*)/g,
      ),
    ];
    expect(used.length).toBeGreaterThan(10);
    for (const [, command = "", flags = ""] of used) {
      const known = Object.keys(commands[command as keyof typeof commands].flags ?? {});
      for (const flag of flags.split(" --").slice(1)) expect(known).toContain(flag);
    }
  });

  it("names the two commands that .ci/run and a first reader use", () => {
    expect(readme).toContain("npm ci && npx . explain samples/");
    expect(readme).toContain("npm ci && npm test");
    expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain("npm ci && npm test");
  });
});
