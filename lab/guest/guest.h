/* The guest's program: what its parts know of each other. init.c tells what it is. */
#pragma once
#define _GNU_SOURCE
#include <stdint.h>
#include <stddef.h>

#define MAX_TASKS 48
#define MAX_CGROUPS 16
#define MAX_FILES 10
#define MAX_SETTINGS 16

/* A process of the scenario; lab/scenario.ts says what its fields mean. */
struct task {
	char id[32], comm[16], shared_key[16], act[16];
	int parent, cgroup, uid, adj, threads, node, hugepages;
	int leader_exits, shares_mm, vfork, pid_namespace, inherits, locked, stopped, stuck;
	uint64_t anon, file, shmem, shared, page_tables, reserved, swapped, limit;
};

struct cgroup {
	char path[256];
	int nr_files, has_cpuset;
	struct { char name[40], value[40]; } files[MAX_FILES];
};

/* A file of /proc/sys that the scenario sets, and what it held before. */
struct setting { char path[96], before[64]; };

/* What init and one task tell each other. */
enum command { NO_COMMAND, SPAWN, SETUP, BUILD, ACT };
struct slot { _Atomic int pid, command, argument, done, error; };
/* Shared by all processes. Everything that acts looks at stop. */
struct board { _Atomic int stop; struct slot slots[MAX_TASKS]; };

/* init.c */
extern struct task tasks[MAX_TASKS];
extern struct cgroup cgroups[MAX_CGROUPS];
extern struct setting settings[MAX_SETTINGS];
extern int nr_tasks, nr_cgroups, nr_settings;
extern struct board *board;
extern long page_bytes;
extern uint64_t free_bytes; /* when the scenario began */
extern int cgroup_version;
extern char swap_device[32];

/* system.c */
int64_t now_ms(void);
void sleep_ms(int ms);
void futex_wait(_Atomic int *word, int value, int timeout_ms);
void futex_wake(_Atomic int *word);
int block_forever(void *unused);
int read_file(const char *path, char *buffer, int size);
int write_file(const char *path, const char *text);
long long number_in(const char *path, const char *name);
void console_level(int level);

/* frames.c */
void frame(const char *format, ...) __attribute__((format(printf, 1, 2)));
void frame_text(const char *name, const char *text, int n);
void frame_file(const char *name, const char *path);
void frame_error(const char *who, const char *what, int error);

/* memory.c */
void fill(char *start, uint64_t bytes, _Atomic int *stop);
char *map(uint64_t bytes, int flags, int fd);
int map_and_fill(uint64_t bytes, int flags, int fd, char **where);
int build_memory(const struct task *t);

/* task.c */
int spawn(int k);

/* acts.c */
void act(const struct task *t);
void read_disk(void);

/* surroundings.c */
void cgroup_file(char *path, size_t size, const struct cgroup *c, const char *name);
void make_cgroup(const struct cgroup *c);
void enter_cgroup(const struct task *t, int pid);
void remove_cgroups(void);
void mount_cgroups(int version);
void empty_directory(const char *path);
void make_swap(const char *device);
void limit_disk(const struct task *t, const char *bytes_per_second);
void load_module(const char *path);

/* state.c */
void frame_cgroups(const char *when);
void frame_state(void);
void frame_log(void);

/* scenario.c */
void begin_scenario(const char *name);
void build_tasks(void);
void fire(int kills, int sysrqs, int timeout_ms, int settle_ms, int loglevel);
void end_scenario(void);

/* plan.c */
void read_plan_line(char *line);
