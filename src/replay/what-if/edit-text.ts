import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import type { Edit, NewTask, SizeChange, SizePart, TaskSelector } from "../../model/what-if.js";

/** An edit that could not be read. */
export class EditError extends Error {
  /** What to type instead. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const EXAMPLES = {
  set: "mysqld:oom_score_adj=-500, 812:rss=+2GiB, /user.slice:oom_score_adj=300",
  add: "name=backup,rss=2GiB,adj=500",
  size: "2GiB, 512M, +1.5GiB, -200MiB",
} as const;

/** Reads `PROCESSES:FIELD=VALUE`. */
export function parseSet(text: string): Edit {
  const equals = text.lastIndexOf("=");
  const colon = text.lastIndexOf(":", equals);
  if (equals < 0 || colon < 1) throw new EditError(`${text}: not a change of a process`, EXAMPLES.set);
  const tasks = parseSelector(text.slice(0, colon));
  const field = text.slice(colon + 1, equals);
  const value = text.slice(equals + 1);
  const part = sizeParts[field];
  if (part !== undefined) return { kind: "resize", tasks, part, size: parseSizeChange(value) };
  if (field === "oom_score_adj" || field === "adj") return { kind: "set-adj", tasks, adj: parseAdj(value) };
  if (field === "oom_adj") return { kind: "set-old-adj", tasks, adj: parseOldAdj(value) };
  throw new EditError(
    `${text}: a process has no ${field} here`,
    `Set oom_score_adj, oom_adj, ${Object.keys(sizeParts).join(", ")}: 812:rss=+2GiB`,
  );
}

const sizeParts: Readonly<Record<string, SizePart>> = { rss: "rss", swap: "swap", pgtables: "page-tables" };

/** Reads which processes are meant: a pid, a name, a cgroup path; `pid:`, `name:` or `cgroup:` before it says which. */
export function parseSelector(text: string): TaskSelector {
  const [, kind, rest] = /^(pid|name|cgroup):(.*)$/s.exec(text) ?? [undefined, undefined, text];
  const value = rest ?? "";
  if (value === "") throw new EditError(`"${text}" names no process`, "Give a pid, a name or a cgroup path");
  if (kind === "pid" || (kind === undefined && /^\d+$/.test(value))) {
    if (!/^\d{1,10}$/.test(value)) throw new EditError(`${value}: not a pid`, "Give a number: 812");
    return { by: "pid", pid: Number(value) };
  }
  if (kind === "cgroup" || (kind === undefined && value.startsWith("/"))) return { by: "cgroup", pattern: value };
  return { by: "name", pattern: value };
}

/** Reads `name=…,rss=…,adj=…`; `swap=`, `pgtables=` and `uid=` too. */
export function parseAdd(text: string): Edit {
  const fields = new Map<string, string>();
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(equals, 0));
    if (!addFields.includes(name)) {
      throw new EditError(`${text}: not a new process`, `Give ${addFields.join("=, ")}=: ${EXAMPLES.add}`);
    }
    fields.set(name, part.slice(equals + 1));
  }
  const size = (name: string): Int64 => {
    const value = fields.get(name);
    return value === undefined ? 0 : parseSize(value);
  };
  const name = fields.get("name") ?? "";
  if (name === "" || !fields.has("rss")) throw new EditError(`${text}: a name and a size are needed`, EXAMPLES.add);
  const uid = fields.get("uid") ?? "1000";
  if (!/^\d{1,10}$/.test(uid)) throw new EditError(`${uid}: not a uid`, EXAMPLES.add);
  const task: NewTask = {
    name,
    rssBytes: size("rss"),
    swapBytes: size("swap"),
    pageTableBytes: size("pgtables"),
    oomScoreAdj: parseAdj(fields.get("adj") ?? "0"),
    uid: Number(uid),
  };
  return { kind: "add", ...task };
}

const addFields: readonly string[] = ["name", "rss", "swap", "pgtables", "adj", "uid"];

