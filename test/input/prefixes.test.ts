import { expect, test } from "vitest";
import { createLineReader } from "../../src/input/index.js";
import type { LogLine } from "../../src/model/log-line.js";

function read(...lines: string[]): LogLine[] {
  const out: LogLine[] = [];
  const reader = createLineReader({
    source: "-",
    timeZone: 0,
    now: Date.UTC(2026, 10, 24),
    onLine: (line) => out.push(line),
    onNote: () => {},
  });
  for (const [i, line] of lines.entries()) reader.push(line, i + 1, null);
  reader.end();
  return out;
}

const HEAD = "trigger invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
const ROW =
  "[    146]     0   146    12477    12160    12160        0         0   139264        0             0 trigger";
const STACK = " <TASK>";
const TEXTS = [HEAD, ROW, STACK];
const WALL = Date.UTC(2026, 9, 17, 10, 3, 7) * 1000;

test.each([
  ["bare", "", {}],
  ["level", "<4>", { level: 4 }],
  ["stamp", "[    3.865246] ", { uptimeUsec: 3865246 }],
  ["level and stamp", "<6>[93787.865246] ", { level: 6, uptimeUsec: 93787865246 }],
  ["caller on a console", "<4>[    3.865246][  T146] ", { caller: "T146", uptimeUsec: 3865246, level: 4 }],
  ["caller in dmesg", "[    3.877175] [    C1] ", { caller: "C1" }],
  ["dmesg -T", "[Sat Oct 17 10:03:07 2026] ", { wallUsec: WALL }],
  ["dmesg iso", "2026-10-17T15:33:07,865246+05:30 ", { wallUsec: WALL + 865246 }],
  ["rfc3164", "Oct 17 10:03:07 web-07 kernel: ", { host: "web-07", wallUsec: WALL, trust: "claimed" }],
  ["rfc3164 padded day", "Oct  7 10:03:07 web-07 kernel: ", { wallUsec: WALL - 10 * 86_400_000_000 }],
  ["rfc3164 and stamp", "Oct 17 10:03:07 web-07 kernel: [93787.865246] ", { uptimeUsec: 93787865246, wallUsec: WALL }],
  ["short-precise", "Oct 17 10:03:07.866956 web-07 kernel: ", { wallUsec: WALL + 866956 }],
  ["busybox", "Oct 17 10:03:07 vm kern.warn kernel: [93787.865246] ", { host: "vm", level: 4 }],
  ["rsyslog iso", "2026-10-17T10:03:07.131139+00:00 vm kernel: [93787.865246] ", { wallUsec: WALL + 131139 }],
  ["short-iso", "2026-10-17T12:03:07+0200 web-07 kernel: ", { wallUsec: WALL, host: "web-07" }],
  ["short-full", "Sat 2026-10-17 10:03:07 UTC web-07 kernel: ", { wallUsec: WALL, host: "web-07" }],
  ["short-monotonic", "[93787.865246] web-07 kernel: ", { uptimeUsec: 93787865246, host: "web-07" }],
])("%s: the kernel's text comes out, blanks and all", (_, prefix, expected) => {
  const lines = read(...TEXTS.map((text) => prefix + text), ...TEXTS.map((text) => `${prefix}${text}\r`));
  expect(lines.map((line) => line.text)).toEqual([...TEXTS, ...TEXTS]);
  for (const line of lines) expect(line).toMatchObject(expected);
});

test("a row of the table is never a stamp, a caller or a host", () => {
  const rows = ["[ 146]     0   146", "[  pid  ]   uid  tgid", "[ 1.5]x", "[T1] invoked", "[ 146.5 ] 0"];
  expect(read(...rows).map((line) => line.text)).toEqual(rows.map((row) => (row === "[ 1.5]x" ? "x" : row)));
});

test("a dmesg line with two words before its colon has no host", () => {
  const [line] = read("[    1.500000] usb 1-1: new high-speed USB device");
  expect(line).toMatchObject({ text: "usb 1-1: new high-speed USB device", host: null, uptimeUsec: 1500000 });
});

test("only one stamp is taken off", () => {
  const [line] = read("[    3.865246] [    1.000000] x invoked oom-killer: gfp_mask=0x0");
  expect(line?.text).toBe("[    1.000000] x invoked oom-killer: gfp_mask=0x0");
});

test("a tag with a pid or another tag is a program's", () => {
  const at = "Oct 17 10:03:07 web-07 ";
  const trusts = read(`${at}kernel: x`, `${at}kernel[4242]: x`, `${at}myapp[1]: x`, `${at}unknown: x`, `${at}x y`);
  expect(trusts.map((line) => line.trust)).toEqual(["claimed", "userspace", "userspace", "userspace", "claimed"]);
});
