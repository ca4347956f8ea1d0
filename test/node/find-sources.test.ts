import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { findSources } from "../../src/node/find-sources.js";
import type { SourceProblem } from "../../src/node/source.js";
import { temporaryFolder, withoutRights } from "./temporary-folder.js";

async function find(...paths: string[]): Promise<{ names: string[]; problems: SourceProblem[] }> {
  const problems: SourceProblem[] = [];
  const names: string[] = [];
  const options = { stdin: Readable.from([]), onProblem: (problem: SourceProblem) => problems.push(problem) };
  for await (const source of findSources(paths, options)) names.push(source.name);
  return { names, problems };
}

describe("findSources", () => {
  it("keeps the order of the paths, standard input among them", async () => {
    const folder = temporaryFolder({ b: "", a: "" });
    const paths = [join(folder, "b"), "-", join(folder, "a")];
    expect(await find(...paths)).toEqual({ names: paths, problems: [] });
  });

  it("walks a directory in the order of names", async () => {
    const folder = temporaryFolder({ "c.log": "", "a/z": "", "a/b/y": "", ".hidden": "", "b.log": "" });
    const { names } = await find(folder);
    expect(names).toEqual([".hidden", "a/b/y", "a/z", "b.log", "c.log"].map((name) => join(folder, name)));
  });

  it("keeps a directory as it was typed", async () => {
    const folder = temporaryFolder({ a: "" });
    expect((await find(`${folder}/`)).names).toEqual([`${folder}/a`]);
    expect((await find(`${folder}/.`)).names).toEqual([`${folder}/./a`]);
  });

  it("reads names that are not UTF-8", async () => {
    const folder = temporaryFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff])]), "text");
    const problems: SourceProblem[] = [];
    const options = { stdin: Readable.from([]), onProblem: (problem: SourceProblem) => problems.push(problem) };
    for await (const source of findSources([folder], options)) {
      expect(source.name).toBe(`${folder}/x\udcff`);
      expect(String(await Readable.from(source.open()).toArray())).toBe("text");
    }
    expect(problems).toEqual([]);
  });

  it("walks an empty directory", async () => {
    expect(await find(temporaryFolder())).toEqual({ names: [], problems: [] });
  });

  it("goes on after a path that does not exist", async () => {
    const folder = temporaryFolder({ a: "" });
    const missing = join(folder, "missing");
    const { names, problems } = await find(missing, join(folder, "a"));
    expect(names).toEqual([join(folder, "a")]);
    expect(problems).toMatchObject([{ name: missing, reason: "no such file or directory" }]);
  });

  it("follows links, and reads nothing twice", async () => {
    const folder = temporaryFolder({ "logs/a": "", "pods/b": "" });
    symlinkSync("..", join(folder, "logs/loop"));
    symlinkSync("a", join(folder, "logs/again"));
    symlinkSync("../pods/b", join(folder, "logs/c"));
    symlinkSync("nowhere", join(folder, "logs/d"));
    symlinkSync("logs", join(folder, "link"));
    expect((await find(join(folder, "logs"))).names).toEqual([join(folder, "logs/a"), join(folder, "logs/c")]);
    expect((await find(join(folder, "link"))).names).toEqual([join(folder, "link/a"), join(folder, "link/c")]);
    expect((await find(join(folder, "logs/again"))).names).toEqual([join(folder, "logs/again")]);
    expect((await find(folder)).problems).toEqual([]);
  });

  it("reads the logs of a rotation oldest first", async () => {
    const names = ["kern.log", "kern.log.1", "kern.log.2.gz", "kern.log.10.gz", "mail.log"];
    const dated = ["messages", "messages-20261010.xz", "messages-20261017"];
    const folder = temporaryFolder(Object.fromEntries([...names, ...dated].map((name) => [name, ""])));
    expect((await find(folder)).names.map((path) => path.slice(folder.length + 1))).toEqual([
      ...["kern.log.10.gz", "kern.log.2.gz", "kern.log.1", "kern.log", "mail.log"],
      ...["messages-20261010.xz", "messages-20261017", "messages"],
    ]);
  });

  it("takes a name that does not exist for a pattern", async () => {
    const folder = temporaryFolder({ "a/kern.log": "", "b/kern.log.1": "", "b/.kern.log": "", "c/x[1].log": "" });
    expect((await find(join(folder, "*/kern.log*"))).names).toEqual([
      join(folder, "a/kern.log"),
      join(folder, "b/kern.log.1"),
    ]);
    expect((await find(join(folder, "[!a-b]/?[[]1].log"))).names).toEqual([join(folder, "c/x[1].log")]);
    expect((await find(join(folder, "c/x[1].log"))).names).toEqual([join(folder, "c/x[1].log")]);
    const none = join(folder, "*.gz");
    expect(await find(none)).toEqual({ names: [], problems: [{ name: none, reason: "no file has such a name" }] });
  });

  it("reads a FIFO that is named, and none inside a directory", async () => {
    const folder = temporaryFolder({ a: "" });
    execFileSync("mkfifo", [join(folder, "fifo")]);
    expect((await find(folder)).names).toEqual([join(folder, "a")]);
    expect((await find(join(folder, "fifo"))).names).toEqual([join(folder, "fifo")]);
  });

  it("refuses devices and sockets", async () => {
    const path = join(temporaryFolder(), "socket");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    const { names, problems } = await find("/dev/zero", path);
    server.close();
    expect(names).toEqual([]);
    expect(problems).toMatchObject([
      { name: "/dev/zero", reason: "is a device" },
      { name: path, reason: "is a socket" },
    ]);
  });

  it("reads nothing of the kernel's own file systems, where files never end", async () => {
    const { names, problems } = await find("/proc", "/proc/self/task", "/proc/kmsg");
    expect(names).toEqual([]);
    expect(problems.map(({ name, reason }) => [name, reason])).toEqual([
      ["/proc", "is a view of the kernel, not a folder of files"],
      ["/proc/self/task", "is a view of the kernel, not a folder of files"],
      ["/proc/kmsg", "never ends"],
    ]);
    const folder = temporaryFolder({ a: "" });
    symlinkSync("/proc/self", join(folder, "b"));
    expect((await find(folder)).names).toEqual([join(folder, "a")]);
  });

  it("goes on after a directory that may not be read", async () => {
    const folder = temporaryFolder({ "a/x": "", "c/x": "" });
    mkdirSync(join(folder, "b"));
    chmodSync(join(folder, "b"), 0);
    chmodSync(folder, 0o755);
    const { names, problems } = await withoutRights(() => find(folder));
    expect(names).toEqual([join(folder, "a/x"), join(folder, "c/x")]);
    expect(problems).toMatchObject([{ name: join(folder, "b"), reason: "permission denied" }]);
  });

  it("opens a file only when it is read", async () => {
    const folder = temporaryFolder({ a: "text" });
    const path = join(folder, "a");
    for await (const source of findSources([path], { stdin: Readable.from([]), onProblem: () => {} })) {
      unlinkSync(path);
      await expect(Readable.from(source.open()).toArray()).rejects.toThrow("ENOENT");
    }
  });
});
