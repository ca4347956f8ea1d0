import { protectedTrigger, type Scenario, scenario, type Task } from "../scenario.js";

const abc: readonly Task[] = [
  { id: "a", anon: 5 },
  { id: "b", anon: 20 },
  { id: "c", adj: 200, anon: 10 },
];

/** Other ways into the OOM killer than a growing task, and lines of others between its own. */
export const triggers: readonly Scenario[] = [
  scenario({
    name: "g_sysrq",
    title: "sysrq-f kills the task with the most points",
    decidedBy: ["points"],
    sysrq: 1,
    tasks: abc,
  }),
  scenario({
    name: "g_sysrq3",
    title: "sysrq-f three times, each after the death before it",
    decidedBy: ["points"],
    sysrq: 3,
    kills: 3,
    tasks: [...abc, { id: "d", anon: 21 }],
  }),
  scenario({
    name: "g_sysrq_nokill",
    title: "sysrq-f with everybody protected: nobody dies and no panic",
    decidedBy: ["no-victim"],
    sysrq: 1,
    kills: 0,
    timeoutMs: 1500,
    tasks: [
      { id: "a", adj: -1000, anon: 5 },
      { id: "b", adj: -1000, anon: 20 },
    ],
  }),
  scenario({
    name: "g_sysrq_panic2",
    title: "sysrq-f ignores vm.panic_on_oom=2",
    decidedBy: ["points"],
    sysrq: 1,
    sysctls: { "vm.panic_on_oom": 2 },
    tasks: [
      { id: "a", anon: 5 },
      { id: "b", anon: 20 },
    ],
  }),
  scenario({
    name: "g_sysrq_ties3",
    title: "sysrq-f twice on three equal tasks: last, then last but one",
    decidedBy: ["tie-order"],
    sysrq: 2,
    kills: 2,
    tasks: [
      { id: "t1", anon: 10 },
      { id: "t2", anon: 10 },
      { id: "t3", anon: 10 },
    ],
  }),
  scenario({
    name: "g_noise_kmsg",
    title: "A program writes to /dev/kmsg while the report is printed",
    decidedBy: ["points"],
    machine: { kernelArguments: ["printk.devkmsg=on"] },
    tasks: [{ id: "idlehog", anon: 50 }, { id: "noise", comm: "systemd", adj: -1000, act: "kmsg" }, protectedTrigger],
  }),
  scenario({
    name: "g_noise_console",
    title: "A program writes to the console while the report is printed",
    decidedBy: ["points"],
    tasks: [{ id: "idlehog", anon: 50 }, { id: "noise", comm: "app", adj: -1000, act: "console" }, protectedTrigger],
  }),
];
