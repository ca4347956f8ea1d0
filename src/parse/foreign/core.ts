import { type ForeignPattern, subsystem } from "./pattern.js";

/** The kernel's core: security, scheduling, clocks, memory management other than this report, crashes, suspend. */
export const corePatterns: readonly ForeignPattern[] = [
  subsystem(
    "security",
    "audit auditd audit_printk_skb apparmor AppArmor SELinux SMACK Smack TOMOYO Yama LSM lockdown seccomp integrity ima evm " +
      "Lockdown Key",
  ),
  { name: "audit", pattern: /^(?:audit: |audit\(\d|type=\d{4} audit\(|audit_\w+: )/ },
  subsystem(
    "scheduling-and-time",
    "hrtimer clocksource timekeeping tsc TSC Clock NOHZ sched sched_clock workqueue BUG rcu RCU INFO perf NMI watchdog " +
      "hung_task khungtaskd systemd-journald cgroup cgroup1 cgroup2 Cgroup psi smpboot x86 printk klogd kthread",
  ),
  {
    name: "stall",
    pattern:
      /^(?:INFO: (?:task |rcu_|lockdep|NMI)|rcu: (?:INFO|\t|Unless|\(|rcu_)|rcu_\w+ (?:kthread|self-detected)|\t\(detected by|\t\d+-[.!O]|"echo 0 > \/proc\/sys\/kernel\/hung_task|(?:NMI )?watchdog: BUG: soft lockup|BUG: (?:soft|workqueue) lockup|Sending NMI |sending NMI |NMI backtrace for cpu|task:\S|hrtimer: interrupt took|perf: interrupt took too long|perf samples too long|perf interrupt took|sched: RT throttling|Clocksource tsc unstable|workqueue: \S+ hogged|Showing (?:busy workqueues|all locks held)|pool \d+: |workqueue \S+: flags=| {2}pwq \d+: | {4}(?:in-flight|pending): )/,
  },
  {
    name: "rate-limit",
    pattern:
      /^(?:printk: \d+ messages suppressed|\w+: \d+ callbacks suppressed|__ratelimit: |.{0,40}: \d+ output lines suppressed)/,
  },
  {
    name: "crash",
    pattern:
      /^(?:BUG: |WARNING: |Oops: |Oops\b|general protection fault|divide error|kernel BUG at |Kernel panic - |---\[ end |------------\[ cut here|Modules linked in:|Unloaded tainted modules:|Rebooting in \d+ seconds|Kernel Offset: |Dumping ftrace buffer|Mem abort info:|Data abort info:|swapper pgtable:|user pgtable:|Unable to handle kernel|Internal error: |Kernel memory protection|note: \S+\[\d+\] exited|Fixing recursive fault|CPU features: |SMP: stopping secondary CPUs|Starting crashdump kernel|PHYS_OFFSET: |Memory Limit: |Process \S{1,16} \(pid: \d+|Hardware name: |Pid: \d+, comm: |CPU: \d+ (?:UID: \d+ )?PID: \d+ Comm: |PGD [0-9a-f]|P4D |irq event stamp|hardirqs last|softirqs last|\d+ locks? held by|no locks held by| #\d+: )/,
  },
  {
    name: "memory-management",
    pattern:
      /^(?:\S.{0,15}: page allocation failure|\S.{0,15}: page allocation stalls|SLUB: |SLAB: | {1,2}cache: \S+, object size| {1,2}node \d+: slabs:|vmap allocation for size|\S.{0,15}: vmalloc|khugepaged: |ksm: |HugeTLB|hugetlb: |Memory failure: |MCE 0x|soft_offline|Soft offlining|mm\/|swapper: |BUG: Bad (?:page|rss)|Bad page|page:[0-9a-f]|Huh VM_FAULT_OOM|OOM killer (?:disabled|enabled)|memory_?failure|kmemleak: |kasan: |kfence: |page_owner|compaction|pagefault_out_of_memory|Cannot allocate|cma: |cma_alloc|kswapd\d+: |warn_alloc|Normal: page|\S.{0,15}: (?:dirtied|uses) |mempolicy: )/,
  },
  {
    name: "process-warning",
    pattern:
      /^(?:traps: |show_signal|show_signal_msg: |\S.{0,15}\[\d{1,10}\]?:? (?:segfault|general protection|trap |vfs_read|uses|bad frame)|\S.{0,15}\(\d{1,10}\)?: (?:segfault|drop_caches|undefined|WRITE SAME|User )|potentially unexpected fatal signal|warning: `|process `|process '|request_module|fork rejected by pids|cgroup: fork rejected|Process accounting|Code dump|Core dump to|\d+\(\S+\): )/,
  },
  {
    name: "sysrq",
    pattern: /^(?:sysrq: |SysRq : |Emergency Sync|Emergency Remount|sysrq_)/,
  },
  {
    name: "suspend-and-restart",
    pattern:
      /^(?:PM: |Freezing (?:user space|remaining)|Restarting (?:tasks|system)|Suspending console|Resume|reboot: |Power down|machine restart|kexec_core: |random: |crng |livepatch: |kpatch: |ftrace: |kprobe|clockevents: |ACPI: )/,
  },
  {
    name: "loss",
    pattern:
      /^(?:\*\* \d+ printk messages dropped|Missed \d+ kernel messages|imklog|-- Reboot --|last message repeated)/,
  },
];
