import type { IneligibleReason } from "../../model/replay.js";

/** Why a task can not be chosen, in words. */
export const ineligibleWords: Readonly<Record<IneligibleReason, string>> = {
  init: "init is never killed",
  "kernel-thread": "kernel thread",
  "no-mm": "has exited, no memory of its own",
  "oom-score-adj-min": "oom_score_adj -1000: never killed",
  "oom-adj-disable": "oom_adj -17: never killed",
  "mm-shared-with-oom-score-adj-min": "shares its memory with a process at oom_score_adj -1000",
  "oom-skip": "memory already reaped or given up (MMF_OOM_SKIP)",
  vfork: "in vfork, on its parent's memory",
  "outside-memcg": "outside the memory cgroup",
  "outside-cpuset": "no memory on the nodes of the cpuset",
  "outside-mempolicy": "no memory on the nodes of the memory policy",
  "points-wrapped-to-0": "points wrapped to 0 (C integer overflow)",
};
