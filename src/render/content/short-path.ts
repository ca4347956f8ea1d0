/** Ids longer than this are told apart by their first digits: of a container, a pod, a session. */
const ID_DIGITS = 12;

const longId = /[0-9a-f]{32,}/g;

/** Longest path that stands whole in a sentence. */
const LONGEST = 40;

/** A name with its long ids cut. */
export function shortIds(name: string): string {
  return name.replace(longId, (id) => `${id.slice(0, ID_DIGITS)}…`);
}

/** A cgroup path short enough for one line: its last part, ids cut. The whole path stands elsewhere. */
export function shortPath(path: string): string {
  if (path.length <= LONGEST) return path;
  return `…${shortIds(path.slice(Math.max(0, path.lastIndexOf("/"))))}`;
}
