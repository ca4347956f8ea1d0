/*
 * The guest's /init: builds the tasks of a scenario, makes memory run out, and tells over the serial console what was
 * true just before and who died. One statically linked program. docs/lab.md describes /plan, which it reads, and the
 * frames, which it writes.
 *
 * Three rules keep the truth true:
 * - every task but those that act is blocked in futex(2) when the state is read from /proc;
 * - between that reading and the kill this process only waits: it allocates nothing and prints nothing;
 * - while frames are written the kernel's console is silent, so that no kernel line lands inside a frame.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define MAX_TASKS 48
#define MAX_CGROUPS 16
#define MAX_FILES 10
#define MAX_SETTINGS 16
#define STACK_BYTES (64 * 1024)
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#ifdef SYS_setresuid32 /* 32-bit: the plain call takes 16-bit ids */
#define SETRESUID SYS_setresuid32
#else
#define SETRESUID SYS_setresuid
#endif

struct task {
	char id[32], comm[16], shared_key[16];
	const char *act;
	int parent, cgroup, uid, adj, threads, node, hugepages;
	int leader_exits, shares_mm, vfork, pid_namespace, inherits, locked, stopped;
	uint64_t anon, file, shmem, shared, page_tables, reserved, swapped, limit;
};

struct cgroup {
	char path[256];
	int nr_files, has_cpuset;
	struct { char name[40], value[40]; } files[MAX_FILES];
};

struct setting { char path[96], before[64]; };

/* What init and one task tell each other. */
enum command { NO_COMMAND, SPAWN, SETUP, BUILD, ACT };
struct slot { _Atomic int pid, command, argument, done, error; };
/* Shared by all processes. */
struct board { _Atomic int stop; struct slot slots[MAX_TASKS]; };

static struct task tasks[MAX_TASKS];
static struct cgroup cgroups[MAX_CGROUPS];
static struct setting settings[MAX_SETTINGS];
static int nr_tasks, nr_cgroups, nr_settings;
static struct board *board;
static long page_bytes;
static uint64_t free_bytes;
static int cgroup_version, sequence, reports_lately;
static char swap_device[32];

/* ---- time, waiting, files ---- */

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(int ms)
{
	struct timespec t = {ms / 1000, (ms % 1000) * 1000000L};
	nanosleep(&t, NULL);
}

static void futex_wait(_Atomic int *word, int value, int timeout_ms)
{
	struct timespec t = {timeout_ms / 1000, (timeout_ms % 1000) * 1000000L};
	syscall(SYS_futex, word, FUTEX_WAIT, value, timeout_ms < 0 ? NULL : &t, NULL, 0);
}

static void futex_wake(_Atomic int *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static int block_forever(void *unused)
{
	static _Atomic int never;
	(void)unused;
	while (!never)
		futex_wait(&never, 0, -1);
	return 0;
}

static int read_file(const char *path, char *buffer, int size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), n = 0, r;
	buffer[0] = 0;
	if (fd < 0)
		return -1;
	while (n < size - 1 && (r = read(fd, buffer + n, size - 1 - n)) > 0)
		n += r;
	buffer[n] = 0;
	close(fd);
	return n;
}

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), r;
	if (fd < 0)
		return -1;
	r = write(fd, text, strlen(text));
	close(fd);
	return r < 0 ? -1 : 0;
}

/* The number behind "name" in a file such as /proc/meminfo; -1 when there is none. */
static long long number_in(const char *path, const char *name)
{
	static char buffer[16384];
	char *at;
	read_file(path, buffer, sizeof buffer);
	at = strstr(buffer, name);
	return at ? atoll(at + strlen(name)) : -1;
}

/* ---- frames: "~oomlab SEQUENCE CRC TEXT", the checksum over "SEQUENCE TEXT" ---- */

