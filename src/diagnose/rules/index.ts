import type { AnyRule } from "../rule.js";
import { adjDominated } from "./adj-dominated.js";
import { allocatingTask } from "./allocating-task.js";
import { balloon } from "./balloon.js";
import { bpfOom } from "./bpf-oom.js";
import { childSacrificed } from "./child-sacrificed.js";
import { cmaNotUsable } from "./cma-not-usable.js";
import { collateralVictim } from "./collateral-victim.js";
import { compressedSwapPool } from "./compressed-swap-pool.js";
import { cpusetLimit } from "./cpuset-limit.js";
import { dirtyPagesStuck } from "./dirty-pages-stuck.js";
import { dmaZoneExhausted } from "./dma-zone-exhausted.js";
import { doubleKill } from "./double-kill.js";
import { fileCacheNotReclaimed } from "./file-cache-not-reclaimed.js";
import { forkCowDoubling } from "./fork-cow-doubling.js";
import { fragmentationHighOrder } from "./fragmentation-high-order.js";
import { gpuMemory } from "./gpu-memory.js";
import { hugepagesReserved } from "./hugepages-reserved.js";
import { jvmOverLimit } from "./jvm-over-limit.js";
import { killStorm } from "./kill-storm.js";
import { leakGrowing } from "./leak-growing.js";
import { lowmemExhausted } from "./lowmem-exhausted.js";
import { manyTasksSum } from "./many-tasks-sum.js";
import { memcgDirtyWriteback } from "./memcg-dirty-writeback.js";
import { memcgKernelMemory } from "./memcg-kernel-memory.js";
import { memcgLimitAncestor } from "./memcg-limit-ancestor.js";
import { memcgLimitOwn } from "./memcg-limit-own.js";
import { memcgLimitTooSmall } from "./memcg-limit-too-small.js";
import { memcgSocketBuffers } from "./memcg-socket-buffers.js";
import { memcgSwapDisabled } from "./memcg-swap-disabled.js";
import { memcgSwapLimit } from "./memcg-swap-limit.js";
import { memcgTmpfs } from "./memcg-tmpfs.js";
import { memcgUnaccounted } from "./memcg-unaccounted.js";
import { memcgV1Memsw } from "./memcg-v1-memsw.js";
import { mglruMinTtl } from "./mglru-min-ttl.js";
import { minFreeTooLarge } from "./min-free-too-large.js";
import { mlockedUnevictable } from "./mlocked-unevictable.js";
import { movableOnlyNode } from "./movable-only-node.js";
import { noKillable } from "./no-killable.js";
import { noSwap } from "./no-swap.js";
import { numaMempolicy } from "./numa-mempolicy.js";
import { oomGroup } from "./oom-group.js";
import { oomOrigin } from "./oom-origin.js";
import { overcommit } from "./overcommit.js";
import { pageFaultOom } from "./page-fault-oom.js";
import { pageTablesHog } from "./page-tables-hog.js";
import { panicOnOom } from "./panic-on-oom.js";
import { pid1Hog } from "./pid1-hog.js";
import { protectedConsumer } from "./protected-consumer.js";
import { reservedMemoryLarge } from "./reserved-memory-large.js";
import { restartLoop } from "./restart-loop.js";
import { sameNameGroup } from "./same-name-group.js";
import { selectionKernelDefect } from "./selection-kernel-defect.js";
import { sharedMemoryDatabase } from "./shared-memory-database.js";
import { shmemTmpfsHog } from "./shmem-tmpfs-hog.js";
import { singleAnonHog } from "./single-anon-hog.js";
import { slabReclaimableStuck } from "./slab-reclaimable-stuck.js";
import { slabUnreclaimableLeak } from "./slab-unreclaimable-leak.js";
import { swapFull } from "./swap-full.js";
import { swapUnused } from "./swap-unused.js";
import { sysrqF } from "./sysrq-f.js";
import { threadStormStacks } from "./thread-storm-stacks.js";
import { tinyRamOrKdump } from "./tiny-ram-or-kdump.js";
import { unaccountedKernelPages } from "./unaccounted-kernel-pages.js";
import { victimNotDying } from "./victim-not-dying.js";
import { watermarkBoost } from "./watermark-boost.js";
import { zfsArc } from "./zfs-arc.js";

/** Those that say which limit was hit, where the report itself does not. */
export const limitRules: readonly AnyRule[] = [sysrqF];

/** All diagnoses. Where the ranking finds two equal, the one that stands first here comes first. */
export const rules: readonly AnyRule[] = [
  // Was it a shortage at all, and who asked.
  sysrqF,
  oomOrigin,
  bpfOom,
  pageFaultOom,
  mglruMinTtl,
  // Memory was free, but not for this request: the most specific first.
  tinyRamOrKdump,
  movableOnlyNode,
  cmaNotUsable,
  fragmentationHighOrder,
  dmaZoneExhausted,
  lowmemExhausted,
  cpusetLimit,
  numaMempolicy,
  // Inside a memory cgroup.
  memcgLimitTooSmall,
  memcgDirtyWriteback,
  memcgTmpfs,
  memcgKernelMemory,
  memcgSocketBuffers,
  memcgLimitAncestor,
  memcgLimitOwn,
  memcgV1Memsw,
  memcgSwapLimit,
  memcgSwapDisabled,
  memcgUnaccounted,
  // What used the memory: processes.
  protectedConsumer,
  sameNameGroup,
  singleAnonHog,
  pid1Hog,
  manyTasksSum,
  // What used the memory: the kernel, shared memory, reservations.
  shmemTmpfsHog,
  sharedMemoryDatabase,
  slabUnreclaimableLeak,
  slabReclaimableStuck,
  pageTablesHog,
  threadStormStacks,
  hugepagesReserved,
  mlockedUnevictable,
  compressedSwapPool,
  balloon,
  zfsArc,
  gpuMemory,
  unaccountedKernelPages,
  // How it came to be used.
  jvmOverLimit,
  forkCowDoubling,
  leakGrowing,
  // Why this victim.
  childSacrificed,
  allocatingTask,
  adjDominated,
  oomGroup,
  noKillable,
  panicOnOom,
  victimNotDying,
  doubleKill,
  selectionKernelDefect,
  collateralVictim,
  // More than one kill.
  killStorm,
  restartLoop,
  // Why it could not be reclaimed.
  swapFull,
  swapUnused,
  noSwap,
  dirtyPagesStuck,
  fileCacheNotReclaimed,
  // Settings.
  minFreeTooLarge,
  watermarkBoost,
  reservedMemoryLarge,
  overcommit,
];
