import { describe, expect, it } from "vitest";
import type { Trust } from "../../src/model/log-line.js";
import { readText } from "./read-text.js";

const KILL = "Out of memory: Killed process 4300 (node) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB";

function trusts(...lines: string[]): Trust[] {
  return readText(lines.join("\n")).lines.map(({ trust }) => trust);
}

describe("a transport's proof", () => {
  const entry = (fields: object): string => JSON.stringify({ __REALTIME_TIMESTAMP: "1", MESSAGE: KILL, ...fields });
  it.each<[string, string, Trust]>([
    ["kmsg of the kernel", `6,1,1,-;${KILL}`, "kernel"],
    ["kmsg written by root", `12,1,1,-;${KILL}`, "userspace"],
    ["kmsg with a claimed level", `8,1,1,-;${KILL}`, "userspace"],
    ["journal, kernel", entry({ _TRANSPORT: "kernel", SYSLOG_FACILITY: "0" }), "kernel"],
    ["journal, older journald", entry({ _TRANSPORT: "kernel", SYSLOG_IDENTIFIER: "kernel" }), "kernel"],
    ["journal, /dev/kmsg", entry({ _TRANSPORT: "kernel", SYSLOG_FACILITY: "1" }), "userspace"],
    [
      "journal, /dev/kmsg with the kernel's tag",
      entry({ _TRANSPORT: "kernel", SYSLOG_FACILITY: "1", SYSLOG_IDENTIFIER: "kernel" }),
      "userspace",
    ],
    ["journal, native client with facility 0", entry({ _TRANSPORT: "journal", SYSLOG_FACILITY: "0" }), "userspace"],
    ["journal, stdout", entry({ _TRANSPORT: "stdout", SYSLOG_IDENTIFIER: "kernel" }), "userspace"],
    ["journal, fields left out", entry({}), "claimed"],
    ["dmesg -x", `kern  :err   : [    3.1] ${KILL}`, "kernel"],
    ["dmesg -x of a program", `user  :err   : [    3.1] ${KILL}`, "userspace"],
    ["dmesg -r", `<3>[    3.1] ${KILL}`, "claimed"],
    ["dmesg -r of a program", `<12>[    3.1] ${KILL}`, "userspace"],
    ["netconsd", `001204 00000003865246 0 3 ${KILL}`, "kernel"],
    ["syslog with a facility", `Oct 17 10:03:07 vm kern.err kernel: ${KILL}`, "claimed"],
    ["dmesg", `[    3.100000] ${KILL}`, "claimed"],
    ["nothing at all", KILL, "claimed"],
  ])("%s", (_, line, trust) => {
    expect(trusts(line)).toEqual([trust]);
  });
});

describe("a tag", () => {
  const at = (tag: string): string => `Oct 17 10:03:07 web-07 ${tag}: ${KILL}`;

  it("with a pid, or another one, is a program's beside the kernel's", () => {
    const tags = ["kernel", "kernel[4242]", "myapp[4300]", "unknown", "kernel"];
    expect(trusts(...tags.map(at))).toEqual(["claimed", "userspace", "userspace", "userspace", "claimed"]);
  });

  it("before the first of the kernel is a program's too", () => {
    expect(trusts(at("kernel[4242]"), at("myapp[1]"), at("kernel"))).toEqual(["userspace", "userspace", "claimed"]);
  });

  it("that the whole file has stands for whoever piped the log", () => {
    expect(trusts(at("dmesg[77]"), at("dmesg[77]"), at("dmesg[78]"))).toEqual(["claimed", "claimed", "claimed"]);
    expect(trusts(at("kernel[77]"), at("kernel[77]"))).toEqual(["claimed", "claimed"]);
  });

  it("is judged as a program's while a follower waits for more", () => {
    const seen: Trust[] = [];
    readText(at("kernel[4242]"), {
      onLine: ({ trust }) => seen.push(trust),
    });
    expect(seen).toEqual(["claimed"]);
  });
});

describe("the lines of a program", () => {
  it("are told once, with the first place, when they hold a report's words", () => {
    const lines = ["kernel: a", "myapp[1]: hello", `myapp[1]: ${KILL}`, `myapp[1]: ${KILL}`, "kernel: b"];
    const { notes } = readText(lines.map((line) => `2026-10-17T10:03:07Z web-07 ${line}`).join("\n"));
    expect(notes).toMatchObject([{ code: "userspace-lines", line: 3 }]);
    expect(notes[0]?.message).toMatch(/^2 lines /);
  });

  it("take what follows without header with them", () => {
    const lines = ["Oct 17 10:03:07 vm kernel: a", "Oct 17 10:03:07 vm myapp[1]: first", KILL];
    expect(readText(lines.join("\n")).lines.map(({ trust, host, text }) => [trust, host, text])).toEqual([
      ["claimed", "vm", "a"],
      ["userspace", "vm", "first"],
      ["userspace", "vm", KILL],
    ]);
  });

  it("begin no boot", () => {
    const lines = ["Oct 17 10:03:07 vm kernel: [  900.000000] a", "Oct 17 10:03:07 vm myapp[1]: [    1.000000] b"];
    expect(readText([...lines, lines[0]].join("\n")).lines.map(({ boot }) => boot)).toEqual([0, 0, 0]);
  });
});