static uint32_t crc32(const char *text)
{
	uint32_t c = 0xffffffff;
	while (*text) {
		c ^= (uint8_t)*text++;
		for (int i = 0; i < 8; i++)
			c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

static void frame(const char *format, ...)
{
	char body[1024], line[1088];
	int n = snprintf(body, sizeof body, "%d ", sequence), size;
	va_list args;
	va_start(args, format);
	vsnprintf(body + n, sizeof body - n, format, args);
	va_end(args);
	size = snprintf(line, sizeof line, "~oomlab %d %08x %s\n", sequence, crc32(body), body + n);
	sequence++;
	for (int done = 0, r; done < size; done += r)
		if ((r = write(1, line + done, size - done)) <= 0)
			break;
}

/* Raw text as a "text NAME" frame and "more" frames: blank is '+', what is not printable (and '%', '+') is %XX. */
static void frame_text(const char *name, const char *text, int n)
{
	char piece[720];
	int used = 0;
	frame("text %s", name);
	for (int i = 0; i < n; i++) {
		unsigned char c = text[i];
		if (c == ' ')
			piece[used++] = '+';
		else if (c > 0x20 && c < 0x7f && c != '%' && c != '+')
			piece[used++] = c;
		else
			used += sprintf(piece + used, "%%%02X", c);
		if (used > (int)sizeof piece - 8 || i == n - 1) {
			piece[used] = 0;
			frame("more %s", piece);
			used = 0;
		}
	}
}

static void frame_file(const char *name, const char *path)
{
	static char buffer[16384];
	int n = read_file(path, buffer, sizeof buffer);
	if (n >= 0)
		frame_text(name, buffer, n);
}

static void frame_error(const char *who, const char *what, int error)
{
	frame("error %s %s %d %s", who, what, error, strerror(error));
}

/* ---- a task: what it is ---- */

static void fill(char *start, uint64_t bytes, _Atomic int *stop)
{
	/* Not compressible, so that zram can not hide it, and different in every page. */
	uint64_t x = (uintptr_t)start ^ ((uint64_t)getpid() << 32) ^ 0x9e3779b97f4a7c15;
	for (uint64_t i = 0; i < bytes; i += page_bytes) {
		uint64_t *page = (uint64_t *)(start + i);
		if (stop && atomic_load(stop))
			return;
		for (long j = 0; j < page_bytes / 8; j += 8) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			page[j] = x;
		}
	}
}

static char *map(uint64_t bytes, int flags, int fd)
{
	int kind = fd >= 0 ? flags : flags | MAP_ANONYMOUS;
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, kind | MAP_NORESERVE, fd, 0);
	return at == MAP_FAILED ? NULL : at;
}

static int map_and_fill(uint64_t bytes, int flags, int fd, char **where)
{
	char *at = bytes ? map(bytes, flags, fd) : NULL;
	if (bytes && !at)
		return errno;
	if (at)
		fill(at, bytes, NULL);
	if (where)
		*where = at;
	return 0;
}

static int map_file(const char *directory, const char *name, uint64_t bytes)
{
	char path[96];
	int fd, error;
	struct stat s;
	if (!bytes)
		return 0;
	snprintf(path, sizeof path, "%s/%s", directory, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || fstat(fd, &s) || ((uint64_t)s.st_size < bytes && ftruncate(fd, bytes)))
		return errno;
	error = map_and_fill(bytes, MAP_SHARED, fd, NULL);
	close(fd);
	return error;
}

