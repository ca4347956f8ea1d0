/* The plan: a list of words a line, values with %XX for what is not plain. */
#include "guest.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void unescape(char *text)
{
	char *to = text;
	for (char *from = text; *from; from++)
		if (*from == '%' && from[1] && from[2]) {
			char digits[3] = {from[1], from[2], 0};
			*to++ = strtol(digits, NULL, 16);
			from += 2;
		} else {
			*to++ = *from;
		}
	*to = 0;
}

/* "f1250" is 12.5 % of the memory that was free when the scenario began, "b4096" is bytes; in whole pages. */
static uint64_t size_of(const char *text)
{
	uint64_t n = strtoull(text + 1, NULL, 10);
	uint64_t bytes = text[0] == 'f' ? free_bytes / 10000 * n : n;
	return (bytes + page_bytes - 1) / page_bytes * page_bytes;
}

static int find_task(const char *id)
{
	for (int k = 0; k < nr_tasks; k++)
		if (!strcmp(tasks[k].id, id))
			return k;
	return -1;
}

static int find_cgroup(const char *path)
{
	for (int i = 0; i < nr_cgroups; i++)
		if (!strcmp(cgroups[i].path, path))
			return i;
	return -1;
}

#define COPY(to, from) snprintf(to, sizeof to, "%s", from)

static void task_word(struct task *t, const char *key, char *value)
{
	static const struct { const char *key; size_t offset; } numbers[] = {
		{"uid", offsetof(struct task, uid)}, {"adj", offsetof(struct task, adj)},
		{"threads", offsetof(struct task, threads)}, {"node", offsetof(struct task, node)},
		{"hugepages", offsetof(struct task, hugepages)}, {"leaderexits", offsetof(struct task, leader_exits)},
		{"sharesmm", offsetof(struct task, shares_mm)}, {"vfork", offsetof(struct task, vfork)},
		{"pidns", offsetof(struct task, pid_namespace)}, {"inherits", offsetof(struct task, inherits)},
		{"locked", offsetof(struct task, locked)}, {"stopped", offsetof(struct task, stopped)},
		{"stuck", offsetof(struct task, stuck)},
	};
	static const struct { const char *key; size_t offset; } sizes[] = {
		{"anon", offsetof(struct task, anon)}, {"file", offsetof(struct task, file)},
		{"shmem", offsetof(struct task, shmem)}, {"shared", offsetof(struct task, shared)},
		{"pagetables", offsetof(struct task, page_tables)}, {"reserved", offsetof(struct task, reserved)},
		{"swapped", offsetof(struct task, swapped)}, {"limit", offsetof(struct task, limit)},
	};
	unescape(value);
	if (!strcmp(key, "id"))
		COPY(t->id, value);
	else if (!strcmp(key, "comm"))
		COPY(t->comm, value);
	else if (!strcmp(key, "key"))
		COPY(t->shared_key, value);
	else if (!strcmp(key, "parent"))
		t->parent = find_task(value);
	else if (!strcmp(key, "cgroup"))
		t->cgroup = find_cgroup(value);
	else if (!strcmp(key, "act"))
		COPY(t->act, value);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!strcmp(key, numbers[i].key))
			*(int *)((char *)t + numbers[i].offset) = atoi(value);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (!strcmp(key, sizes[i].key))
			*(uint64_t *)((char *)t + sizes[i].offset) = size_of(value);
}

static void read_task(char *words)
{
	struct task *t = &tasks[nr_tasks];
	memset(t, 0, sizeof *t);
	t->parent = t->cgroup = t->node = -1;
	for (char *word, *value; (word = strsep(&words, " ")); )
		if ((value = strchr(word, '='))) {
			*value = 0;
			task_word(t, word, value + 1);
		}
	nr_tasks++;
}

static void read_cgroup(char *words)
{
	struct cgroup *c = &cgroups[nr_cgroups];
	memset(c, 0, sizeof *c);
	char *path = strsep(&words, " ");
	unescape(path);
	COPY(c->path, path);
	for (char *word, *value; (word = strsep(&words, " ")) && c->nr_files < MAX_FILES; )
		if ((value = strchr(word, '='))) {
			*value++ = 0;
			COPY(c->files[c->nr_files].name, word);
			c->has_cpuset |= !strncmp(word, "cpuset.", 7);
			if (value[0] == 's') /* as it stands */
				COPY(c->files[c->nr_files].value, value + 1);
			else
				snprintf(c->files[c->nr_files].value, sizeof c->files[0].value, "%llu",
					 (unsigned long long)size_of(value));
			c->nr_files++;
		}
	make_cgroup(c);
	nr_cgroups++;
}

static void read_setting(char *words)
{
	struct setting *s = &settings[nr_settings++];
	char *path = strsep(&words, " ");
	COPY(s->path, path);
	read_file(s->path, s->before, sizeof s->before);
	unescape(words);
	if (write_file(s->path, words))
		frame_error("set", s->path, errno);
}

static int word_number(const char *words, const char *key, int otherwise)
{
	const char *at = strstr(words, key);
	return at ? atoi(at + strlen(key)) : otherwise;
}

void read_plan_line(char *line)
{
	char *words = line, *verb = strsep(&words, " ");
	if (!words)
		words = "";
	if (!strcmp(verb, "module")) {
		load_module(words);
	} else if (!strcmp(verb, "write")) {
		char *path = strsep(&words, " ");
		if (write_file(path, words))
			frame_error("write", path, errno);
	} else if (!strcmp(verb, "swap")) {
		COPY(swap_device, words);
		make_swap(words);
	} else if (!strcmp(verb, "cgroups")) {
		mount_cgroups(atoi(words));
	} else if (!strcmp(verb, "scenario")) {
		begin_scenario(words);
	} else if (!strcmp(verb, "set")) {
		read_setting(words);
	} else if (!strcmp(verb, "cgroup")) {
		read_cgroup(words);
	} else if (!strcmp(verb, "task")) {
		read_task(words);
	} else if (!strcmp(verb, "fire")) {
		build_tasks();
		fire(word_number(words, "kills=", 1), word_number(words, "sysrq=", 0), word_number(words, "timeout=", 30000),
		     word_number(words, "settle=", 300), word_number(words, "loglevel=", 7));
		end_scenario();
	}
}