/** Reads an `oom_score_adj`. */
export function parseAdj(text: string): number {
  const adj = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (adj >= -1000 && adj <= 1000) return adj + 0;
  throw new EditError(`${text}: not an oom_score_adj`, "It is a whole number from -1000 to 1000");
}

function parseOldAdj(text: string): number {
  const adj = /^[+-]?\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (adj >= -17 && adj <= 15) return adj + 0;
  throw new EditError(`${text}: not an oom_adj`, "It is a whole number from -17 to 15");
}

/** Reads a size; a sign makes it an amount to add or take off. */
export function parseSizeChange(text: string): SizeChange {
  const sign = /^[+-]/.exec(text)?.[0];
  const bytes = parseSize(sign === undefined ? text : text.slice(1));
  return { bytes: sign === "-" ? fromBigInt(-toBigInt(bytes)) : bytes, relative: sign !== undefined };
}

const unitBytes: Readonly<Record<string, bigint>> = { "": 1n, k: 1n << 10n, m: 1n << 20n, g: 1n << 30n, t: 1n << 40n };

/** Reads an amount in binary units, as kernel and cgroup files count: `512M` is 512 MiB. */
export function parseSize(text: string): Int64 {
  const match = /^(\d{1,15})(?:\.(\d{1,6}))?([kmgt]?)(?:i?b)?$/i.exec(text);
  const unit = unitBytes[(match?.[3] ?? "").toLowerCase()];
  if (match === null || unit === undefined) throw new EditError(`${text}: not a size`, `Like these: ${EXAMPLES.size}`);
  const fraction = match[2] ?? "";
  const scaled = BigInt((match[1] ?? "0") + fraction) * unit;
  return fromBigInt(scaled / 10n ** BigInt(fraction.length));
}

/** An edit as it is typed. */
export function editText(edit: Edit): string {
  switch (edit.kind) {
    case "set-adj":
      return `${selectorText(edit.tasks)}:oom_score_adj=${edit.adj}`;
    case "set-old-adj":
      return `${selectorText(edit.tasks)}:oom_adj=${edit.adj}`;
    case "resize":
      return `${selectorText(edit.tasks)}:${edit.part === "page-tables" ? "pgtables" : edit.part}=${sizeText(edit.size)}`;
    case "remove":
      return `remove ${selectorText(edit.tasks)}`;
    case "add":
      return `add name=${edit.name},rss=${bytesText(edit.rssBytes)},adj=${edit.oomScoreAdj}`;
    case "total-ram":
      return `total-ram ${sizeText(edit.size)}`;
    case "swap":
      return `swap ${sizeText(edit.size)}`;
    case "memory-max":
      return `memory-max ${sizeText(edit.size)}`;
    case "allocating-task":
      return `vm.oom_kill_allocating_task=${edit.on ? 1 : 0}`;
    case "on-kernel":
      return `on kernel ${edit.kernel}`;
  }
}

/** A selector as it is typed. */
export function selectorText(selector: TaskSelector): string {
  switch (selector.by) {
    case "pid":
      return `pid:${selector.pid}`;
    case "name":
      return /^\d+$|^\/|^(?:pid|name|cgroup):/.test(selector.pattern) ? `name:${selector.pattern}` : selector.pattern;
    case "cgroup":
      return selector.pattern.startsWith("/") ? selector.pattern : `cgroup:${selector.pattern}`;
  }
}

function sizeText({ bytes, relative }: SizeChange): string {
  const text = bytesText(bytes);
  return relative && !text.startsWith("-") ? `+${text}` : text;
}

/** Bytes in the largest unit that holds them whole. */
function bytesText(bytes: Int64): string {
  const exact = toBigInt(bytes);
  for (const [unit, size] of [
    ["TiB", 1n << 40n],
    ["GiB", 1n << 30n],
    ["MiB", 1n << 20n],
    ["KiB", 1n << 10n],
  ] as const) {
    if (exact !== 0n && exact % size === 0n) return `${exact / size}${unit}`;
  }
  return `${exact}B`;
}
