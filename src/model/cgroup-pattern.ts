/** A part of a path that differs from run to run, and what stands in its place. The first row that fits a place wins. */
const idRows: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // A pod's UID; systemd writes `_` for `-`.
  [/[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}/g, "<uid>"],
  [/(?<![0-9a-z])r?[0-9a-f]{32,}(?![0-9a-z])/g, "<id>"],
  // Short ids of containers: long enough that no word is one.
  [/(?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{12,31}(?![0-9a-z])/g, "<id>"],
  [/(?<=\/session-c?)\d+(?=\.scope)/g, "<n>"],
  [/(?<=\/run-[a-z]?)\d+(?=\.(?:scope|service))/g, "<n>"],
  // A desktop application's scope ends with the pid that it was started for.
  [/(?<=\/app-[^/]*-)\d+(?=\.scope)/g, "<n>"],
  [/(?<=\/(?:job|step|task|pid)_)\d+(?=\/|$)/g, "<n>"],
  [/(?<=\/machine-qemu\\x2d)\d+/g, "<n>"],
  [/(?<=\/container_(?:e\d{1,9}_)?)\d{6,20}_\d{1,9}_\d{1,9}_\d{1,9}/g, "<id>"],
];

/** Longest path that is looked at; the kernel has no longer ones. */
const longestPath = 4096;

/**
 * A cgroup path with what differs from run to run taken out, so that two runs of one job have one name:
 * `/kubepods/burstable/pod<uid>/<id>`. Users, units, containers with a name and virtual machines stay what they are.
 */
export function cgroupPattern(path: string): string {
  if (path.length > longestPath) return path;
  return idRows.reduce((pattern, [id, replacement]) => pattern.replace(id, replacement), path);
}