/* Page tables without pages: reads that map the zero page, one in each range that a page table covers. */
static int map_page_tables(uint64_t bytes)
{
	uint64_t stride = sizeof(long) == 8 ? (uint64_t)page_bytes * page_bytes / 8 : 2 << 20;
	uint64_t span = bytes / page_bytes * stride;
	volatile char *at;
	if (!bytes)
		return 0;
	at = mmap(NULL, span, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return errno;
	for (uint64_t i = 0; i < span; i += stride)
		(void)at[i];
	return 0;
}

static int spawn(int k, int flags);
static int serve(void *slot_index);

static int add_thread(int (*run)(void *), void *argument)
{
	char *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	if (stack == MAP_FAILED || clone(run, stack + STACK_BYTES, flags, argument) < 0)
		return errno;
	return 0;
}

static int setup(const struct task *t)
{
	char now[16], wanted[16];
	prctl(PR_SET_NAME, t->comm);
	snprintf(wanted, sizeof wanted, "%d", t->adj);
	/* Only when it differs: with a shared mm the kernel writes it to all sharers. */
	read_file("/proc/self/oom_score_adj", now, sizeof now);
	if (atoi(now) != t->adj && write_file("/proc/self/oom_score_adj", wanted))
		return errno;
	if (t->node >= 0) {
		unsigned long mask[16] = {1UL << t->node};
		if (syscall(SYS_set_mempolicy, 2 /* MPOL_BIND */, mask, 1024))
			return errno;
	}
	return 0;
}

static int build(const struct task *t)
{
	char *anon = NULL;
	int error = 0;
	(void)((error = map_and_fill(t->anon, MAP_PRIVATE, -1, &anon)) ||
	       (error = map_file("/ram", t->id, t->file)) ||
	       (error = map_and_fill(t->shmem, MAP_SHARED, -1, NULL)) ||
	       (error = map_file("/tmp", t->shared_key, t->shared)) ||
	       (error = map_page_tables(t->page_tables)));
	if (!error && t->reserved && !map(t->reserved, MAP_PRIVATE, -1))
		error = errno;
	if (!error && t->locked && mlock(anon, t->anon))
		error = errno;
	if (!error && t->swapped && madvise(anon, t->swapped, MADV_PAGEOUT))
		error = errno;
	if (!error && t->hugepages) {
		uint64_t bytes = (uint64_t)t->hugepages * number_in("/proc/meminfo", "Hugepagesize:") * 1024;
		error = map_and_fill(bytes, MAP_PRIVATE | MAP_HUGETLB, -1, NULL);
	}
	for (int i = 0; !error && i < t->threads; i++)
		error = add_thread(block_forever, NULL);
	if (!error && t->uid && syscall(SETRESUID, t->uid, t->uid, t->uid))
		error = errno;
	return error;
}

/* ---- a task: what it does when memory is to run out; each stops when the board says so ---- */

static void act_alloc(const struct task *t)
{
	uint64_t all = (uint64_t)number_in("/proc/meminfo", "MemTotal:") * 1024;
	uint64_t swap = (uint64_t)number_in("/proc/meminfo", "SwapTotal:") * 1024;
	uint64_t bytes = t->limit ? t->limit : all + swap;
	char *at = map(bytes, MAP_PRIVATE, -1);
	if (at)
		fill(at, bytes, &board->stop);
}

static void act_fork(const struct task *t)
{
	(void)t;
	while (!board->stop) {
		pid_t child = fork();
		if (child == 0) {
			map_and_fill(64 * page_bytes, MAP_PRIVATE, -1, NULL);
			block_forever(NULL);
		}
		if (child < 0)
			sleep_ms(1);
	}
}

static void act_tmpfs(const struct task *t)
{
	char path[64];
	uint64_t written = 0;
	int fd, r;
	snprintf(path, sizeof path, "/tmp/fill-%s", t->id);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	while (!board->stop && (!t->limit || written < t->limit) && (r = write(fd, tasks, sizeof tasks)) > 0)
		written += r;
}

static void act_swapoff(const struct task *t)
{
	(void)t;
	swapoff(swap_device);
}

/* Arrays of pipe buffers: order-3 allocations of kernel memory that belongs to nobody's rss. */
static void act_pipes(const struct task *t)
{
	(void)t;
	while (!board->stop) {
		int ends[2];
		if (pipe(ends))
			break;
		fcntl(ends[0], F_SETPIPE_SZ, 512 * page_bytes);
	}
}

static void act_inodes(const struct task *t)
{
	char path[64];
	for (int i = 0; !board->stop; i++) {
		snprintf(path, sizeof path, "/ram/%s-%d", t->id, i);
		if (mknod(path, S_IFREG | 0600, 0))
			sleep_ms(1);
	}
}

static void act_sockets(const struct task *t)
{
	static char packet[16384];
	int size = 64 << 20;
	(void)t;
	while (!board->stop) {
		int ends[2];
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
			break;
		setsockopt(ends[0], SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
		while (!board->stop && send(ends[0], packet, sizeof packet, MSG_DONTWAIT) > 0)
			;
	}
}

static void make_noise(const char *path, const char *format, int pause_us)
{
	char text[160];
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	struct timespec pause = {0, pause_us * 1000L};
	for (int i = 0; !board->stop; i++) {
		int n = snprintf(text, sizeof text, format, i);
		if (write(fd, text, n) < 0)
			sleep_ms(1);
		nanosleep(&pause, NULL);
	}
}

static void act_kmsg(const struct task *t)
{
	(void)t;
	make_noise("/dev/kmsg", "<30>systemd[1]: noise %d: Started session.", 500);
}

static void act_console(const struct task *t)
{
	(void)t;
	make_noise("/dev/console", "app: noise %d\n", 500);
}

static const struct { const char *name; void (*run)(const struct task *); } acts[] = {
	{"alloc", act_alloc}, {"fork", act_fork}, {"tmpfs", act_tmpfs}, {"swapoff", act_swapoff},
	{"pipes", act_pipes}, {"inodes", act_inodes}, {"sockets", act_sockets}, {"kmsg", act_kmsg},
	{"console", act_console},
};

static void act(const struct task *t)
{
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
		if (t->act && !strcmp(acts[i].name, t->act))
			acts[i].run(t);
}

/* ---- a task: its life ---- */

static int clone_flags(const struct task *t)
{
	return SIGCHLD | (t->shares_mm || t->vfork ? CLONE_VM : 0) | (t->vfork ? CLONE_VFORK : 0) |
	       (t->pid_namespace ? CLONE_NEWPID : 0);
}

/* Carries out what init asks, for ever. */
static int serve(void *slot_index)
{
	int k = (intptr_t)slot_index;
	struct slot *slot = &board->slots[k];
	for (;;) {
		int command = slot->command, argument = slot->argument, error = 0;
		if (command == NO_COMMAND) {
			futex_wait(&slot->command, NO_COMMAND, -1);
			continue;
		}
		slot->command = NO_COMMAND;
		if (command == SPAWN)
			error = spawn(argument, clone_flags(&tasks[argument]));
		else if (command == SETUP)
			error = setup(&tasks[k]);
		else if (command == BUILD)
			error = build(&tasks[k]);
		else if (command == ACT)
			act(&tasks[k]);
		slot->error = error;
		slot->done = 1;
		futex_wake(&slot->done);
		if (command == BUILD && !error && tasks[k].leader_exits) {
			if (!add_thread(serve, slot_index))
				syscall(SYS_exit, 0);
		}
	}
	return 0;
}

static int begin(void *slot_index)
{
	int k = (intptr_t)slot_index;
	char pid[16] = "";
	/* Through /proc, which shows the first pid namespace; getpid() would show the task's own. */
	if (readlink("/proc/self", pid, sizeof pid - 1) > 0)
		board->slots[k].pid = atoi(pid);
	futex_wake(&board->slots[k].pid);
	return serve(slot_index);
}

static int spawn(int k, int flags)
{
	char *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stack == MAP_FAILED || clone(begin, stack + STACK_BYTES, flags, (void *)(intptr_t)k) < 0)
		return errno;
	/* A child with a copy has its own stack now: without this one, equal tasks come out equal to the page. */
	if (!(flags & CLONE_VM))
		munmap(stack, STACK_BYTES);
	return 0;
}

/* ---- init: the scenario's surroundings ---- */

static void cgroup_file(char *path, size_t size, const struct cgroup *c, const char *name)
{
	const char *controller = "";
	if (cgroup_version == 1)
		controller = !strncmp(name, "cpuset.", 7) ? "/cpuset" : "/memory";
	snprintf(path, size, "/cg%s%s/%s", controller, c->path, name);
}

static void make_cgroup_path(const char *root, const char *path)
{
	char at[320];
	for (const char *end = path; *end; ) {
		snprintf(at, sizeof at, "%s%.*s/cgroup.subtree_control", root, (int)(end - path), path);
		if (cgroup_version == 2) {
			write_file(at, "+memory");
			write_file(at, "+cpuset");
		} else {
			snprintf(at, sizeof at, "%s%.*s/memory.use_hierarchy", root, (int)(end - path), path);
			write_file(at, "1");
		}
		end = strchrnul(end + 1, '/');
		snprintf(at, sizeof at, "%s%.*s", root, (int)(end - path), path);
		if (mkdir(at, 0755) && errno != EEXIST)
			frame_error(path, "mkdir", errno);
	}
}

static void make_cgroup(const struct cgroup *c)
{
	char path[320], cpus[64];
	make_cgroup_path(cgroup_version == 2 ? "/cg" : "/cg/memory", c->path);
	if (cgroup_version == 1 && c->has_cpuset) {
		make_cgroup_path("/cg/cpuset", c->path);
		/* A v1 cpuset takes no task before it has processors and nodes. */
		read_file("/cg/cpuset/cpuset.cpus", cpus, sizeof cpus);
		cgroup_file(path, sizeof path, c, "cpuset.cpus");
		write_file(path, cpus);
		read_file("/cg/cpuset/cpuset.mems", cpus, sizeof cpus);
		cgroup_file(path, sizeof path, c, "cpuset.mems");
		write_file(path, cpus);
	}
	for (int i = 0; i < c->nr_files; i++) {
		cgroup_file(path, sizeof path, c, c->files[i].name);
		if (write_file(path, c->files[i].value))
			frame_error(c->path, c->files[i].name, errno);
	}
}

static void enter_cgroup(const struct task *t, int pid)
{
	char path[320], text[16];
	const struct cgroup *c = &cgroups[t->cgroup];
	snprintf(text, sizeof text, "%d", pid);
	cgroup_file(path, sizeof path, c, "cgroup.procs");
	if (write_file(path, text))
		frame_error(t->id, "cgroup.procs", errno);
	if (cgroup_version == 1 && c->has_cpuset) {
		snprintf(path, sizeof path, "/cg/cpuset%s/cgroup.procs", c->path);
		if (write_file(path, text))
			frame_error(t->id, "cpuset", errno);
	}
}

static void remove_cgroup_path(const char *root, const char *path)
{
	char at[320];
	snprintf(at, sizeof at, "%s%s", root, path);
	while (strlen(at) > strlen(root)) {
		for (int i = 0; i < 50 && rmdir(at) && errno == EBUSY; i++)
			sleep_ms(20);
		*strrchr(at, '/') = 0;
	}
}

static void remove_cgroups(void)
{
	for (int i = nr_cgroups - 1; i >= 0; i--) {
		remove_cgroup_path(cgroup_version == 2 ? "/cg" : "/cg/memory", cgroups[i].path);
		if (cgroup_version == 1 && cgroups[i].has_cpuset)
			remove_cgroup_path("/cg/cpuset", cgroups[i].path);
	}
}

static void empty_directory(const char *path)
{
	char at[320];
	struct dirent *e;
	DIR *d = opendir(path);
	while (d && (e = readdir(d))) {
		snprintf(at, sizeof at, "%s/%s", path, e->d_name);
		unlink(at);
	}
	if (d)
		closedir(d);
}

static void make_swap(void)
{
	struct { uint32_t version, last_page, bad_pages; } header = {1, 0, 0};
	uint64_t bytes = 0;
	int fd = open(swap_device, O_RDWR | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &bytes)) {
		frame_error(swap_device, "open", errno);
		return;
	}
	header.last_page = bytes / page_bytes - 1;
	if (pwrite(fd, &header, sizeof header, 1024) < 0 || pwrite(fd, "SWAPSPACE2", 10, page_bytes - 10) < 0)
		frame_error(swap_device, "write", errno);
	fsync(fd);
	close(fd);
}

