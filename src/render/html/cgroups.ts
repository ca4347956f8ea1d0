import type { View } from "../content/view.js";
import { formatKb, formatPages } from "../quantity.js";
import { bar } from "./bar.js";
import { lineLink, logText } from "./blocks.js";
import { type Child, type Element, h } from "./element.js";

/** The cgroups from the root to the victim's, with the limit that was hit and what the log shows of each. */
export function cgroupTree(view: View): Element | null {
  const { report, cgroups } = view;
  if (report.constraint !== "CONSTRAINT_MEMCG") return null;
  const oom = report.cgroup.oomMemcg;
  const task = report.cgroup.taskMemcg;
  const paths = new Set<string>();
  for (const path of [oom, task, ...(report.memcg?.stats ?? []).map((stats) => stats.path)]) {
    if (path !== null) for (const ancestor of ancestorsOf(path)) paths.add(ancestor);
  }
  if (paths.size === 0) return null;
  const root: TreeNode = { path: "/", name: "/", children: [] };
  const nodes = new Map([["/", root]]);
  for (const path of [...paths].sort()) {
    if (path === "/") continue;
    const at = path.lastIndexOf("/");
    const parent = nodes.get(at <= 0 ? "/" : path.slice(0, at)) ?? root;
    const node: TreeNode = { path, name: path.slice(at + 1), children: [] };
    nodes.set(path, node);
    parent.children.push(node);
  }
  const identified = new Map(
    [cgroups?.oomMemcg, cgroups?.taskMemcg].flatMap((one) =>
      one == null || one.kind === "unknown" || one.kind === "root" ? [] : [[one.path, one.name] as const],
    ),
  );
  return h("figure", { class: "cgroups" }, h("ul", { class: "tree" }, treeItem(root, view, identified)));
}

interface TreeNode {
  readonly path: string;
  readonly name: string;
  readonly children: TreeNode[];
}

function ancestorsOf(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
}

function treeItem(node: TreeNode, view: View, identified: ReadonlyMap<string, string>): Element {
  const { report } = view;
  const isOom = samePath(report.cgroup.oomMemcg, node.path);
  const isVictims = samePath(report.cgroup.taskMemcg, node.path);
  const known = identified.get(node.path);
  return h(
    "li",
    {},
    h(
      "div",
      { class: isOom ? "marked" : undefined },
      logText(node.name),
      known === undefined ? null : ` ${known}`,
      isOom ? h("span", { class: "tag tone-bad" }, "limit hit here") : null,
      isVictims ? h("span", { class: "tag" }, "the victim's") : null,
      isOom ? limits(view) : statsWords(node.path, view),
    ),
    node.children.length === 0
      ? null
      : h(
          "ul",
          {},
          node.children.map((child) => treeItem(child, view, identified)),
        ),
  );
}

function samePath(path: string | null, node: string): boolean {
  return path !== null && (path === node || `${node}/` === path);
}

function limits({ report }: View): Child {
  return (report.memcg?.limits ?? []).map(({ name, usageKb, limitKb, unlimited, line }) => {
    const used = Number(usageKb);
    const limit = Number(limitKb);
    return h(
      "div",
      { class: "limit" },
      h("span", { class: "who" }, name, " ", lineLink([line], `:${line}`)),
      unlimited || limit <= 0
        ? h("span", { class: "drawn" })
        : h(
            "span",
            { class: "drawn" },
            bar([{ kind: "anon", share: used / Math.max(used, limit) }], {
              marks: [{ at: limit / Math.max(used, limit), kind: "limit" }],
            }),
          ),
      h(
        "span",
        { class: "says" },
        `${formatKb(usageKb)} used, ${unlimited ? "no limit" : `limit ${formatKb(limitKb)}`}`,
      ),
    );
  });
}

/** What the log prints of a cgroup below (v3.9 to v5.2 print each). */
function statsWords(path: string, { report, pageSizeBytes }: View): Child {
  const stats = report.memcg?.stats.find((one) => samePath(one.path, path));
  if (stats === undefined) return null;
  const shown = stats.counters
    .filter(({ value, unit }) => Number(value) > 0 && unit !== "count")
    .toSorted((a, b) => Number(b.value) - Number(a.value))
    .slice(0, 3);
  const words = shown.map(({ name, value, unit }) => {
    if (unit === "kB") return `${name} ${formatKb(value)}`;
    if (unit === "pages" && pageSizeBytes !== null) return `${name} ${formatPages(value, pageSizeBytes)}`;
    return `${name} ${formatPages(value, 1)}`;
  });
  return h(
    "span",
    { class: "aside" },
    words.length === 0 ? "" : ` ${words.join(", ")} `,
    lineLink([stats.line], `:${stats.line}`),
  );
}
