import type { OomReport } from "../../src/model/report.js";

/** Fields that stand on another line than the object's own, and the field that cites that line. */
const citedBy: Readonly<Record<string, string>> = {
  lowmemReservePages: "lowmemReserveLine",
  buddy: "buddyLine",
  node: "zoneLine",
};

/** Fields that are places, or follow from others, and are on no line as such. */
const notPrinted = new Set(["line", "endLine", "lowmemReserveLine", "buddyLine", "zoneLine", "taskLine"]);

/**
 * Every number of a report that is not on the line which its object cites, as `path = value (line N)`. The report's own
 * fields (clock, page size) follow from several lines and are left out.
 */
export function findUncited(report: OomReport): readonly string[] {
  const texts = new Map<number, string>();
  for (const { line, text } of report.lines) texts.set(line, `${texts.get(line) ?? ""} ${text}`);
  const found: string[] = [];
  const { trigger, kernel, ...rest } = report;
  // The page size follows from the block; the invoker's pid stands on the processor line.
  const roots = { ...rest, kernel: { ...kernel, pageSizeBytes: null }, trigger: trigger && { ...trigger, pid: null } };
  for (const [name, value] of Object.entries(roots)) walk(value, null, name);
  return found;

  /** `more`: lines after the cited one that belong to it, because a name holds line breaks. */
  function walk(value: unknown, cited: number | null, path: string, more = 0): void {
    if (typeof value === "number" || typeof value === "bigint") {
      if (cited === null) return;
      const text = Array.from({ length: more + 1 }, (_, index) => texts.get(cited + index) ?? "").join(" ");
      if (!holds(text, value)) found.push(`${path} = ${value} (line ${cited})`);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) walk(entry, cited, `${path}[${index}]`);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    const own = typeof fields["line"] === "number" ? fields["line"] : cited;
    const name = typeof fields["name"] === "string" ? fields["name"] : "";
    const breaks = name.split("\n").length - 1;
    for (const [key, field] of Object.entries(fields)) {
      if (notPrinted.has(key)) continue;
      const by = citedBy[key];
      const other = by === undefined ? undefined : fields[by];
      walk(field, typeof other === "number" ? other : own, `${path}.${key}`, breaks);
    }
  }
}

/** Whether the number stands in the text, not as a part of a longer one. */
function holds(text: string, value: number | bigint): boolean {
  return new RegExp(`(?<![\\d.])${value}(?!\\d)`).test(text);
}
