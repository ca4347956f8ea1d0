import type { ForeignPattern } from "./pattern.js";

/** What programs print, on consoles above all, and what people leave in a paste. */
export const programPatterns: readonly ForeignPattern[] = [
  { name: "program", pattern: /^[A-Za-z][\w.@/-]{0,48}\[\d{1,10}\]: / },
  {
    name: "service-manager",
    pattern:
      /^(?:\[ *(?:OK|FAILED|DEPEND|WARN|INFO|TIME) *\]|\[\*{0,3} *\]|(?:Starting|Started|Stopping|Stopped|Reached target|Mounted|Listening on|Created slice|Removed slice) \S|systemd: |init: |dracut|plymouth|rsyslogd|syslog-ng|crond|dockerd|containerd|kubelet|NetworkManager|dhclient|sshd|sudo: )/,
  },
  {
    name: "oom-daemon",
    pattern:
      /^(?:earlyoom|systemd-oomd|oomd|nohang|lmkd|low memory! at or below|mem avail: |sending SIG(?:TERM|KILL) to process)/,
  },
  { name: "login", pattern: /^(?:\S{1,64} login: |Password: |Debian GNU\/Linux |Welcome to |bash-\d|root@\S+[:#])/ },
  {
    // What the lab's guest tells of itself on the console.
    name: "lab-guest",
    pattern:
      /^(?:@@OOMLAB|[ADRSTVYK] (?:id|pid|go_ms|cmdline|release|version|vm\.\w+|oom_kill)[= ]|CG (?:before|after) path=|## \/proc\/| ?(?:ppid|pgrp|uid|threads|oom_score(?:_adj)?|oom_adj|Vm[A-Z]\w+|Rss[A-Z]\w+|HugetlbPages|mems_allowed|capeff)=)/,
  },
  { name: "proc-meminfo", pattern: /^[A-Z][A-Za-z_]{1,24}(?:\([a-z_]{1,8}\)|\d+[kM])?: +\d{1,20}(?: kB)?$/ },
  { name: "proc-swaps", pattern: /^(?:Filename\t|\/\S+ +(?:partition|file)\t)/ },
  {
    name: "elision",
    pattern:
      /^[ \t]*[[(< -]{0,4}(?:\.{2,6}|…)[\])> .:~-]{0,6}$|^[ \t]*[[(<.… -]{0,8}(?:snip(?:ped)?|cut|skipped|truncated|omitted)[\])>.… :~-]{0,8}$|^[ \t]*[:~]$/i,
  },
  { name: "fence", pattern: /^(?:```|~~~|-----+|=====+|#{1,4} )/ },
];