/* ---- init: what was true ---- */

static void frame_cgroups(const char *when)
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
			snprintf(name, sizeof name, "cgroup-%s %s %s", when, names[j], cgroups[i].path);
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

static void frame_state(void)
{
	frame_file("meminfo", "/proc/meminfo");
	frame_file("swaps", "/proc/swaps");
	frame_zones();
	frame_cgroups("before");
	for (int k = 0; k < nr_tasks; k++)
		frame_task(tasks[k].id, board->slots[k].pid);
}

static void frame_log(void)
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

/* ---- init: a scenario from spawning to cleaning up ---- */

static void tell(int k, enum command command, int argument)
{
	struct slot *slot = &board->slots[k];
	slot->argument = argument;
	slot->done = 0;
	slot->command = command;
	futex_wake(&slot->command);
}

static void ask(int k, enum command command)
{
	struct slot *slot = &board->slots[k];
	int64_t end = now_ms() + 120000;
	tell(k, command, 0);
	while (!slot->done && now_ms() < end)
		futex_wait(&slot->done, 0, 1000);
	if (!slot->done || slot->error)
		frame_error(tasks[k].id, command == SETUP ? "setup" : "build", slot->done ? slot->error : ETIMEDOUT);
}

static void create(int k)
{
	struct slot *slot = &board->slots[k];
	int64_t end = now_ms() + 30000;
	if (tasks[k].parent < 0) {
		int error = spawn(k, clone_flags(&tasks[k]));
		if (error)
			frame_error(tasks[k].id, "clone", error);
	} else {
		tell(tasks[k].parent, SPAWN, k);
	}
	while (!slot->pid && now_ms() < end)
		futex_wait(&slot->pid, 0, 1000);
	if (!slot->pid) {
		frame_error(tasks[k].id, "spawn", ETIMEDOUT);
		return;
	}
	if (tasks[k].cgroup >= 0)
		enter_cgroup(&tasks[k], slot->pid);
	ask(k, SETUP);
}

