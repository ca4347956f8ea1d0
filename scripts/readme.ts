import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Puts what the program prints now into the picture of README.md: the explanation up to its ranking. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");
const picture = readme.replace(/^(\$ oomlog explain (\S+)\n).*?(?=\n…$)/ms, (_, command: string, sample: string) => {
  const env = { ...process.env, COLUMNS: "80" };
  const text = execFileSync(process.execPath, ["bin/oomlog.js", "explain", sample], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  return command + text.split("\n\nMargin\n", 1)[0];
});
writeFileSync(`${root}README.md`, picture);
