/* What tasks do when memory is to run out. Each stops when the board says so. */
#include "guest.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <time.h>
#include <unistd.h>

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

/* Past the page cache, whose pages would count for the cgroup. The wait for the disk can not be interrupted. */
void read_disk(void)
{
	uint64_t bytes = 1 << 20;
	int fd = open(swap_device, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buffer = map(bytes, MAP_PRIVATE, -1);
	if (fd >= 0 && buffer)
		(void)!read(fd, buffer, bytes);
	close(fd);
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

void act(const struct task *t)
{
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
		if (!strcmp(acts[i].name, t->act))
			acts[i].run(t);
}
