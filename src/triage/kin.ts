/**
 * Causes that are degrees or readings of one thing, and change from report to report while the problem stays: whether
 * one process holds half of the memory or many hold a tenth each, whether a kernel prints which level's limit was hit.
 */
const kinOf: Readonly<Record<string, readonly string[]>> = {
  processes: [
    "shared-memory-database",
    "protected-consumer",
    "same-name-group",
    "single-anon-hog",
    "pid1-hog",
    "many-tasks-sum",
  ],
  "memcg-limit": ["memcg-limit-own", "memcg-limit-ancestor", "memcg-limit-too-small"],
};

const kinByCause: ReadonlyMap<string, string> = new Map(
  Object.entries(kinOf).flatMap(([kin, causes]) => causes.map((cause) => [cause, kin])),
);

/** What stands for a cause when reports are grouped: its kin, or itself. */
export function kinOfCause(cause: string): string {
  return kinByCause.get(cause) ?? cause;
}