static int is_late(int k)
{
	return tasks[k].vfork || tasks[k].inherits;
}

static void build_tasks(void)
{
	for (int k = 0; k < nr_tasks; k++)
		if (!is_late(k))
			create(k);
	for (int k = 0; k < nr_tasks; k++)
		if (!is_late(k))
			ask(k, BUILD);
	for (int k = 0; k < nr_tasks; k++)
		if (is_late(k)) {
			create(k);
			ask(k, BUILD);
		}
	for (int k = 0; k < nr_tasks; k++)
		if (tasks[k].stopped)
			kill(board->slots[k].pid, SIGSTOP);
}

/* The wait status of a dead task, -1 when it can not be had. */
static int exit_status(int pid)
{
	char path[64], text[1024], *at;
	int status, field = 2;
	if (waitpid(pid, &status, WNOHANG | __WALL) == pid)
		return status;
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	if (read_file(path, text, sizeof text) < 0 || !(at = strrchr(text, ')')))
		return -1;
	while ((at = strchr(at, ' ')) && ++field < 52)
		at++;
	return at ? atoi(at + 1) : -1;
}

static void fire(int kills, int sysrqs, int timeout_ms, int settle_ms, int loglevel)
{
	struct epoll_event event, ready[MAX_TASKS];
	int64_t died_at[MAX_TASKS] = {0};
	int order[MAX_TASKS], pidfds[MAX_TASKS], dead = 0, asked = 0, timed_out = 0;
	int64_t start, quiet_since, t;
	long long kills_now, kills_before = number_in("/proc/vmstat", "oom_kill ");
	int events = epoll_create1(EPOLL_CLOEXEC);
	int sysrq = open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC);

	for (int k = 0; k < nr_tasks; k++) {
		pidfds[k] = syscall(SYS_pidfd_open, board->slots[k].pid, 0);
		event.events = EPOLLIN | EPOLLONESHOT;
		event.data.u32 = k;
		if (pidfds[k] < 0 || epoll_ctl(events, EPOLL_CTL_ADD, pidfds[k], &event))
			frame_error(tasks[k].id, "pidfd", errno);
	}
	sleep_ms(200);
	frame_state();
	tcdrain(1);
	klogctl(8 /* SYSLOG_ACTION_CONSOLE_LEVEL */, NULL, loglevel);

	start = quiet_since = now_ms();
	for (int k = 0; k < nr_tasks; k++)
		if (tasks[k].act)
			tell(k, ACT, 0);
	for (;;) {
		if (asked < sysrqs && dead >= asked)
			asked += write(sysrq, "f", 1) == 1;
		int n = epoll_wait(events, ready, MAX_TASKS, 10);
		t = now_ms();
		for (int i = 0; i < n; i++) {
			order[dead++] = ready[i].data.u32;
			died_at[ready[i].data.u32] = t;
			quiet_since = t;
		}
		if (!board->stop && ((kills && dead >= kills) || t - start > timeout_ms)) {
			timed_out = dead < kills;
			board->stop = 1;
			quiet_since = t;
		}
		if (board->stop && t - quiet_since > settle_ms)
			break;
	}
	klogctl(8, NULL, 1);

	for (int i = 0; i < dead; i++) {
		int k = order[i], status = exit_status(board->slots[k].pid);
		frame("died %s %d %d %lld", tasks[k].id, board->slots[k].pid, status, (long long)(died_at[k] - start));
	}
	frame_cgroups("after");
	kill(-1, SIGKILL);
	close(sysrq);
	close(events);
	while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR)
		;
	kills_now = number_in("/proc/vmstat", "oom_kill ");
	reports_lately += kills_now - kills_before + (kills == 0 ? 10 : 1);
	frame("fired oom_kills=%lld timed_out=%d asked=%d", kills_now - kills_before, timed_out, asked);
	for (int k = 0; k < nr_tasks; k++)
		close(pidfds[k]);
}

