/* What was true just before, as /proc shows it. */
#include "guest.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mman.h>

void frame_cgroups(const char *when)
{
	static const char *const names[] = {
		"memory.max", "memory.swap.max", "memory.oom.group", "memory.current", "memory.events", "cpuset.mems.effective",
		"memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.swappiness", "memory.usage_in_bytes",
		"memory.oom_control", "cpuset.effective_mems",
	};
	char path[320], name[400];
	for (int i = 0; i < nr_cgroups; i++)
		for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
			cgroup_file(path, sizeof path, &cgroups[i], names[j]);
			snprintf(name, sizeof name, "cgroup-%s %s %.256s", when, names[j], cgroups[i].path);
			frame_file(name, path);
		}
}

/* The lines of a /proc/PID/status that tell sizes and identity, then the scores. */
static void frame_task(const char *id, int pid)
{
	static const char *const kept[] = {"Name:", "State:", "Tgid:", "Pid:", "PPid:", "Uid:", "Vm", "Rss", "Threads:",
					   "CapEff:", "Mems_allowed_list:", "HugetlbPages:"};
	static char status[8192], text[4096];
	char path[64], name[80], value[32];
	struct dirent *e;
	DIR *d;
	int n = 0;
	/* An exited leader has no sizes of its own: those of its first living thread are the process's. */
	snprintf(path, sizeof path, "/proc/%d/task", pid);
	d = opendir(path);
	n += snprintf(text + n, sizeof text - n, "Tids:\t");
	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.' && n < 3000)
			n += snprintf(text + n, sizeof text - n, "%s ", e->d_name);
	if (d)
		closedir(d);
	n += snprintf(text + n, sizeof text - n, "\n");
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	read_file(path, status, sizeof status);
	if (!status[0])
		frame_error(id, "died-before-the-trigger", ESRCH);
	if (!strstr(status, "VmRSS:")) {
		char *first = strstr(text, " ");
		snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, first ? atoi(first) : pid);
		read_file(path, status, sizeof status);
	}
	for (char *line = status, *end; (end = strchr(line, '\n')); line = end + 1)
		for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
			if (!strncmp(line, kept[i], strlen(kept[i])) && n < (int)sizeof text - 200) {
				n += snprintf(text + n, sizeof text - n, "%.*s\n", (int)(end - line), line);
				break;
			}
	snprintf(path, sizeof path, "/proc/%d/oom_score", pid);
	read_file(path, value, sizeof value);
	n += snprintf(text + n, sizeof text - n, "oom_score:\t%s", value);
	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", pid);
	read_file(path, value, sizeof value);
	n += snprintf(text + n, sizeof text - n, "oom_score_adj:\t%s", value);
	snprintf(name, sizeof name, "task %.40s %d", id, pid);
	frame_text(name, text, n);
}

static void frame_zones(void)
{
	static char zones[32768], text[4096];
	int n = 0;
	read_file("/proc/zoneinfo", zones, sizeof zones);
	for (char *line = zones, *end; (end = strchr(line, '\n')); line = end + 1) {
		char *word = line + strspn(line, " ");
		if ((!strncmp(word, "Node", 4) || !strncmp(word, "spanned", 7) || !strncmp(word, "present", 7) ||
		     !strncmp(word, "managed", 7)) && n < (int)sizeof text - 80)
			n += snprintf(text + n, sizeof text - n, "%.*s\n", (int)(end - word), word);
	}
	frame_text("zoneinfo", text, n);
}

void frame_state(void)
{
	frame_file("meminfo", "/proc/meminfo");
	frame_file("swaps", "/proc/swaps");
	frame_zones();
	frame_cgroups("before");
	for (int k = 0; k < nr_tasks; k++)
		frame_task(tasks[k].id, board->slots[k].pid);
}

void frame_log(void)
{
	int size = klogctl(10 /* SYSLOG_ACTION_SIZE_BUFFER */, NULL, 0) * 2;
	char *log = map(size, MAP_PRIVATE, -1);
	int n = log ? klogctl(3 /* SYSLOG_ACTION_READ_ALL */, log, size) : -1;
	if (n >= 0)
		frame_text("log", log, n);
	else
		frame_error("init", "syslog", errno);
	if (log)
		munmap(log, size);
}
