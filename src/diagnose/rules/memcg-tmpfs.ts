import { lookAtCgroup } from "../advice/commands.js";
import { limitOwner, shareOfLimit } from "../evidence/cgroup.js";
import { Lacking } from "../facts.js";
import { difference, percent, product } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-tmpfs"];

/** Files of a tmpfs fill a memory cgroup. */
export const memcgTmpfs = rule({
  id: "memcg-tmpfs",
  layer: "consumer",
  group: "memcg-cause",
  basis: "inference",
  needs: ["memcg"],
  meaning:
    "Files of a tmpfs (an emptyDir of medium Memory, /dev/shm, /tmp) are charged to the cgroup that wrote them. They stay when the container restarts, and kill it again.",
  evaluate({ memcg }, context) {
    const shmem = memcg.within.get("shmem");
    if (shmem === undefined || memcg.hit.unlimited) return null;
    const part = shareOfLimit("shmem part of the limit", shmem, memcg);
    if (part.value < bounds.share.value) return null;
    const tasks = context.fact("tasks");
    const rows = tasks instanceof Lacking ? null : (tasks.rssShmem ?? tasks.rss);
    const mapped = rows === null ? null : percent("rows against shmem", rows, shmem);
    const anon = memcg.terms.get("anon");
    const tenth = product("a tenth of the limit", memcg.limit, 0.1);
    const room = difference("room for files", memcg.limit, ...(anon === undefined ? [] : [anon]), tenth);
    const size = context.text.setting(room.value > 0 ? room : tenth);
    const pod = limitOwner(memcg)?.podUid !== undefined;
    return {
      title: `tmpfs files or shared memory take ${context.text.size(shmem)}, ${share(part)} of the cgroup's limit`,
      confidence: mapped === null || mapped.value < 100 ? "high" : "medium",
      evidence: [part, ...(mapped === null ? [] : [mapped])],
      advice: [
        {
          // What processes have here, and a tenth to spare, is left to them.
          text: pod
            ? `Find the files: \`kubectl exec POD -- df -h -t tmpfs\`; give the volume a sizeLimit of ${size}i at most; delete the pod to free them.`
            : `Find the files: \`df -h -t tmpfs\` in the container's mount namespace; mount with size=${size} at most.`,
          by: [room.value > 0 ? room : tenth],
        },
        lookAtCgroup(memcg.path, context),
      ],
      pages: shmem.value,
    };
  },
});