static void begin_scenario(const char *name)
{
	/* The kernel prints ten reports in five seconds and leaves out what is more. */
	if (reports_lately > 3)
		sleep_ms(5000);
	reports_lately = 0;
	nr_tasks = nr_cgroups = nr_settings = 0;
	memset(board, 0, sizeof *board);
	if (swap_device[0] && swapon(swap_device, 0) && errno != EBUSY)
		frame_error(swap_device, "swapon", errno);
	write_file("/proc/sys/vm/drop_caches", "3");
	write_file("/proc/sys/vm/compact_memory", "1");
	sleep_ms(100);
	free_bytes = (uint64_t)number_in("/proc/meminfo", "MemFree:") * 1024;
	klogctl(5 /* SYSLOG_ACTION_CLEAR */, NULL, 0);
	frame("begin %s", name);
	frame("free %llu", (unsigned long long)free_bytes);
}

static void end_scenario(void)
{
	for (int i = nr_settings - 1; i >= 0; i--)
		write_file(settings[i].path, settings[i].before);
	remove_cgroups();
	empty_directory("/ram");
	empty_directory("/tmp");
	frame_log();
	frame("end");
}

/* ---- init: the plan ---- */

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
	static char act_names[MAX_TASKS][16];
	static const struct { const char *key; size_t offset; } numbers[] = {
		{"uid", offsetof(struct task, uid)}, {"adj", offsetof(struct task, adj)},
		{"threads", offsetof(struct task, threads)}, {"node", offsetof(struct task, node)},
		{"hugepages", offsetof(struct task, hugepages)}, {"leaderexits", offsetof(struct task, leader_exits)},
		{"sharesmm", offsetof(struct task, shares_mm)}, {"vfork", offsetof(struct task, vfork)},
		{"pidns", offsetof(struct task, pid_namespace)}, {"inherits", offsetof(struct task, inherits)},
		{"locked", offsetof(struct task, locked)}, {"stopped", offsetof(struct task, stopped)},
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
		t->act = COPY(act_names[t - tasks], value) ? act_names[t - tasks] : NULL;
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

static void read_plan_line(char *line)
{
	char *words = line, *verb = strsep(&words, " ");
	if (!words)
		words = "";
	if (!strcmp(verb, "module")) {
		int fd = open(words, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
			frame_error("module", words, errno);
		close(fd);
	} else if (!strcmp(verb, "write")) {
		char *path = strsep(&words, " ");
		if (write_file(path, words))
			frame_error("write", path, errno);
	} else if (!strcmp(verb, "swap")) {
		COPY(swap_device, words);
		make_swap();
	} else if (!strcmp(verb, "cgroups")) {
		cgroup_version = atoi(words);
		if (cgroup_version == 2) {
			if (mount("cgroup2", "/cg", "cgroup2", 0, NULL))
				frame_error("init", "cgroup2", errno);
		} else {
			mount("tmpfs", "/cg", "tmpfs", 0, NULL);
			mkdir("/cg/memory", 0755);
			mkdir("/cg/cpuset", 0755);
			if (mount("memory", "/cg/memory", "cgroup", 0, "memory"))
				frame_error("init", "cgroup-v1-memory", errno);
			if (mount("cpuset", "/cg/cpuset", "cgroup", 0, "cpuset"))
				frame_error("init", "cgroup-v1-cpuset", errno);
		}
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

static void prepare(void)
{
	struct termios terminal;
	struct rlimit many = {1 << 20, 1 << 20};
	struct utsname names;
	int fd;
	mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755);
	mkdir("/tmp", 0755), mkdir("/ram", 0755), mkdir("/cg", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, "size=100%,mode=1777");
	mount("ramfs", "/ram", "ramfs", 0, "mode=1777");
	if (!tcgetattr(1, &terminal)) {
		cfmakeraw(&terminal);
		tcsetattr(1, TCSANOW, &terminal);
	}
	klogctl(8, NULL, 1);
	write_file("/proc/sys/fs/nr_open", "1048576");
	setrlimit(RLIMIT_NOFILE, &many);
	write_file("/sys/kernel/mm/transparent_hugepage/enabled", "never");
	page_bytes = sysconf(_SC_PAGESIZE);
	/* In a ramfs, whose pages are never reclaimed: nobody's rss changes under pressure. */
	fd = open("/ram/board", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (ftruncate(fd, sizeof *board))
		frame_error("init", "board", errno);
	board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	unlink("/ram/board");
	uname(&names);
	frame("hello release=%s machine=%s page_size=%ld cpus=%ld", names.release, names.machine, page_bytes,
	      sysconf(_SC_NPROCESSORS_ONLN));
	frame_text("version", names.version, strlen(names.version));
}

int main(void)
{
	static char line[2048];
	FILE *plan;
	prepare();
	plan = fopen("/plan", "r");
	while (plan && fgets(line, sizeof line, plan)) {
		line[strcspn(line, "\n")] = 0;
		if (line[0])
			read_plan_line(line);
	}
	if (!plan)
		frame_error("init", "plan", errno);
	frame("bye");
	tcdrain(1);
	reboot(RB_AUTOBOOT);
	block_forever(NULL);
}
