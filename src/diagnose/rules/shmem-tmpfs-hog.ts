import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { percent, product } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["shmem-tmpfs-hog"];

/** tmpfs files or shared memory that no process maps. */
export const shmemTmpfsHog = rule({
  id: "shmem-tmpfs-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning:
    "Files in a RAM file system (/dev/shm, /tmp, /run, a build directory) or orphaned shared memory fill the machine. Killing processes does not free them: the victims are collateral.",
  evaluate({ machine }, context) {
    const shmem = machine.sheet.within.get("shmem");
    const { unmappedShmem } = machine;
    if (shmem === undefined || unmappedShmem === null) return null;
    const part = machine.share(shmem);
    const unmapped = percent("unmapped part of shmem", unmappedShmem, shmem);
    if (part.value < bounds.share.value || unmapped.value < bounds.unmapped.value) return null;
    const cap = product("a quarter of RAM", machine.sheet.total, 0.25);
    return {
      title: `tmpfs files or shared memory hold ${context.text.size(shmem)}, ${share(part)} of RAM, and no process maps most of it`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      evidence: [part, unmapped],
      contradicts: explainedByRows(context, shmem.value),
      advice: [
        "Find the files: `df -h -t tmpfs; du -xsh /dev/shm /tmp /run; ipcs -mu; lsof +L1`.",
        {
          text: `Delete what is not needed and cap the mount: \`mount -o remount,size=${context.text.setting(cap)} /MOUNTPOINT\`; put build directories on disk.`,
          by: [cap],
        },
      ],
      pages: shmem.value,
    };
  },
});

/** Since v6.8 the rows tell how much shmem they map; that it adds up to all of it speaks against files. */
function explainedByRows(context: Context, shmemPages: number): string[] {
  const tasks = context.fact("tasks");
  if (tasks instanceof Lacking || tasks.rssShmem === null || tasks.rssShmem.value < shmemPages) return [];
  return [`The rows map ${context.text.size(tasks.rssShmem)} of shmem, as much as there is.`];
}
