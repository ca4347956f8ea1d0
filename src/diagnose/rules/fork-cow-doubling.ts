import { frameLike } from "../evidence/log-text.js";
import { percent, type Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["fork-cow-doubling"];

/** Programs that fork to write a snapshot of their memory. */
const snapshotters = /^(?:redis|keydb|valkey|dragonfly|mongod|aerospike|memcached|rdb_)/;

/** A snapshot child doubles its parent's memory. */
export const forkCowDoubling = rule({
  id: "fork-cow-doubling",
  layer: "consumer",
  group: "context",
  basis: "inference",
  needs: ["tasks"],
  meaning:
    "A child that was forked for a snapshot shares its parent's pages until one of them writes: under heavy writes both copies exist.",
  evaluate({ tasks }, context) {
    const group = tasks.groups.find(({ name, processes }) => processes.length === 2 && snapshotters.test(name));
    // The table names no parents: the child has the later pid, unless pids began anew between them.
    const [parent, child] = [...(group?.processes ?? [])].sort((a, b) => a.row.pid - b.row.pid);
    if (parent === undefined || child === undefined) return null;
    const [small, large] = child.rss.value < parent.rss.value ? [child, parent] : [parent, child];
    const alike = percent("size of the smaller against the larger", small.rss, large.rss);
    if (alike.value < 100 - bounds.difference.value || tasks.share(parent.size).value < bounds.share.value) return null;
    const { coverage } = tasks;
    if (coverage !== null && coverage.value < bounds.coverage.value) return null;
    const anonymous = anonymousOf(child.row.rssAnonPages, child.row.line, who(child.row));
    const ofParent = anonymous === null ? null : percent("anonymous part of the child", anonymous, parent.rss);
    const copying = frameLike(context, /^(?:do_)?wp_page(?:_copy)?$/);
    if ((ofParent === null || ofParent.value < bounds.anonymous.value) && copying === null) return null;
    return {
      title: `${who(child.row)} looks like a snapshot child of ${who(parent.row)}: pages that either writes exist twice`,
      confidence: "medium",
      severity: "notice",
      evidence: [
        alike,
        ...(ofParent === null ? [] : [ofParent]),
        ...(coverage === null ? [] : [coverage]),
        ...(copying === null ? [] : [copying]),
      ],
      advice: [
        "See what the last snapshot copied: `redis-cli info persistence | grep cow`.",
        "Give it memory for twice the data, or `maxmemory` at most 60 % of RAM, or fewer snapshots. vm.overcommit_memory=1 only keeps the fork from failing.",
      ],
      ...(coverage === null
        ? {}
        : {
            meaning: `The rows hold ${share(coverage)} of what there is: what is above 100 % is still shared, and would be copied too.`,
          }),
    };
  },
});

/** A forked child counts pages that it still shares, too. */
function anonymousOf(pages: number | bigint | undefined, line: number, name: string): Quantity | null {
  return pages === undefined
    ? null
    : { name: `rss_anon of ${name}`, value: Number(pages), unit: "pages", lines: [line] };
}
