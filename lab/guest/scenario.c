/* A scenario from its first task to its cleaning up. */
#include "guest.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/klog.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
/*
 * One that can neither get memory nor be killed never stops; and the kernel counts kills that no task dies of: of a
 * child of a task, and of the victim once more where its whole cgroup is killed.
 */
#define STUCK_MS 3000
/* On a busy host it takes long to take down much memory. */
#define DYING_MS 20000

static long long reports_lately, killed_before;

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
		int error = spawn(k);
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
	if (tasks[k].stuck)
		limit_disk(&tasks[k], "4096");
	ask(k, SETUP);
}

static int is_late(int k)
{
	return tasks[k].vfork || tasks[k].inherits;
}

void build_tasks(void)
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

/* Processes that the kernel has killed since the scenario began. */
static long long kills_so_far(void)
{
	return number_in("/proc/vmstat", "oom_kill ") - killed_before;
}

/* Who died, as told by the pidfds of the tasks. */
struct watch {
	int events, pidfds[MAX_TASKS];
	int dead, order[MAX_TASKS];
	int64_t start, died_at[MAX_TASKS];
	int timed_out;
};

static void open_watch(struct watch *w)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT};
	memset(w, 0, sizeof *w);
	w->events = epoll_create1(EPOLL_CLOEXEC);
	for (int k = 0; k < nr_tasks; k++) {
		w->pidfds[k] = syscall(SYS_pidfd_open, board->slots[k].pid, 0);
		event.data.u32 = k;
		if (w->pidfds[k] < 0 || epoll_ctl(w->events, EPOLL_CTL_ADD, w->pidfds[k], &event))
			frame_error(tasks[k].id, "pidfd", errno);
	}
}

static void close_watch(struct watch *w)
{
	for (int k = 0; k < nr_tasks; k++)
		close(w->pidfds[k]);
	close(w->events);
}

static int has_died(const struct watch *w, int k)
{
	for (int i = 0; i < w->dead; i++)
		if (w->order[i] == k)
			return 1;
	return 0;
}

/* Whether a task is still at it: it may be deep in an allocation when it is told to stop. */
static int is_acting(const struct watch *w)
{
	for (int k = 0; k < nr_tasks; k++)
		if (tasks[k].act[0] && !board->slots[k].done && !has_died(w, k))
			return 1;
	return 0;
}

/* Whether a task that was killed is still there: it has no sizes while its memory is taken down. */
static int is_dying(const struct watch *w)
{
	char path[64], text[4096], *pending;
	for (int k = 0; k < nr_tasks; k++) {
		if (tasks[k].leader_exits || has_died(w, k))
			continue;
		snprintf(path, sizeof path, "/proc/%d/status", board->slots[k].pid);
		if (read_file(path, text, sizeof text) < 0)
			continue;
		if (!strstr(text, "\nVmSize:"))
			return 1;
		pending = strstr(text, "\nSigPnd:");
		if (pending && strtoull(pending + 8, NULL, 16) & 1ULL << (SIGKILL - 1))
			return 1;
	}
	return 0;
}

/* Everything that acts stops, and what can not die may. */
static void stop_all(void)
{
	board->stop = 1;
	for (int k = 0; k < nr_tasks; k++)
		if (tasks[k].stuck)
			limit_disk(&tasks[k], "max");
}

/* Presses sysrq-f and waits until enough have died or time is over, then until it is quiet. */
static void watch_deaths(struct watch *w, int kills, int sysrqs, int timeout_ms, int settle_ms)
{
	struct epoll_event ready[MAX_TASKS];
	int sysrq = open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC), asked = 0;
	int64_t quiet_since = w->start, now = w->start;
	while (!board->stop || now - quiet_since <= settle_ms ||
	       (now - quiet_since <= STUCK_MS && (is_acting(w) || kills_so_far() > w->dead)) ||
	       (now - quiet_since <= DYING_MS && is_dying(w))) {
		if (asked < sysrqs && w->dead >= asked)
			asked += write(sysrq, "f", 1) == 1;
		int n = epoll_wait(w->events, ready, MAX_TASKS, 10);
		now = now_ms();
		for (int i = 0; i < n; i++) {
			w->order[w->dead++] = ready[i].data.u32;
			w->died_at[ready[i].data.u32] = now;
			quiet_since = now;
		}
		if (!board->stop && ((kills && w->dead >= kills) || now - w->start > timeout_ms)) {
			w->timed_out = w->dead < kills;
			stop_all();
			quiet_since = now;
		}
	}
	close(sysrq);
}

static void frame_deaths(const struct watch *w)
{
	for (int i = 0; i < w->dead; i++) {
		int k = w->order[i], pid = board->slots[k].pid;
		frame("died %s %d %d %lld", tasks[k].id, pid, exit_status(pid), (long long)(w->died_at[k] - w->start));
	}
}

void fire(int kills, int sysrqs, int timeout_ms, int settle_ms, int loglevel)
{
	static struct watch watch;
	long long killed, killed_later;

	if (kills_so_far() != 0)
		frame_error("kernel", "kill before the trigger", ENOMEM);
	open_watch(&watch);
	sleep_ms(200);
	frame_state();
	tcdrain(1);
	console_level(loglevel);

	watch.start = now_ms();
	for (int k = 0; k < nr_tasks; k++)
		if (tasks[k].act[0])
			tell(k, ACT, 0);
	watch_deaths(&watch, kills, sysrqs, timeout_ms, settle_ms);
	killed = kills_so_far();
	console_level(1);

	frame_deaths(&watch);
	frame_cgroups("after");
	kill(-1, SIGKILL);
	while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR)
		;
	killed_later = kills_so_far() - killed;
	frame("fired oom_kills=%lld later=%lld timed_out=%d", killed, killed_later, watch.timed_out);
	close_watch(&watch);
	/* Where nobody was to die, the kernel may have said so again and again. */
	reports_lately = kills ? killed : 10;
}

void begin_scenario(const char *name)
{
	/* The kernel prints ten reports in five seconds and leaves out what is more. */
	if (reports_lately > 2)
		sleep_ms(5000);
	nr_tasks = nr_cgroups = nr_settings = 0;
	memset(board, 0, sizeof *board);
	if (swap_device[0] && swapon(swap_device, 0) && errno != EBUSY)
		frame_error(swap_device, "swapon", errno);
	write_file("/proc/sys/vm/drop_caches", "3");
	write_file("/proc/sys/vm/compact_memory", "1");
	sleep_ms(100);
	killed_before = number_in("/proc/vmstat", "oom_kill ");
	free_bytes = (uint64_t)number_in("/proc/meminfo", "MemFree:") * 1024;
	klogctl(5 /* SYSLOG_ACTION_CLEAR */, NULL, 0);
	frame("begin %s", name);
	frame("free %llu", (unsigned long long)free_bytes);
}

void end_scenario(void)
{
	for (int i = nr_settings - 1; i >= 0; i--)
		write_file(settings[i].path, settings[i].before);
	remove_cgroups();
	empty_directory("/ram");
	empty_directory("/tmp");
	frame_log();
	frame("end");
}
