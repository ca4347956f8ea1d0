import { readdir } from "node:fs/promises";

const SPECIAL = /[*?[]/;

/** Whether a path may be a pattern of a shell that did not expand it (`'kern.log*'`). */
export function isPattern(path: string): boolean {
  return SPECIAL.test(path);
}

/**
 * The paths that a pattern names, sorted: `*`, `?` and `[a-z]` within a name; a name that begins with a dot only by a
 * pattern that does. Names that are not UTF-8 are not found so.
 */
export async function expandPattern(pattern: string): Promise<string[]> {
  let found = [pattern.startsWith("/") ? "/" : ""];
  for (const part of pattern.split("/").filter((part) => part !== "")) {
    const next: string[] = [];
    for (const folder of found) {
      const names = SPECIAL.test(part) ? await matching(folder, part) : [part];
      next.push(...names.map((name) => (folder === "" || folder.endsWith("/") ? folder + name : `${folder}/${name}`)));
    }
    found = next;
  }
  return found;
}

async function matching(folder: string, part: string): Promise<string[]> {
  const names = await readdir(folder === "" ? "." : folder).catch((): string[] => []);
  const expression = toExpression(part);
  return names.filter((name) => expression.test(name) && (part.startsWith(".") || !name.startsWith("."))).sort();
}

function toExpression(part: string): RegExp {
  const source = part.replace(/\*+|\?|\[!?\]?[^\]]*\]|[\\^$.|+()[\]{}]/g, (special) => {
    if (special.startsWith("*")) return ".*";
    if (special === "?") return ".";
    if (special.length > 2)
      return `[${special
        .slice(1, -1)
        .replace(/^!/, "^")
        .replaceAll(/[\\[\]]/g, "\\$&")}]`;
    return `\\${special}`;
  });
  return new RegExp(`^${source}$`, "su");
}
