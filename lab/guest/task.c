/* The life of a task: it is made, takes shape and does what init asks. */
#include "guest.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STACK_BYTES (64 * 1024)
#ifdef SYS_setresuid32 /* 32-bit: the plain call takes 16-bit ids */
#define SETRESUID SYS_setresuid32
#else
#define SETRESUID SYS_setresuid
#endif

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
	int error = build_memory(t);
	for (int i = 0; !error && i < t->threads; i++)
		error = add_thread(block_forever, NULL);
	/* Last: it takes the rights that the steps before need. */
	if (!error && t->uid && syscall(SETRESUID, t->uid, t->uid, t->uid))
		error = errno;
	return error;
}

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
			error = spawn(argument);
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
		if (command == BUILD && !error && tasks[k].stuck)
			read_disk();
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

/* Makes the process of a task; returns an errno. */
int spawn(int k)
{
	int flags = clone_flags(&tasks[k]);
	char *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stack == MAP_FAILED || clone(begin, stack + STACK_BYTES, flags, (void *)(intptr_t)k) < 0)
		return errno;
	/* A child with a copy has its own stack now: without this one, equal tasks come out equal to the page. */
	if (!(flags & CLONE_VM))
		munmap(stack, STACK_BYTES);
	return 0;
}
